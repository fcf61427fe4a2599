//! Values that may be known only when the stack is deployed: a [`CfnValue`] of a setting, and references to
//! resources, which are declared in the application or exist already ([`ResourceReference`],
//! [`ArnReference`]).
// See decision 0019.

use std::fmt;

use serde::Serialize;

use crate::aws::name::ParameterName;

/// A text value of the template, which may be known only when the stack is deployed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CfnValue {
    /// The text itself.
    Literal(String),
    /// `param("Name")`: a parameter of the template.
    Param(ParameterName),
    /// `import("Export")`: an export of another stack.
    Import(String),
    /// `ssm("/path")`: a parameter of Systems Manager, which CloudFormation reads when the stack is deployed.
    Ssm(String),
    /// A path to a `#[resource]`: the resource's name (a bucket's) or URL (a queue's).
    Resource(String),
}

impl CfnValue {
    /// Returns the text, if it is a literal.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        match self {
            Self::Literal(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the template parameter that it needs.
    #[must_use]
    pub const fn param(&self) -> Option<&ParameterName> {
        match self {
            Self::Param(name) => Some(name),
            _ => None,
        }
    }
}

/// The event source of a trigger: a bucket, a queue or a stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceReference<Name> {
    /// The user names none: Skylift adds one for the function.
    Own,
    /// A `#[resource]` of the application, by the identifier of its struct.
    Declared(String),
    /// An existing one, by its name.
    Named(Name),
    /// An existing one, by its ARN.
    Arn(String),
    /// An existing one, which a template parameter names.
    Param(ParameterName),
}

impl<Name> ResourceReference<Name> {
    /// Returns the identifier of the resource, if it is declared in the application.
    #[must_use]
    pub fn declared(&self) -> Option<&str> {
        match self {
            Self::Declared(ident) => Some(ident),
            _ => None,
        }
    }

    /// Returns the template parameter that it needs.
    #[must_use]
    pub const fn param(&self) -> Option<&ParameterName> {
        match self {
            Self::Param(name) => Some(name),
            _ => None,
        }
    }
}

impl<Name: fmt::Display> ResourceReference<Name> {
    /// Describes the reference for people: `sqs queue Jobs`. `kind` is the kind of event source.
    #[must_use]
    pub fn describe(&self, kind: &str) -> String {
        match self {
            Self::Own => format!("{kind} of its own"),
            Self::Declared(name) => format!("{kind} {name}"),
            Self::Named(name) => format!("{kind} {name}"),
            Self::Arn(arn) => format!("{kind} {arn}"),
            Self::Param(name) => format!("{kind} of parameter {name}"),
        }
    }
}

/// A reference to a resource whose ARN is needed. It has no variant for a name, because an ARN cannot be
/// built from a name alone if its kind is not known, or if a part of the ARN is not in the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArnReference {
    /// A `#[resource]` of the application, by the identifier of its struct.
    Declared(String),
    /// An existing one, by its ARN.
    Arn(String),
    /// An existing one, whose ARN is a template parameter.
    Param(ParameterName),
}

impl ArnReference {
    /// Returns the identifier of the resource, if it is declared in the application.
    #[must_use]
    pub fn declared(&self) -> Option<&str> {
        match self {
            Self::Declared(ident) => Some(ident),
            _ => None,
        }
    }

    /// Returns the template parameter that it needs.
    #[must_use]
    pub const fn param(&self) -> Option<&ParameterName> {
        match self {
            Self::Param(name) => Some(name),
            _ => None,
        }
    }
}

/// Returns whether CloudFormation would replace a part of the text when the stack is deployed.
///
/// A template cannot contain `{{resolve:service:key}}` as plain text, because there is no way to escape it.
/// See "Dynamic references" in the CloudFormation guide.
#[must_use]
pub fn has_dynamic_reference(text: &str) -> bool {
    text.split("{{resolve:").skip(1).any(|rest| rest.contains("}}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_complete_dynamic_reference_is_found() {
        assert!(has_dynamic_reference("a {{resolve:ssm:/key}} b"));
        assert!(!has_dynamic_reference("{{resolve:ssm"));
        assert!(!has_dynamic_reference("}} {{resolve"));
    }
}
