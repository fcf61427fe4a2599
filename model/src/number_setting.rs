//! Settings of a function whose number is the value of a template parameter: `memory = param("Memory")`. The number is
//! known only when the stack is deployed. Checks and what is derived from it take the worst of its values, which the
//! parameter limits.

use serde::Serialize;

use crate::aws::limits;
use crate::aws::name::ParameterName;
use crate::aws::parameter_content::ParameterContent;

/// A setting whose number a template parameter can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberKey {
    /// `memory`, in MB.
    Memory,
    /// `timeout`, in seconds.
    Timeout,
    /// `ephemeral_storage`, in MB.
    EphemeralStorage,
    /// `reserved_concurrency`.
    ReservedConcurrency,
    /// `retries`.
    Retries,
    /// `max_event_age`, in seconds.
    MaxEventAge,
    /// `log_retention`, in days.
    LogRetention,
}

impl NumberKey {
    /// Returns the name of the key.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Timeout => "timeout",
            Self::EphemeralStorage => "ephemeral_storage",
            Self::ReservedConcurrency => "reserved_concurrency",
            Self::Retries => "retries",
            Self::MaxEventAge => "max_event_age",
            Self::LogRetention => "log_retention",
        }
    }

    /// Returns the content of a template parameter that is the number.
    #[must_use]
    pub const fn content(self) -> ParameterContent {
        let number = ParameterContent::number;
        match self {
            Self::Memory => number("Memory in MB", &limits::MEMORY_MB),
            Self::Timeout => number("Timeout in seconds", &limits::TIMEOUT_SECONDS),
            Self::EphemeralStorage => number("Size of /tmp in MB", &limits::EPHEMERAL_STORAGE_MB),
            Self::ReservedConcurrency => number("Reserved concurrency", &(0..=u32::MAX)),
            Self::Retries => number("Retries of an asynchronous event", &limits::ASYNC_RETRIES),
            Self::MaxEventAge => {
                number("Age of an asynchronous event in seconds", &limits::EVENT_AGE_SECONDS)
            }
            Self::LogRetention => {
                ParameterContent::one_of("Days that logs are kept", &limits::LOG_RETENTION_DAYS)
            }
        }
    }
}

/// A setting whose number is the value of a template parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParameterSetting {
    /// The setting.
    pub key: NumberKey,
    /// The name of the template parameter.
    pub param: ParameterName,
    /// The least number that the parameter accepts.
    pub least: u32,
    /// The greatest number that the parameter accepts.
    pub most: u32,
}

impl ParameterSetting {
    /// Creates a setting whose parameter has no limits of its own yet.
    #[must_use]
    pub fn new(key: NumberKey, param: ParameterName) -> Self {
        let (least, most) = key.content().bounds().unwrap_or((0, u32::MAX));
        Self { key, param, least, most }
    }
}
