//! The settings of a function, which can also be set as defaults for all functions. Every setting is optional.
//! If neither the function nor the defaults set it, AWS's own default applies, or Skylift's if the type of the
//! setting has a `DEFAULT`.

use serde::Serialize;

use crate::allow_statement::AllowStatement;
use crate::aws::function_keys;
use crate::aws::lambda_settings::LambdaSettings;
use crate::aws::limits;
use crate::aws::logs::{LogFormat, LogLevel, LogRetention, SystemLogLevel, Tracing};
use crate::aws::name::{EnvKey, ParameterName};
use crate::aws::provisioned_concurrency::ProvisionedConcurrency;
use crate::aws::value::{CfnValue, TagValue, UsedParameter};
use crate::bounded::bounded;
use crate::deadline::DeadlineMargin;
use crate::location::PlaceInItem;
use crate::number_setting::{NumberFields, NumberParameters, ParameterSetting};

bounded! {
    /// The memory of a function in MB; Lambda's default is 128.
    Memory: limits::MEMORY_MB, "memory", "MB", on instances limits::INSTANCE_MEMORY_MB,
        parameter "Memory in MB";
    /// How long an invocation can take, in seconds; Lambda's default is 3.
    Timeout: limits::TIMEOUT_SECONDS, "timeout", "s", on instances limits::INSTANCE_TIMEOUT_SECONDS,
        parameter "Timeout in seconds";
    /// The size of `/tmp` in MB; Lambda's default is 512.
    EphemeralStorage: limits::EPHEMERAL_STORAGE_MB, "ephemeral storage", "MB",
        on instances limits::INSTANCE_EPHEMERAL_STORAGE_MB, parameter "Size of /tmp in MB";
    /// AWS's reserved concurrency: the maximum number of concurrent invocations of a function, which Lambda
    /// also reserves for this function; 0 stops the function.
    ReservedConcurrency: 0..=u32::MAX, "reserved concurrency", "",
        parameter "Reserved concurrency";
    /// How often Lambda retries an asynchronous invocation; Lambda's default is 2.
    AsyncRetries: limits::ASYNC_RETRIES, "retry count", "",
        parameter "Retries of an asynchronous event";
    /// How long Lambda keeps the event of an asynchronous invocation, in seconds; Lambda's default is 6 hours.
    MaxEventAge: limits::EVENT_AGE_SECONDS, "event age", "s",
        parameter "Age of an asynchronous event in seconds";
}

impl Timeout {
    /// Lambda's default timeout, 3 seconds.
    pub const DEFAULT: Self = Self(limits::DEFAULT_TIMEOUT_SECONDS);
}

/// The processor architecture that a function runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Architecture {
    /// AWS Graviton, which is `aarch64` in Rust.
    Arm64,
    /// Intel and AMD processors, which are `x86_64` in Rust.
    #[serde(rename = "x86_64")]
    X86_64,
}

impl Architecture {
    /// Returns Lambda's name for the architecture.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arm64 => "arm64",
            Self::X86_64 => "x86_64",
        }
    }

    /// Returns the architecture for a `target_arch` of Rust, and `None` if Lambda does not support that target.
    #[must_use]
    pub fn from_target_arch(target_arch: &str) -> Option<Self> {
        match target_arch {
            "aarch64" => Some(Self::Arm64),
            "x86_64" => Some(Self::X86_64),
            _ => None,
        }
    }
}

/// What Lambda does when it detects that a function is part of a recursive loop: AWS's `RecursiveLoop`. A function
/// that sets it can be part of a loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecursiveLoop {
    /// Lambda lets the loop go on.
    Allow,
    /// Lambda stops the loop after about 16 invocations, which is its default.
    Terminate,
}

impl RecursiveLoop {
    /// All values, each with its word in the grammar.
    pub const ALL: [(&'static str, Self); 2] =
        [("allow", Self::Allow), ("terminate", Self::Terminate)];

    /// Returns Lambda's name for the value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Terminate => "Terminate",
        }
    }
}

/// The settings of a function, or the defaults of the application for all functions.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct FunctionSettings {
    /// The memory in MB, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<Memory>,
    /// How long an invocation can take, in seconds, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<Timeout>,
    /// The processor architecture, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub architecture: Option<Architecture>,
    /// The size of `/tmp` in MB, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage: Option<EphemeralStorage>,
    /// The maximum number of concurrent invocations, which Lambda also reserves for the function, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reserved_concurrency: Option<ReservedConcurrency>,
    /// What Lambda does when it detects a recursive loop, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recursive_loop: Option<RecursiveLoop>,
    /// The number of environments that Lambda keeps started, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioned_concurrency: Option<ProvisionedConcurrency>,
    /// Whether a metric counts the cold starts, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cold_start_metric: Option<bool>,
    /// How often Lambda retries an asynchronous invocation, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retries: Option<AsyncRetries>,
    /// How long Lambda keeps the event of an asynchronous invocation, in seconds, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_event_age: Option<MaxEventAge>,
    /// The deadline margin in milliseconds, if it is set. The deadline margin does not appear in the template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline_margin: Option<DeadlineMargin>,
    /// The environment variables, each with its key and its value.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "serialize_as_map")]
    pub env: Vec<(EnvKey, CfnValue)>,
    /// How many days the logs are kept, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_retention: Option<LogRetention>,
    /// The log format, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_format: Option<LogFormat>,
    /// The lowest level of the function's own log lines that the log keeps, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_level: Option<LogLevel>,
    /// The lowest level of Lambda's log lines that the log keeps, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_log_level: Option<SystemLogLevel>,
    /// The tracing mode, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracing: Option<Tracing>,
    /// The managed policies of the function's role, by name or ARN.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
    /// The policy statements that the user adds to the function's role.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<AllowStatement>,
    /// The settings whose number is the value of a template parameter. Their fields above have the greatest number.
    #[serde(skip_serializing_if = "NumberParameters::is_empty")]
    pub from_parameters: NumberParameters,
    /// The settings that are Lambda's own.
    #[serde(skip_serializing_if = "LambdaSettings::is_empty")]
    pub lambda: LambdaSettings,
    /// The tags of the function, each with its key and its value.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "serialize_as_map")]
    pub tags: Vec<(String, TagValue)>,
}

