//! The logs of a function in CloudWatch Logs and its traces in X-Ray: log format, log levels, retention and
//! tracing mode. Each type has the words of the grammar with the names that a template writes for them.

use serde::Serialize;

use super::limits;
use super::parameter_content::ParameterContent;
use crate::messages::values;
use crate::number_setting::NumberSetting;

/// The format of a function's log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Text, which is Lambda's default format.
    Text,
    /// One JSON object on each line.
    Json,
}

impl LogFormat {
    /// All log formats, each with its word in the grammar.
    pub const ALL: [(&str, Self); 2] = [("text", Self::Text), ("json", Self::Json)];

    /// Returns Lambda's name for the log format.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Json => "JSON",
        }
    }
}

/// The lowest level of the lines that a function's own code writes to its log. The log does not keep lines of a
/// lower level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum LogLevel {
    /// The log keeps lines of all levels.
    Trace,
    /// The log keeps details for finding mistakes, and lines of higher levels.
    Debug,
    /// The log keeps lines about normal events, and lines of higher levels. Lambda's default.
    Info,
    /// The log keeps lines about situations that can lead to an error, and of higher levels.
    Warn,
    /// The log keeps lines about failures, and of higher levels.
    Error,
    /// The log keeps only lines about failures that end the process.
    Fatal,
}

impl LogLevel {
    /// All log levels, each with its word in the grammar.
    pub const ALL: [(&str, Self); 6] = [
        ("trace", Self::Trace),
        ("debug", Self::Debug),
        ("info", Self::Info),
        ("warn", Self::Warn),
        ("error", Self::Error),
        ("fatal", Self::Fatal),
    ];

    /// Returns Lambda's name for the log level.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Trace => "TRACE",
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warn => "WARN",
            Self::Error => "ERROR",
            Self::Fatal => "FATAL",
        }
    }
}

/// The lowest level of the lines that Lambda itself writes to a function's log. The log does not keep lines of
/// a lower level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum SystemLogLevel {
    /// The log keeps lines of all levels.
    Debug,
    /// The log keeps the lines with which Lambda starts, ends and reports an invocation, and lines of higher
    /// levels. Lambda's default.
    Info,
    /// The log keeps only lines about problems.
    Warn,
}

impl SystemLogLevel {
    /// All system log levels, each with its word in the grammar.
    pub const ALL: [(&str, Self); 3] =
        [("debug", Self::Debug), ("info", Self::Info), ("warn", Self::Warn)];

    /// Returns Lambda's name for the system log level.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warn => "WARN",
        }
    }
}

/// The tracing mode of a function: which requests Lambda traces in AWS X-Ray.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tracing {
    /// Lambda traces some of the requests, by the sampling rules of X-Ray.
    Active,
    /// Lambda traces the requests that an upstream service has sampled.
    PassThrough,
    /// Lambda traces no requests. SAM needs this word for a function that overrides the default of the
    /// application.
    Disabled,
}

impl Tracing {
    /// All tracing modes, each with its word in the grammar.
    pub const ALL: [(&str, Self); 3] = [
        ("active", Self::Active),
        ("pass_through", Self::PassThrough),
        ("disabled", Self::Disabled),
    ];

    /// Returns SAM's name for the tracing mode.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::PassThrough => "PassThrough",
            Self::Disabled => "Disabled",
        }
    }
}

/// The log configuration of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Logging {
    /// The log format, if the user set one or a level that requires one.
    pub format: Option<LogFormat>,
    /// The lowest level of the function's own lines; `None` if it is not set or the format has no levels.
    pub level: Option<LogLevel>,
    /// The lowest level of Lambda's lines; `None` if it is not set or the format has no levels.
    pub system_level: Option<SystemLogLevel>,
}

impl Logging {
    /// Creates the log configuration from the settings of a function. A level without a format means JSON,
    /// because Lambda accepts levels only for that format.
    #[must_use]
    pub fn new(
        format: Option<LogFormat>,
        level: Option<LogLevel>,
        system_level: Option<SystemLogLevel>,
    ) -> Self {
        let leveled = level.is_some() || system_level.is_some();
        match format.or(leveled.then_some(LogFormat::Json)) {
            Some(LogFormat::Json) => Self { format: Some(LogFormat::Json), level, system_level },
            format => Self { format, level: None, system_level: None },
        }
    }
}

/// How many days a function's logs are kept: one of the numbers that CloudWatch Logs accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct LogRetention(u32);

impl LogRetention {
    /// The default log retention, 30 days. CloudWatch's own default is to keep logs for ever.
    pub const DEFAULT: Self = Self(30);

    /// Returns the log retention in days.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl NumberSetting for LogRetention {
    const CONTENT: ParameterContent =
        ParameterContent::one_of("Days that logs are kept", &limits::LOG_RETENTION_DAYS);

    fn from_parameter(number: u32) -> Option<Self> {
        Self::try_from(u64::from(number)).ok()
    }
}

impl TryFrom<u64> for LogRetention {
    type Error = String;

    fn try_from(days: u64) -> Result<Self, String> {
        let accepted = limits::LOG_RETENTION_DAYS;
        if let Some(days) = accepted.into_iter().find(|known| u64::from(*known) == days) {
            return Ok(Self(days));
        }
        let nearest = accepted.into_iter().min_by_key(|known| u64::from(*known).abs_diff(days));
        Err(values::log_retention(days, nearest.unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_without_a_format_means_json() {
        let json =
            |level, system_level| Logging { format: Some(LogFormat::Json), level, system_level };
        let (debug, warn) = (Some(LogLevel::Debug), Some(SystemLogLevel::Warn));
        assert_eq!(Logging::new(None, debug, None), json(debug, None));
        assert_eq!(Logging::new(None, None, warn), json(None, warn));
        assert_eq!(Logging::new(Some(LogFormat::Json), debug, warn), json(debug, warn));
        let nothing = Logging { format: None, level: None, system_level: None };
        assert_eq!(Logging::new(None, None, None), nothing);
    }

    #[test]
    fn text_has_no_levels() {
        let text = Logging { format: Some(LogFormat::Text), level: None, system_level: None };
        let (debug, warn) = (Some(LogLevel::Debug), Some(SystemLogLevel::Warn));
        assert_eq!(Logging::new(Some(LogFormat::Text), debug, warn), text);
    }

    #[test]
    fn the_error_of_an_unknown_retention_has_the_nearest_number_of_days() {
        assert_eq!(LogRetention::try_from(30).unwrap().get(), 30);
        assert!(LogRetention::try_from(31).unwrap_err().ends_with("the nearest is 30"));
        assert_eq!(
            LogRetention::try_from(u64::from(LogRetention::DEFAULT.0)),
            Ok(LogRetention::DEFAULT)
        );
    }

    #[test]
    fn templates_have_the_names_of_aws() {
        let levels = LogLevel::ALL.map(|(_, level)| level.as_str());
        assert_eq!(levels, ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]);
        assert_eq!(SystemLogLevel::ALL.map(|(_, level)| level.as_str()), ["DEBUG", "INFO", "WARN"]);
        assert_eq!(LogFormat::ALL.map(|(_, format)| format.as_str()), ["Text", "JSON"]);
        let modes = Tracing::ALL.map(|(_, mode)| mode.as_str());
        assert_eq!(modes, ["Active", "PassThrough", "Disabled"]);
    }
}
