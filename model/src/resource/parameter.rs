//! `parameter`: a parameter of Systems Manager's Parameter Store, which functions fetch when they
//! start. One that is encrypted (`SecureString`) has to exist already: CloudFormation makes none.

use serde::Serialize;

use super::definition::{FailureDestination, ResourceDefinition};
use crate::access::Access;
use crate::aws::iam::ApiCall;
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

impl ResourceDefinition for Parameter {
    const WITH_ARTICLE: &'static str = "a parameter";
    const MINIMAL_DECLARATION: &'static str = "parameter(value = \"…\")";
    const VARIABLE_SUFFIX: &'static str = "PARAMETER_NAME";
    const PARAMETER_DESCRIPTION: &'static str = "Name of a parameter of Systems Manager";
    const ARN_SERVICE: &'static str = "ssm";
    const ARN_PREFIX: &'static str = "parameter/";
    const ARN_IS_GLOBAL: bool = false;
    const RETAINED_BY_DEFAULT: bool = false;
    const CAN_BE_FIFO: bool = false;
    const FAILURE_DESTINATION: Option<FailureDestination> = None;
    const CALLS: &'static [(Access, &'static [&'static [ApiCall]])] =
        &[(Access::Read, &[&[ApiCall::new("GetParameter", "ssm:GetParameter")]])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(ParameterPath::as_str)
    }

    fn is_fifo(&self) -> bool {
        false
    }

    fn check_name(name: &str) -> Result<(), InvalidName> {
        ParameterPath::parse_existing(name).map(drop)
    }

    /// A name with levels begins with a slash, and that slash stands in the ARN once.
    fn name_in_arn(resource: &str) -> Option<&str> {
        let name = resource.strip_prefix(Self::ARN_PREFIX)?;
        if name.contains('/') { resource.strip_prefix("parameter") } else { Some(name) }
    }
}
