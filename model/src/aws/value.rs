//! Values that may be known only when the stack is deployed: a [`CfnValue`] of a setting, and references to
//! resources, which are declared in the application or exist already ([`ResourceReference`],
//! [`ArnReference`]).
// See decision 0019.

use std::fmt;

use serde::Serialize;

use crate::aws::name::{ExportName, ParameterName, ParameterReference};
use crate::aws::parameter_content::ParameterContent;
use crate::aws::sub_text::SubText;

/// A text value of the template, which may be known only when the stack is deployed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CfnValue {
    /// A text that is known now.
    Literal(String),
    /// A text in which CloudFormation replaces references: an ARN with `${…}`, `sub("…${…}…")`, or
    /// `overlay("Id", "Attribute")`.
    Sub(SubText),
    /// The value of a template parameter: `param("Name")`.
    Param(ParameterName),
    /// The value that another stack exports: `import("Export")`.
    Import(ExportName),
    /// The value of a parameter of Systems Manager, which CloudFormation reads when the stack is deployed:
    /// `ssm("/path")`.
    Ssm(ParameterReference),
    /// The name or the URL of a declared resource, such as the name of a bucket or the URL of a queue. The user
    /// writes the path to its struct.
    Resource(String),
}

impl CfnValue {
    /// Returns the text of a literal, and `None` for any other value.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        match self {
            Self::Literal(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the name of the template parameter that the value refers to, and `None` if the value refers to
    /// none.
    #[must_use]
    pub const fn param(&self) -> Option<&ParameterName> {
        match self {
            Self::Param(name) => Some(name),
            _ => None,
        }
    }

    /// Returns the text of a value with references in it, and `None` for any other value.
    #[must_use]
    pub const fn sub(&self) -> Option<&SubText> {
        match self {
            Self::Sub(text) => Some(text),
            _ => None,
        }
    }
}

/// The value of a tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum TagValue {
    /// A text that is known now.
    Text(String),
    /// A value that is known only when the stack is deployed.
    Deployed(CfnValue),
}

impl TagValue {
    /// Returns the text, and `None` if it is known only when the stack is deployed.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Deployed(_) => None,
        }
    }

    /// Returns the value that is known only when the stack is deployed, and `None` for a text.
    #[must_use]
    pub const fn deployed(&self) -> Option<&CfnValue> {
        match self {
            Self::Text(_) => None,
            Self::Deployed(value) => Some(value),
        }
    }
}

/// The event source of a trigger: a bucket, a queue or a stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceReference<Name> {
    /// A resource that Skylift adds for the function, because the user names none.
    Own,
    /// A `#[resource]` of the application, by the identifier of its struct.
    Declared(String),
    /// An existing resource, by its name.
    Named(Name),
    /// An existing resource, by its ARN.
    Arn(String),
    /// An existing resource, whose name or ARN is the value of a template parameter.
    Param(ParameterName),
}

impl<Name> ResourceReference<Name> {
    /// Returns the identifier of the `#[resource]` struct that the reference names. Returns `None` if the
    /// reference names no struct.
    #[must_use]
    pub fn declared(&self) -> Option<&str> {
        match self {
            Self::Declared(ident) => Some(ident),
            _ => None,
        }
    }

    /// Returns the name of the template parameter that the reference uses, and `None` if it uses none.
    #[must_use]
    pub const fn param(&self) -> Option<&ParameterName> {
        match self {
            Self::Param(name) => Some(name),
            _ => None,
        }
    }
}

impl<Name: fmt::Display> ResourceReference<Name> {
    /// Describes the reference for people: `sqs queue Jobs`. `kind` is the kind of event source, such as
    /// `queue`.
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

/// A reference to a resource whose ARN is needed. There is no variant for a name: an ARN cannot be built from a
/// name alone if the kind of the resource is not known, or if the name lacks a part of the ARN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArnReference {
    /// A `#[resource]` of the application, by the identifier of its struct.
    Declared(String),
    /// An existing resource, by its ARN.
    Arn(String),
    /// An existing resource, whose ARN is the value of a template parameter.
    Param(ParameterName),
}

impl ArnReference {
    /// Returns the identifier of the `#[resource]` struct that the reference names. Returns `None` if the
    /// reference names no struct.
    #[must_use]
    pub fn declared(&self) -> Option<&str> {
        match self {
            Self::Declared(ident) => Some(ident),
            _ => None,
        }
    }

    /// Returns the name of the template parameter that the reference uses, and `None` if it uses none.
    #[must_use]
    pub const fn param(&self) -> Option<&ParameterName> {
        match self {
            Self::Param(name) => Some(name),
            _ => None,
        }
    }
}

/// A template parameter that a trigger refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsedParameter<'a> {
    /// The key of the trigger that names the parameter.
    pub key: &'static str,
    /// The name of the parameter.
    pub name: &'a ParameterName,
    /// The content that the parameter has to have.
    pub content: ParameterContent,
}

/// Returns whether CloudFormation would replace a part of the text when it deploys the stack.
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
