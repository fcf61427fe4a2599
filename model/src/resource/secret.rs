//! The kind `secret` of resources: a secret of Secrets Manager. Its value appears neither in a template nor in
//! an environment variable: functions get its ARN and fetch the value when they start.

use serde::Serialize;

use super::kind_definition::{FailureDestination, KindDefinition};
use crate::access::Access;
use crate::aws::iam::ApiCall;
use crate::aws::lambda_settings::Outcome;
use crate::aws::limits;
use crate::aws::name::{InvalidName, SecretName};
use crate::aws::parameter_content::{ArnForm, ParameterContent};
use crate::bounded::bounded;

bounded! {
    /// The number of characters of a secret that Secrets Manager generates.
    SecretLength: limits::SECRET_LENGTH, "length", "";
}

impl SecretLength {
    /// The default length, which is that of Secrets Manager.
    pub const DEFAULT: Self = Self(limits::DEFAULT_SECRET_LENGTH);
}

/// How Secrets Manager generates the initial value of a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecretGeneration {
    /// The number of characters of the generated value.
    pub length: SecretLength,
    /// Whether the generated value has punctuation characters as well as letters and digits.
    pub punctuation: bool,
}

/// The settings of a secret.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Secret {
    /// The name of the secret, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<SecretName>,
    /// How Secrets Manager generates the initial value of the secret. `None` if the user sets the value after
    /// the deployment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generate: Option<SecretGeneration>,
}

/// The form of the ARNs of secrets.
pub const ARN: ArnForm = ArnForm {
    service: Secret::ARN_SERVICE,
    is_global: false,
    prefix: Secret::ARN_PREFIX,
    name: "[A-Za-z0-9/_+=.@-]+",
};

impl KindDefinition for Secret {
    const WITH_ARTICLE: &'static str = "a secret";
    const MINIMAL_DECLARATION: &'static str = "secret";
    const VARIABLE_SUFFIX: &'static str = "SECRET_ARN";
    const CLOUDFORMATION_TYPES: &'static [&'static str] = &["AWS::SecretsManager::Secret"];
    const PARAMETER: ParameterContent = ParameterContent::arn("ARN of a secret", &[ARN]);
    const ARN_SERVICE: &'static str = "secretsmanager";
    const ARN_PREFIX: &'static str = "secret:";
    const ARN_IS_GLOBAL: bool = false;
    const RETAINED_BY_DEFAULT: bool = true;
    const CAN_BE_FIFO: bool = false;
    const RESULTS: &'static [Outcome] = &[];
    const FAILURE_DESTINATION: Option<FailureDestination> = None;
    const KEY_PROPERTY: Option<&'static str> = Some("KmsKeyId");
    const CALLS: &'static [(Access, &'static [&'static [ApiCall]])] =
        &[(Access::Read, &[&[ApiCall::new("GetSecretValue", "secretsmanager:GetSecretValue")]])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(SecretName::as_str)
    }

    fn is_fifo(&self) -> bool {
        false
    }

    fn check_name(name: &str) -> Result<(), InvalidName> {
        SecretName::try_from(name).map(drop)
    }
}
