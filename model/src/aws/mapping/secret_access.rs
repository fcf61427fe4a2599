//! How Lambda reaches the servers of an event source: the server or the cluster itself, the secret with the credentials,
//! and the IAM actions that the function's role needs.

use serde::Serialize;

use crate::aws::name::{ExportName, LogicalId, ParameterName};
use crate::aws::parameter_content::ParameterContent;
use crate::aws::value::{ArnReference, CfnValue, UsedParameter};
use crate::resource::ResourceKind;

/// The key of a trigger that names the secret with the credentials.
pub const SECRET_KEY: &str = "secret";

/// Lambda's name for the authentication with a user and a password.
pub const BASIC_AUTH: &str = "BASIC_AUTH";

/// The IAM actions that Lambda needs to reach a broker or a cluster in a VPC. EC2 has no resources for most of them. AWS:
/// *`AWSLambdaMSKExecutionRole`*.
pub const VPC_ACTIONS: &[&str] = &[
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeVpcs",
    "ec2:DescribeSubnets",
    "ec2:DescribeSecurityGroups",
];

/// The IAM action that Lambda needs on a secret with credentials or certificates.
pub const SECRET_ACTIONS: &[&str] = &["secretsmanager:GetSecretValue"];

/// The IAM action that Lambda needs on the key with which secrets are encrypted.
pub const SECRET_KEY_ACTIONS: &[&str] = &["kms:Decrypt"];

/// Returns the template parameter that is the ARN of a secret. `key` is the key of the trigger.
pub(crate) fn secret_parameter<'a>(
    key: &'static str,
    secret: Option<&'a ArnReference>,
) -> Option<UsedParameter<'a>> {
    let content = ResourceKind::Secret.parameter_content();
    secret?.param().map(|name| UsedParameter { key, name, content })
}

/// A place in a trigger that names a secret, and the identifier of the secret's struct.
pub(crate) type DeclaredSecret<'a> = (&'static str, &'a str);

/// Returns the place `key` with the struct of a secret. Returns `None` if no struct declares the secret.
pub(crate) fn declared_secret<'a>(
    key: &'static str,
    secret: Option<&'a ArnReference>,
) -> Option<DeclaredSecret<'a>> {
    secret?.declared().map(|ident| (key, ident))
}

/// A broker or a cluster that no `#[resource]` declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerReference {
    /// The resource of the overlay with this logical id.
    Overlay(LogicalId),
    /// An existing broker or cluster, by its ARN.
    Arn(String),
    /// An existing broker or cluster, whose ARN is the value of a template parameter.
    Param(ParameterName),
    /// An existing broker or cluster, whose ARN another stack exports.
    Import(ExportName),
}

impl ServerReference {
    /// Returns the template parameter with the ARN. `key` is the key of the trigger, and `content` is what the parameter has
    /// to be.
    pub(crate) fn template_parameter(
        &self,
        key: &'static str,
        content: ParameterContent,
    ) -> Option<UsedParameter<'_>> {
        match self {
            Self::Param(name) => Some(UsedParameter { key, name, content }),
            Self::Overlay(_) | Self::Arn(_) | Self::Import(_) => None,
        }
    }
}

/// The user and the password with which Lambda connects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BasicAuth {
    /// The secret with the user and the password.
    pub secret: ArnReference,
    /// The ARN of the KMS key with which the secret is encrypted. `None` if it is the key of Secrets Manager.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_key: Option<CfnValue>,
}

impl BasicAuth {
    /// Returns the place of the secret, with the identifier of its struct. Returns `None` if no struct declares it.
    pub(crate) fn declared_secret(&self) -> Option<DeclaredSecret<'_>> {
        declared_secret(SECRET_KEY, Some(&self.secret))
    }

    /// Returns the template parameters that the credentials refer to.
    pub(crate) fn template_parameters(&self) -> impl Iterator<Item = UsedParameter<'_>> {
        let key = secret_key_parameter(self.secret_key.as_ref());
        secret_parameter(SECRET_KEY, Some(&self.secret)).into_iter().chain(key)
    }
}

/// Returns the template parameter that is the KMS key of the secrets.
pub(crate) fn secret_key_parameter(key: Option<&CfnValue>) -> Option<UsedParameter<'_>> {
    let content = ParameterContent::KMS_KEY;
    key?.param().map(|name| UsedParameter { key: "secret_key", name, content })
}
