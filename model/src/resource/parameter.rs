//! `parameter`: a parameter of Systems Manager's Parameter Store, which functions fetch when they
//! start. One that is encrypted (`SecureString`) has to exist already: CloudFormation makes none.

use serde::Serialize;

use super::Declared;
use crate::access::{Access, Call};
use crate::name::{InvalidName, ParameterPath};

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
    const VARIABLE: &'static str = "PARAMETER_NAME";
    const PARAMETER: &'static str = "Name of a parameter of Systems Manager";
    const SERVICE: &'static str = "ssm";
    const ARN: &'static str = "parameter/";

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(ParameterPath::as_str)
    }

    fn is_name(name: &str) -> Result<(), InvalidName> {
        ParameterPath::existing(name).map(drop)
    }

    fn calls(access: Access) -> Vec<Call> {
        match access {
            Access::Read => vec![Call::new("GetParameter", "ssm:GetParameter")],
            _ => Vec::new(),
        }
    }
}
