//! The log group that triggers a function: the group of another function, or a group that exists already.

use serde::Serialize;

use crate::aws::name::{LogGroupName, ParameterName};

/// The log group of a trigger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LogGroup {
    /// The log group of a function of the application, by the identifier of the function.
    Function(String),
    /// An existing log group, by its name.
    Named(LogGroupName),
    /// An existing log group, whose name is the value of a template parameter.
    Param(ParameterName),
}

impl LogGroup {
    /// Describes the log group for people: `logs of fetch`.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Function(ident) => format!("logs of {ident}"),
            Self::Named(name) => format!("logs of {name}"),
            Self::Param(name) => format!("logs of parameter {name}"),
        }
    }
}
