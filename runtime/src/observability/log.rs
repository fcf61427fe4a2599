//! The runtime's own log: lines to standard error, which Lambda sends to `CloudWatch` Logs. A message is one line,
//! since every line break would start another log event. With the feature `tracing`, messages are events of
//! `tracing`, with the same format and level as the events of the user.
// See decision 0076.

use std::fmt::Display;

#[cfg(feature = "tracing")]
use super::log_format::RUNTIME_TARGET;
use crate::{Context, Error, messages};

/// Logs a failure of the runtime or of the code of the user, at the level `ERROR`.
pub(crate) fn error(message: impl Display) {
    #[cfg(feature = "tracing")]
    tracing::error!(target: RUNTIME_TARGET, "{message}");
    #[cfg(not(feature = "tracing"))]
    plain::write_line("ERROR", None, &message);
}

/// Logs a problem that does not keep the process from continuing, at the level `WARN`.
#[cfg(any(
    feature = "_cached_value",
    feature = "metrics",
    feature = "tracing",
    all(feature = "local", debug_assertions)
))]
pub(crate) fn warning(message: impl Display) {
    #[cfg(feature = "tracing")]
    tracing::warn!(target: RUNTIME_TARGET, "{message}");
    #[cfg(not(feature = "tracing"))]
    plain::write_line("WARN", None, &message);
}

/// Logs a success of the runtime, at the level `INFO`.
#[cfg(feature = "resume")]
pub(crate) fn info(message: impl Display) {
    #[cfg(feature = "tracing")]
    tracing::info!(target: RUNTIME_TARGET, "{message}");
    #[cfg(not(feature = "tracing"))]
    plain::write_line("INFO", None, &message);
}

/// Logs that an invocation failed. `subject` names the part that failed, for the text of the log line.
pub(crate) fn invocation_failed(context: &Context, subject: impl Display, error: &Error) {
    let message = messages::observability::invocation_failed(&subject, error);
    #[cfg(feature = "tracing")]
    super::subscriber::span::log_failure(context, error, &message);
    #[cfg(not(feature = "tracing"))]
    plain::write_line("ERROR", Some(context), &message);
}

#[cfg(not(feature = "tracing"))]
mod plain {
    use std::fmt::Display;
    use std::io::Write as _;
    use std::time::SystemTime;

    use crate::Context;
    use crate::observability::log_format::{LogFormat, log_format};
    use crate::observability::timestamp::Timestamp;

    /// Writes a log line to standard error, in the format that Lambda sets. If standard error is closed, nothing
    /// happens; `eprintln!` would panic.
    pub(super) fn write_line(level: &str, context: Option<&Context>, message: &dyn Display) {
        let line = match log_format() {
            LogFormat::Json => format_json(level, context, SystemTime::now(), message),
            LogFormat::Text => format_text(message),
        };
        let _ = std::io::stderr().lock().write_all(line.as_bytes());
    }

    fn format_text(message: &dyn Display) -> String {
        format!("skylift: {}\n", message.to_string().replace(['\n', '\r'], " "))
    }

    /// Formats a log line as JSON, with the members by which Lambda filters and finds log lines.
    fn format_json(
        level: &str,
        context: Option<&Context>,
        time: SystemTime,
        message: &dyn Display,
    ) -> String {
        // Serializing text cannot fail.
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
        fn a_message_with_line_breaks_is_one_line() {
            let message = format_args!("two\nlines");
            assert_eq!(format_text(&message), "skylift: two lines\n");
            let context = Context::new("request-1");
            let expected = concat!(
                r#"{"timestamp":"1970-01-01T00:00:00.000Z","level":"ERROR","message":"two\nlines","#,
                r#""requestId":"request-1"}"#,
                "\n"
            );
            assert_eq!(format_json("ERROR", Some(&context), UNIX_EPOCH, &message), expected);
        }
    }
}
