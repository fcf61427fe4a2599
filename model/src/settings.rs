//! What can be set on a function, and as a default for all of them. Every setting is optional: what
//! is not said is left to AWS's own default, which the accessor beside it knows.

use serde::Serialize;

use crate::aws::limits;
use crate::aws::logs::{LogFormat, LogLevel, LogRetention, SystemLogLevel, Tracing};
use crate::aws::name::EnvKey;
use crate::aws::provisioned_concurrency::ProvisionedConcurrency;
use crate::aws::value::CfnValue;
use crate::bounded::bounded;
use crate::deadline::DeadlineMargin;

bounded! {
    /// Memory in MB; Lambda's default is 128.
    Memory: limits::MEMORY_MB, "memory", "MB";
    /// Seconds that an invocation may take; Lambda's default is 3.
    Timeout: limits::TIMEOUT_SECONDS, "timeout", "s";
    /// The size of `/tmp` in MB; Lambda's default is 512.
    EphemeralStorage: limits::EPHEMERAL_STORAGE_MB, "ephemeral storage", "MB";
    /// How many invocations may run at once at the most; 0 stops the function.
    ReservedConcurrency: 0..=u32::MAX, "reserved concurrency", "";
    /// How often Lambda tries an asynchronous invocation again; Lambda's default is 2.
    AsyncRetries: limits::ASYNC_RETRIES, "retry count", "";
    /// Seconds that Lambda keeps an asynchronous event; Lambda's default is 6 hours.
    MaxEventAge: limits::EVENT_AGE_SECONDS, "event age", "s";
}

impl Timeout {
    /// What Lambda takes where nothing is said.
    pub const DEFAULT: Self = Self(limits::DEFAULT_TIMEOUT_SECONDS);
}

/// The processor that a function runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Architecture {
    /// AWS Graviton, Rust's `aarch64`.
    Arm64,
    /// Rust's `x86_64`.
    #[serde(rename = "x86_64")]
    X86_64,
}

impl Architecture {
    /// As Lambda writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arm64 => "arm64",
            Self::X86_64 => "x86_64",
        }
    }

    /// The architecture that a `target_arch` of Rust runs on.
    #[must_use]
    pub fn from_target_arch(target_arch: &str) -> Option<Self> {
        match target_arch {
            "aarch64" => Some(Self::Arm64),
            "x86_64" => Some(Self::X86_64),
            _ => None,
        }
    }
}

/// One statement of `allow(…)`: what the function may do beside what Skylift grants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AllowStatement {
    /// IAM actions, such as `ses:SendEmail`.
    pub actions: Vec<String>,
    /// ARNs, or `*`.
    pub resources: Vec<CfnValue>,
}

/// The settings that a function may have; also the application's defaults.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct FunctionSettings {
    /// Memory in MB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<Memory>,
    /// Seconds that an invocation may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<Timeout>,
    /// The processor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub architecture: Option<Architecture>,
    /// The size of `/tmp` in MB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage: Option<EphemeralStorage>,
    /// How many invocations may run at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reserved_concurrency: Option<ReservedConcurrency>,
    /// How many environments are kept started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioned_concurrency: Option<ProvisionedConcurrency>,
    /// Whether a metric tells how many starts were cold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cold_start_metric: Option<bool>,
    /// How often an asynchronous invocation is tried again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retries: Option<AsyncRetries>,
    /// Seconds that an asynchronous event is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_event_age: Option<MaxEventAge>,
    /// Milliseconds before the timeout at which a function stops to work; it appears in no template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline_margin: Option<DeadlineMargin>,
    /// Environment variables.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    pub env: Vec<(EnvKey, CfnValue)>,
    /// Days for which logs are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_retention: Option<LogRetention>,
    /// What the lines of the log are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_format: Option<LogFormat>,
    /// Which of its own lines the log takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_level: Option<LogLevel>,
    /// Which of Lambda's lines the log takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_log_level: Option<SystemLogLevel>,
    /// Which requests are traced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracing: Option<Tracing>,
    /// Managed policies, by name or ARN.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
    /// Statements of the function's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<AllowStatement>,
    /// Tags.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    pub tags: Vec<(String, String)>,
}

fn as_map<S, K, V>(entries: &[(K, V)], serializer: S) -> Result<S::Ok, S::Error>
where
    S: serde::Serializer,
    K: Serialize,
    V: Serialize,
{
    serializer.collect_map(entries.iter().map(|(key, value)| (key, value)))
}

impl FunctionSettings {
    /// All values that may refer to something outside the function.
    pub fn values(&self) -> impl Iterator<Item = &CfnValue> {
        let env = self.env.iter().map(|(_, value)| value);
        env.chain(self.allow.iter().flat_map(|allow| &allow.resources))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_of_lambda_hold_at_both_ends() {
        assert!(Memory::try_from(127).is_err());
        assert!(Memory::try_from(128).is_ok());
        assert!(Memory::try_from(10_240).is_ok());
        assert!(Memory::try_from(10_241).is_err());
        assert!(Timeout::try_from(900).is_ok());
        assert!(Timeout::try_from(901).is_err());
        assert!(AsyncRetries::try_from(0).is_ok());
        assert!(AsyncRetries::try_from(3).is_err());
    }
}
