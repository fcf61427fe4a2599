//! What Lambda says of a process's log in its environment: the format and the level; and the name that the
//! runtime's own lines have in it.

use std::sync::OnceLock;

/// Where lines of the runtime come from, for whoever filters them.
#[cfg(feature = "tracing")]
pub(crate) const TARGET: &str = "skylift";

/// What Lambda calls the format of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Text,
}

impl Format {
    /// The format by the value of `AWS_LAMBDA_LOG_FORMAT`; text where it has none, as with Lambda.
    fn of(variable: Option<&str>) -> Self {
        match variable {
            Some(name) if name.eq_ignore_ascii_case("json") => Self::Json,
            _ => Self::Text,
        }
    }
}

/// The format of this process's log.
pub(crate) fn format() -> Format {
    static FORMAT: OnceLock<Format> = OnceLock::new();
    *FORMAT.get_or_init(|| Format::of(std::env::var("AWS_LAMBDA_LOG_FORMAT").ok().as_deref()))
}

/// The level that lines of metrics go by, where Lambda filters lines by theirs: one that it lets through.
/// It takes those without any for `INFO`. See "Log-level filtering" of the AWS Lambda Developer Guide.
pub(crate) fn level_of_metrics() -> Option<String> {
    let level = || std::env::var("AWS_LAMBDA_LOG_LEVEL").ok().filter(|level| !level.is_empty());
    (format() == Format::Json).then(|| level().unwrap_or_else(|| "INFO".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_only_what_lambda_says_is_json() {
        for (variable, format) in [
            (Some("JSON"), Format::Json),
            (Some("json"), Format::Json),
            (Some("Text"), Format::Text),
            (Some(""), Format::Text),
            (None, Format::Text),
        ] {
            assert_eq!(Format::of(variable), format, "{variable:?}");
        }
    }
}
