//! `secret`: a secret of Secrets Manager. Its value is in no template and in no environment variable:
//! functions get its ARN and fetch it when they start.

use serde::Serialize;

use super::declared::{Declared, Destination};
use crate::access::Access;
use crate::aws::iam::Call;
use crate::aws::limits;
use crate::aws::name::{InvalidName, SecretName};
use crate::bounded::bounded;

bounded! {
    /// How many characters a generated secret has.
    Length: limits::SECRET_LENGTH, "length", "";
}

impl Length {
    /// Secrets Manager's own.
    pub const DEFAULT: Self = Self(limits::DEFAULT_SECRET_LENGTH);
}

/// How a secret is generated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Generate {
    /// How many characters.
    pub length: Length,
    /// Whether there are other characters in it than letters and digits.
    pub punctuation: bool,
}

/// What was set on a secret.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Secret {
    /// Its name, where the user fixed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<SecretName>,
    /// How its first value is made; none where somebody puts one in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generate: Option<Generate>,
}

impl Declared for Secret {
    const WITH_ARTICLE: &'static str = "a secret";
    const DECLARATION: &'static str = "secret";
    const VARIABLE: &'static str = "SECRET_ARN";
    const PARAMETER: &'static str = "ARN of a secret";
    const SERVICE: &'static str = "secretsmanager";
    const ARN: &'static str = "secret:";
    const GLOBAL: bool = false;
    const RETAINED: bool = true;
    const FIFO: bool = false;
    const DESTINATION: Option<Destination> = None;
    const CALLS: &'static [(Access, &'static [&'static [Call]])] =
        &[(Access::Read, &[&[Call::new("GetSecretValue", "secretsmanager:GetSecretValue")]])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(SecretName::as_str)
    }

    fn is_fifo(&self) -> bool {
        false
    }

    fn is_name(name: &str) -> Result<(), InvalidName> {
        SecretName::try_from(name).map(drop)
    }
}
