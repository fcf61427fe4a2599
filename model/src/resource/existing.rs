//! Resources that exist already: how a struct names one that the template does not create.

use serde::Serialize;

use super::ResourceKind;
use crate::aws::name::{EnvKey, LogicalId, ParameterName};

/// The resource that a struct names if Skylift does not create one: a resource that exists already, or
/// that the user's overlay creates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Existing {
    /// An existing resource, by its name.
    Name(String),
    /// An existing resource, by its ARN.
    Arn(String),
    /// An existing resource, whose name or ARN is the value of a template parameter. The
    /// `PARAMETER` of the kind says whether it is a name or an ARN.
    Param(ParameterName),
    /// The resource with this logical id in the package's overlay, and so in the same stack.
    Overlay(LogicalId),
    /// An existing resource, by a variable of the function's environment that another tool sets. Only packages without
    /// templates have such resources.
    Env(EnvKey),
}

impl Existing {
    /// Returns the name of the environment variable through which a function finds a resource: the one that the user
    /// named, or one made from the resource's logical id.
    #[must_use]
    pub fn variable_name(existing: Option<&Self>, id: &LogicalId, kind: ResourceKind) -> String {
        match existing {
            Some(Self::Env(variable)) => variable.to_string(),
            _ => id.variable_name(kind.variable_suffix()),
        }
    }
}
