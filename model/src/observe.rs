//! How a function is observed: the format and the levels of its logs, and its traces. Plain words of
//! AWS's, each with the name that a template has for it.

use serde::Serialize;

use crate::Settings;

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

/// How a function logs, its own settings and the defaults together.
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
    /// What holds for a function. A level without a format means JSON: Lambda takes levels of that
    /// format alone.
    #[must_use]
    pub fn of(own: &Settings, defaults: &Settings) -> Self {
        let level = own.log_level.or(defaults.log_level);
        let system_level = own.system_log_level.or(defaults.system_log_level);
        let leveled = level.is_some() || system_level.is_some();
        let implied = leveled.then_some(LogFormat::Json);
        match own.log_format.or(defaults.log_format).or(implied) {
            Some(LogFormat::Json) => Self { format: Some(LogFormat::Json), level, system_level },
            format => Self { format, level: None, system_level: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(format: Option<LogFormat>, level: Option<LogLevel>) -> Settings {
        Settings { log_format: format, log_level: level, ..Settings::default() }
    }

    #[test]
    fn a_level_alone_means_json() {
        let none = Settings::default();
        let debug = settings(None, Some(LogLevel::Debug));
        for (own, defaults) in [(&debug, &none), (&none, &debug)] {
            let logging = Logging::of(own, defaults);
            assert_eq!(logging.format, Some(LogFormat::Json));
            assert_eq!(logging.level, Some(LogLevel::Debug));
        }
        let nothing = Logging::of(&none, &none);
        assert_eq!(nothing, Logging { format: None, level: None, system_level: None });
    }

    #[test]
    fn a_function_of_text_leaves_the_levels_of_the_defaults_out() {
        let defaults = settings(Some(LogFormat::Json), Some(LogLevel::Warn));
        let logging = Logging::of(&settings(Some(LogFormat::Text), None), &defaults);
        assert_eq!((logging.format, logging.level), (Some(LogFormat::Text), None));
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
