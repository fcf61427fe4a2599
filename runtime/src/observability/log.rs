//! The runtime's own log: lines to standard error, which Lambda sends to `CloudWatch` Logs. Takes a
//! message and writes it as one line, since every line break would start another log event. With the
//! feature `tracing` they are events like any other, so that format and level are those of the rest.

use std::fmt::Display;

#[cfg(feature = "tracing")]
use super::settings::TARGET;
use crate::{Context, Error};

/// Writes one line about something that failed.
pub(crate) fn line(message: impl Display) {
    #[cfg(feature = "tracing")]
    tracing::error!(target: TARGET, "{message}");
    #[cfg(not(feature = "tracing"))]
    plain::write("ERROR", None, &message);
}

/// Writes one line about something that the process gets over.
#[cfg(any(
    feature = "_cached_value",
    feature = "metrics",
    feature = "tracing",
    all(feature = "local", debug_assertions)
))]
pub(crate) fn warning(message: impl Display) {
    #[cfg(feature = "tracing")]
    tracing::warn!(target: TARGET, "{message}");
    #[cfg(not(feature = "tracing"))]
    plain::write("WARN", None, &message);
}

/// Writes one line about something that went as it should.
#[cfg(feature = "resume")]
pub(crate) fn info(message: impl Display) {
    #[cfg(feature = "tracing")]
    tracing::info!(target: TARGET, "{message}");
    #[cfg(not(feature = "tracing"))]
    plain::write("INFO", None, &message);
}

/// Writes one line about an invocation that failed, of which `who` tells people.
pub(crate) fn failed(context: &Context, who: impl Display, error: &Error) {
    let message = format_args!("{who} failed: {}: {error:#}", error.name());
    #[cfg(feature = "tracing")]
    super::logging::span::failed(context, error, message);
    #[cfg(not(feature = "tracing"))]
    plain::write("ERROR", Some(context), &message);
}

#[cfg(not(feature = "tracing"))]
mod plain {
    use std::fmt::Display;
    use std::io::Write as _;
    use std::time::SystemTime;

    use crate::Context;
    use crate::observability::settings::{Format, format};
    use crate::observability::timestamp::Timestamp;

    /// Writes a line. A closed standard error is no reason to fail an invocation, as `eprintln!` would.
    pub(super) fn write(level: &str, context: Option<&Context>, message: &dyn Display) {
        let line = match format() {
            Format::Json => json(level, context, SystemTime::now(), message),
            Format::Text => text(message),
        };
        let _ = std::io::stderr().lock().write_all(line.as_bytes());
    }

    fn text(message: &dyn Display) -> String {
        format!("skylift: {}\n", message.to_string().replace(['\n', '\r'], " "))
    }

    /// What Lambda filters by, and finds lines by.
    fn json(
        level: &str,
        context: Option<&Context>,
        time: SystemTime,
        message: &dyn Display,
    ) -> String {
        // Text can always be written.
        let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
        let id = context.map(|it| format!(",\"requestId\":{}", quoted(it.request_id())));
        format!(
            "{{\"timestamp\":\"{}\",\"level\":\"{level}\",\"message\":{}{}}}\n",
            Timestamp(time),
            quoted(&message.to_string()),
            id.unwrap_or_default(),
        )
    }

    #[cfg(test)]
    mod tests {
        use std::time::UNIX_EPOCH;

        use super::*;

        #[test]
        fn a_line_is_one_line_whatever_it_says() {
            let message = "two\nlines";
            assert_eq!(text(&message), "skylift: two lines\n");
            let context = Context::new("request-1");
            let expected = concat!(
                r#"{"timestamp":"1970-01-01T00:00:00.000Z","level":"ERROR","message":"two\nlines","#,
                r#""requestId":"request-1"}"#,
                "\n"
            );
            assert_eq!(json("ERROR", Some(&context), UNIX_EPOCH, &message), expected);
        }
    }
}
