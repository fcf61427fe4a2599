//! What a setting may hold where CloudFormation takes more than a literal: a parameter, an export,
//! an SSM parameter, or the name of a resource of the application.

use std::fmt;

use serde::Serialize;

use crate::aws::name::ParameterName;

/// A text of the template that may be known only when it is deployed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CfnValue {
    /// The text itself.
    Literal(String),
    /// `param("Name")`: a parameter of the template.
    Param(ParameterName),
    /// `import("Export")`: what another stack exports.
    Import(String),
    /// `ssm("/path")`: a parameter of the Systems Manager, read when the stack is deployed.
    Ssm(String),
    /// A path to a `#[resource]`: the resource's name (a bucket's) or URL (a queue's).
    Resource(String),
}

impl CfnValue {
    /// The text, where it is known already.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        match self {
            Self::Literal(text) => Some(text),
            _ => None,
        }
    }

    /// The template parameter that this needs.
    #[must_use]
    pub const fn param(&self) -> Option<&ParameterName> {
        match self {
            Self::Param(name) => Some(name),
            _ => None,
        }
    }
}

/// A bucket or queue that a trigger names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceReference<Name> {
    /// None was named: the function gets one of its own.
    Own,
    /// A `#[resource]` of the application, by the identifier of its struct.
    Declared(String),
    /// One that exists in the account already, by name.
    Named(Name),
    /// One that exists, by its ARN.
    Arn(String),
    /// One that exists, given to the template when it is deployed.
    Param(ParameterName),
}

impl<Name> ResourceReference<Name> {
    /// The identifier of the resource that this refers to, where it is one of the application.
    #[must_use]
    pub fn declared(&self) -> Option<&str> {
        match self {
            Self::Declared(ident) => Some(ident),
            _ => None,
        }
    }

    /// The template parameter that this needs.
    #[must_use]
    pub const fn param(&self) -> Option<&ParameterName> {
        match self {
            Self::Param(name) => Some(name),
            _ => None,
        }
    }
}

impl<Name: fmt::Display> ResourceReference<Name> {
    /// Which one it is, for people: `sqs queue Jobs`.
    #[must_use]
    pub fn described(&self, what: &str) -> String {
        match self {
            Self::Own => format!("{what} of its own"),
            Self::Declared(name) => format!("{what} {name}"),
            Self::Named(name) => format!("{what} {name}"),
            Self::Arn(arn) => format!("{what} {arn}"),
            Self::Param(name) => format!("{what} of parameter {name}"),
        }
    }
}

/// What is named where a name alone tells no ARN, or not of what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArnReference {
    /// A `#[resource]` of the application, by the identifier of its struct.
    Declared(String),
    /// One that exists, by its ARN.
    Arn(String),
    /// One that exists, whose ARN is given to the template when it is deployed.
    Param(ParameterName),
}

impl ArnReference {
    /// The identifier of the resource that this names, where it is one of the application.
    #[must_use]
    pub fn declared(&self) -> Option<&str> {
        match self {
            Self::Declared(ident) => Some(ident),
            _ => None,
        }
    }

    /// The template parameter that this needs.
    #[must_use]
    pub const fn param(&self) -> Option<&ParameterName> {
        match self {
            Self::Param(name) => Some(name),
            _ => None,
        }
    }
}

/// Whether CloudFormation would replace a part of `text` when the stack is deployed.
///
/// A template has no escape for `{{resolve:service:key}}`, so that plain text of that shape cannot
/// be had in it. See "Dynamic references" in the CloudFormation guide.
#[must_use]
pub fn has_dynamic_reference(text: &str) -> bool {
    text.split("{{resolve:").skip(1).any(|rest| rest.contains("}}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dynamic_reference_is_seen_only_where_it_is_whole() {
        assert!(has_dynamic_reference("a {{resolve:ssm:/key}} b"));
        assert!(!has_dynamic_reference("{{resolve:ssm"));
        assert!(!has_dynamic_reference("}} {{resolve"));
    }
}