/// Serializes a list of pairs of a key and a value as a map.
fn serialize_as_map<S, K, V>(entries: &[(K, V)], serializer: S) -> Result<S::Ok, S::Error>
where
    S: serde::Serializer,
    K: Serialize,
    V: Serialize,
{
    serializer.collect_map(entries.iter().map(|(key, value)| (key, value)))
}

impl FunctionSettings {
    /// Returns the template parameter whose value is the number of a setting.
    #[must_use]
    pub fn parameter_of(&self, key: &str) -> Option<&ParameterSetting> {
        self.from_parameters.find(key)
    }

    /// Returns the numbers that template parameters can have.
    fn numbers(&mut self) -> NumberFields<'_> {
        NumberFields {
            parameters: &mut self.from_parameters,
            fields: vec![
                (function_keys::MEMORY.name, &mut self.memory),
                (function_keys::TIMEOUT.name, &mut self.timeout),
                (function_keys::EPHEMERAL_STORAGE.name, &mut self.ephemeral_storage),
                (function_keys::RESERVED_CONCURRENCY.name, &mut self.reserved_concurrency),
                (function_keys::PROVISIONED_CONCURRENCY.name, &mut self.provisioned_concurrency),
                (function_keys::RETRIES.name, &mut self.retries),
                (function_keys::MAX_EVENT_AGE.name, &mut self.max_event_age),
                (function_keys::LOG_RETENTION, &mut self.log_retention),
            ],
        }
    }

    /// Limits the numbers that are parameters by `limits_of`, which returns the limits of a parameter.
    pub(crate) fn limit_numbers(
        &mut self,
        limits_of: &dyn Fn(&ParameterName) -> Option<(u32, u32)>,
    ) {
        self.numbers().limit(limits_of);
        if let Some(numbers) = self.lambda.alarm_numbers() {
            numbers.limit(limits_of);
        }
    }

    /// Returns the template parameters that the settings use, apart from those in `env`, `tags` and `allow`.
    #[must_use]
    pub fn parameters(&self) -> Vec<UsedParameter<'_>> {
        self.from_parameters.uses().chain(self.lambda.parameters()).collect()
    }

    /// Returns the values of environment variables, and those of tags that are known only when the stack is deployed. They
    /// can be any text. Each has its place.
    pub fn texts(&self) -> impl Iterator<Item = (PlaceInItem, &CfnValue)> {
        let env = self.env.iter();
        let env = env.map(|(key, value)| (PlaceInItem::Env(key.to_string()), value));
        let place = |key: &str| PlaceInItem::key(&format!("{}.{key}", function_keys::TAGS.name));
        let tags = self.tags.iter();
        env.chain(tags.filter_map(move |(key, value)| Some((place(key), value.deployed()?))))
    }

    /// Returns whether a value has references that CloudFormation replaces.
    #[must_use]
    pub fn has_text_references(&self) -> bool {
        self.values().any(|value| value.sub().is_some())
    }

    /// Returns all values of these settings that can refer to something outside the function: the values of
    /// environment variables and tags, the resources of policy statements, and those of Lambda's own settings.
    pub fn values(&self) -> impl Iterator<Item = &CfnValue> {
        let env = self.env.iter().map(|(_, value)| value);
        let env = env.chain(self.tags.iter().filter_map(|(_, value)| value.deployed()));
        let allowed = self.allow.iter().flat_map(AllowStatement::values);
        env.chain(allowed).chain(self.lambda.values().into_iter().map(|(_, value, _)| value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_lambdas_limits_are_accepted_and_nothing_beyond() {
        assert!(Memory::try_from(127).is_err());
        assert!(Memory::try_from(128).is_ok());
        assert!(Memory::try_from(10_240).is_ok());
        assert!(Memory::try_from(10_241).is_err());
        assert!(Timeout::try_from(1_800).is_ok());
        assert!(Timeout::try_from(1_801).is_err());
        assert!(AsyncRetries::try_from(0).is_ok());
        assert!(AsyncRetries::try_from(3).is_err());
    }
}
