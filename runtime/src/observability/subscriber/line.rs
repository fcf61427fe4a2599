//! Formats an event as one log line, in the format that Lambda sets. JSON is as Lambda's own runtimes write it:
//! `timestamp`, `level` and `message` are top-level members, and so are all fields, so that CloudWatch Logs Insights
//! finds them by name. See "Configuring JSON and plain text log formats" of the AWS Lambda Developer Guide.

use std::fmt::Write as _;
use std::time::SystemTime;

use tracing::Level;

use super::fields::Fields;
use super::span;
use crate::observability::log_format::LogFormat;
use crate::observability::timestamp::Timestamp;

/// The members of every JSON log line that are not fields of an event or a span.
const LINE_MEMBERS: [&str; 4] = ["timestamp", "level", "message", "target"];

/// An event of `tracing` that is formatted as a log line.
pub(super) struct LoggedEvent<'a> {
    pub(super) time: SystemTime,
    pub(super) level: Level,
    pub(super) target: &'a str,
    pub(super) message: &'a str,
    /// The fields of the span of the invocation, such as the id of the request.
    pub(super) invocation: &'a Fields,
    /// The fields of the event and of the spans around it.
    pub(super) fields: &'a Fields,
}

/// Formats an event as a log line, with a line break at the end.
pub(super) fn format_line(format: LogFormat, event: &LoggedEvent<'_>) -> String {
    match format {
        LogFormat::Json => format_json(event),
        LogFormat::Text => format_text(event),
    }
}

fn format_json(event: &LoggedEvent<'_>) -> String {
    let mut line = String::with_capacity(256);
    let _ = write!(line, "{{\"timestamp\":\"{}\"", Timestamp(event.time));
    let _ = write!(line, ",\"level\":\"{}\"", event.level);
    if !event.message.is_empty() {
        push_member(&mut line, "message", &quote_json(event.message));
    }
    for (name, value) in event.invocation.iter() {
        push_member(&mut line, name, value);
    }
    push_member(&mut line, "target", &quote_json(event.target));
    for (name, value) in event.fields.iter() {
        // A JSON object with the same name twice is ambiguous.
        if LINE_MEMBERS.contains(&name) || event.invocation.get(name).is_some() {
            push_member(&mut line, &format!("fields.{name}"), value);
        } else {
            push_member(&mut line, name, value);
        }
    }
    line.push_str("}\n");
    line
}

fn push_member(line: &mut String, name: &str, json: &str) {
    line.extend([",", &quote_json(name), ":", json]);
}

fn quote_json(text: &str) -> String {
    // Serializing text cannot fail.
    serde_json::to_string(text).unwrap_or_default()
}

/// Formats an event as a log line of text: `2023-10-27T19:17:45.586Z request-1 INFO shop::orders: placed order=7`.
/// The id of the request comes second, as in Lambda's other runtimes.
fn format_text(event: &LoggedEvent<'_>) -> String {
    let id =
        event.invocation.get(span::INVOCATION_FIELDS[0]).map_or("-", |id| id.trim_matches('"'));
    let LoggedEvent { time, level, target, message, .. } = event;
    let mut line = format!("{} {id} {level} {target}:", Timestamp(*time));
    if !message.is_empty() {
        line.push(' ');
        line.extend(message.chars().map(|it| if matches!(it, '\n' | '\r') { ' ' } else { it }));
    }
    for (name, value) in event.fields.iter() {
        line.extend([" ", name, "=", value]);
    }
    line.push('\n');
    line
}
