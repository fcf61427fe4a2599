//! What CloudWatch Logs and X-Ray keep of a function: the format, levels and retention of its logs, and
//! its traces. Each word of the grammar has the name that a template writes for it.

use serde::Serialize;

use super::limits;

/// What the lines of a function's log are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Text, Lambda's default.
    Text,
    /// A JSON object a line.
    Json,
}

impl LogFormat {
    /// The formats, by the words that Skylift has for them.
    pub const ALL: [(&str, Self); 2] = [("text", Self::Text), ("json", Self::Json)];

    /// As Lambda writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Json => "JSON",
        }
    }
}

/// The least important lines of a function's own that its log takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum LogLevel {
    /// Everything.
    Trace,
    /// What helps to find a mistake.
    Debug,
    /// What happened, Lambda's default.
    Info,
    /// What may become an error.
    Warn,
    /// What failed.
    Error,
    /// What ended the process.
    Fatal,
}

impl LogLevel {
    /// The levels, by the words that Skylift has for them.
    pub const ALL: [(&str, Self); 6] = [
        ("trace", Self::Trace),
        ("debug", Self::Debug),
        ("info", Self::Info),
        ("warn", Self::Warn),
        ("error", Self::Error),
        ("fatal", Self::Fatal),
    ];

    /// As Lambda writes it.
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

/// The least important lines of Lambda's about a function that its log takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum SystemLogLevel {
    /// Everything.
    Debug,
    /// Starts, ends and reports of invocations, Lambda's default.
    Info,
    /// What went wrong.
    Warn,
}

impl SystemLogLevel {
    /// The levels, by the words that Skylift has for them.
    pub const ALL: [(&str, Self); 3] =
        [("debug", Self::Debug), ("info", Self::Info), ("warn", Self::Warn)];

    /// As Lambda writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warn => "WARN",
        }
    }
}

/// Which requests Lambda sends traces of to AWS X-Ray.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tracing {
    /// Some of them, by the sampling rules of X-Ray.
    Active,
    /// Those that a caller upstream has chosen.
    PassThrough,
    /// None; what SAM says of a function that leaves a default out.
    Disabled,
}

impl Tracing {
    /// The modes, by the words that Skylift has for them.
    pub const ALL: [(&str, Self); 3] = [
        ("active", Self::Active),
        ("pass_through", Self::PassThrough),
        ("disabled", Self::Disabled),
    ];

    /// As SAM writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::PassThrough => "PassThrough",
            Self::Disabled => "Disabled",
        }
    }
}

/// How a function logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Logging {
    /// The format, where one was chosen.
    pub format: Option<LogFormat>,
    /// The level of the function's own lines; none where the format has none.
    pub level: Option<LogLevel>,
    /// The level of Lambda's lines; none where the format has none.
    pub system_level: Option<SystemLogLevel>,
}

impl Logging {
    /// What holds where these were set. A level without a format means JSON: Lambda takes levels of that
    /// format alone.
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

/// Days for which a function's logs are kept: one of the numbers that CloudWatch Logs takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct LogRetention(u32);

impl LogRetention {
    /// What a function's logs get where nothing is said: CloudWatch would keep them for ever.
    pub const DEFAULT: Self = Self(30);

    /// The days.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u64> for LogRetention {
    type Error = String;

    fn try_from(days: u64) -> Result<Self, String> {
        let known = limits::LOG_RETENTION_DAYS.iter().find(|known| u64::from(**known) == days);
        known.map(|days| Self(*days)).ok_or_else(|| {
            let near = limits::LOG_RETENTION_DAYS.iter().min_by_key(|known| u64::from(**known).abs_diff(days));
            let near = near.copied().unwrap_or_default();
            format!("logs cannot be kept for {days} days: CloudWatch Logs takes certain numbers only, the nearest is {near}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_alone_means_json() {
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
    fn retention_takes_the_days_of_cloudwatch_and_names_the_nearest() {
        assert_eq!(LogRetention::try_from(30).unwrap().get(), 30);
        assert!(LogRetention::try_from(31).unwrap_err().ends_with("the nearest is 30"));
        assert_eq!(
            LogRetention::try_from(u64::from(LogRetention::DEFAULT.0)),
            Ok(LogRetention::DEFAULT)
        );
    }

    #[test]
    fn the_words_are_those_of_aws() {
        let levels = LogLevel::ALL.map(|(_, level)| level.as_str());
        assert_eq!(levels, ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]);
        assert_eq!(SystemLogLevel::ALL.map(|(_, level)| level.as_str()), ["DEBUG", "INFO", "WARN"]);
        assert_eq!(LogFormat::ALL.map(|(_, format)| format.as_str()), ["Text", "JSON"]);
        let modes = Tracing::ALL.map(|(_, mode)| mode.as_str());
        assert_eq!(modes, ["Active", "PassThrough", "Disabled"]);
    }
}
