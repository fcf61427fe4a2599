//! The format and the level of the process's log, which Lambda sets by environment variables, and the target of the
//! runtime's own log lines.

use std::sync::OnceLock;

/// The target of the runtime's own log lines, for filters.
#[cfg(feature = "tracing")]
pub(crate) const RUNTIME_TARGET: &str = "skylift";

/// The format of the log, as Lambda names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogFormat {
    Json,
    Text,
}

impl LogFormat {
    /// Parses the value of `AWS_LAMBDA_LOG_FORMAT`. Any value except `json`, and no value, gives text, the default of
    /// Lambda.
    fn parse(variable: Option<&str>) -> Self {
        match variable {
            Some(name) if name.eq_ignore_ascii_case("json") => Self::Json,
            _ => Self::Text,
        }
    }
}

/// Returns the format of this process's log, which Lambda sets by `AWS_LAMBDA_LOG_FORMAT`.
pub(crate) fn log_format() -> LogFormat {
    static FORMAT: OnceLock<LogFormat> = OnceLock::new();
    *FORMAT.get_or_init(|| LogFormat::parse(std::env::var("AWS_LAMBDA_LOG_FORMAT").ok().as_deref()))
}

/// Returns the level that a log line with metrics has to have, so that Lambda does not filter the line out. Returns
/// `None` if Lambda does not filter by level. Lambda takes lines without a level for `INFO`. See "Log-level
/// filtering" of the AWS Lambda Developer Guide.
pub(crate) fn metrics_log_level() -> Option<String> {
    let level = || std::env::var("AWS_LAMBDA_LOG_LEVEL").ok().filter(|level| !level.is_empty());
    (log_format() == LogFormat::Json).then(|| level().unwrap_or_else(|| "INFO".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_json_only_if_lambda_says_json() {
        for (variable, format) in [
            (Some("JSON"), LogFormat::Json),
            (Some("json"), LogFormat::Json),
            (Some("Text"), LogFormat::Text),
            (Some(""), LogFormat::Text),
            (None, LogFormat::Text),
        ] {
            assert_eq!(LogFormat::parse(variable), format, "{variable:?}");
        }
    }
}
