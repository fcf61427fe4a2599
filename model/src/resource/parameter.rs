//! The kind `parameter` of resources: a parameter of Systems Manager's Parameter Store, which functions fetch
//! when they start. An encrypted parameter (`SecureString`) has to exist already, because CloudFormation
//! cannot create one.

use serde::Serialize;

use super::kind_definition::{FailureDestination, KindDefinition};
use crate::access::Access;
use crate::aws::iam::ApiCall;
use crate::aws::lambda_settings::Outcome;
use crate::aws::limits;
use crate::aws::name::{InvalidName, ParameterPath};
use crate::aws::parameter_content::{NameLetters, ParameterContent};

/// The settings of a parameter of Systems Manager.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Parameter {
    /// The name of the parameter, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<ParameterPath>,
    /// The initial value of the parameter, which is empty only for an existing parameter.
    pub value: String,
}

impl KindDefinition for Parameter {
    const WITH_ARTICLE: &'static str = "a parameter";
    const MINIMAL_DECLARATION: &'static str = "parameter(value = \"…\")";
    const VARIABLE_SUFFIX: &'static str = "PARAMETER_NAME";
    const CLOUDFORMATION_TYPES: &'static [&'static str] = &["AWS::SSM::Parameter"];
    const PARAMETER: ParameterContent = ParameterContent::name(
        "Name of a parameter of Systems Manager",
        NameLetters::Path,
        &(1..=limits::SSM_NAME_LEN),
    );
    const ARN_SERVICE: &'static str = "ssm";
    const ARN_PREFIX: &'static str = "parameter/";
    const ARN_IS_GLOBAL: bool = false;
    const RETAINED_BY_DEFAULT: bool = false;
    const CAN_BE_FIFO: bool = false;
    const RESULTS: &'static [Outcome] = &[];
    const FAILURE_DESTINATION: Option<FailureDestination> = None;
    const KEY_PROPERTY: Option<&'static str> = None;
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

    /// Returns the name from the last part of a parameter's ARN. A name with levels begins with a slash. In the
    /// ARN, this slash is also the one after `parameter`.
    fn name_in_arn(resource: &str) -> Option<&str> {
        let name = resource.strip_prefix(Self::ARN_PREFIX)?;
        if name.contains('/') { resource.strip_prefix("parameter") } else { Some(name) }
    }
}
