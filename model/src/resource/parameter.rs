//! `parameter`: a parameter of Systems Manager's Parameter Store, which functions fetch when they
//! start. One that is encrypted (`SecureString`) has to exist already: CloudFormation makes none.

use serde::Serialize;

use super::declared::{Declared, Destination};
use crate::access::Access;
use crate::aws::iam::Call;
use crate::aws::name::{InvalidName, ParameterPath};

/// What was set on a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Parameter {
    /// Its name, where the user fixed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<ParameterPath>,
    /// Its first value; empty only where the parameter exists already.
    pub value: String,
}

impl Declared for Parameter {
    const WITH_ARTICLE: &'static str = "a parameter";
    const DECLARATION: &'static str = "parameter(value = \"…\")";
    const VARIABLE: &'static str = "PARAMETER_NAME";
    const PARAMETER: &'static str = "Name of a parameter of Systems Manager";
    const SERVICE: &'static str = "ssm";
    const ARN: &'static str = "parameter/";
    const GLOBAL: bool = false;
    const RETAINED: bool = false;
    const FIFO: bool = false;
    const DESTINATION: Option<Destination> = None;
    const CALLS: &'static [(Access, &'static [&'static [Call]])] =
        &[(Access::Read, &[&[Call::new("GetParameter", "ssm:GetParameter")]])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(ParameterPath::as_str)
    }

    fn is_fifo(&self) -> bool {
        false
    }

    fn is_name(name: &str) -> Result<(), InvalidName> {
        ParameterPath::existing(name).map(drop)
    }

    /// A name with levels begins with a slash, and that slash stands in the ARN once.
    fn name_in_arn(resource: &str) -> Option<&str> {
        let name = resource.strip_prefix(Self::ARN)?;
        if name.contains('/') { resource.strip_prefix("parameter") } else { Some(name) }
    }
}
