//! A line of the log: takes the parts of an event, gives one line in the format that Lambda was told.
//! JSON is as Lambda's own runtimes write it: `timestamp`, `level` and `message` at the top, where
//! CloudWatch Logs Insights finds every field by its name. See "Configuring JSON and plain text log
//! formats" of the AWS Lambda Developer Guide.

use std::fmt::Write as _;
use std::time::SystemTime;

use tracing::Level;

use super::fields::Fields;
use super::span;
use crate::observability::settings::Format;
use crate::observability::timestamp::Timestamp;

/// The names that a line has itself, before those of the invocation.
const OWN: [&str; 4] = ["timestamp", "level", "message", "target"];

/// The parts of an event.
pub(super) struct Record<'a> {
    pub(super) time: SystemTime,
    pub(super) level: Level,
    pub(super) target: &'a str,
    pub(super) message: &'a str,
    /// Those of the invocation.
    pub(super) invocation: &'a Fields,
    /// Those of the event and of the spans around it.
    pub(super) fields: &'a Fields,
}

/// The line of an event, with the break at its end.
pub(super) fn line(format: Format, record: &Record<'_>) -> String {
    match format {
        Format::Json => json(record),
        Format::Text => text(record),
    }
}

fn json(record: &Record<'_>) -> String {
    let mut line = String::with_capacity(256);
    let _ = write!(line, "{{\"timestamp\":\"{}\"", Timestamp(record.time));
    let _ = write!(line, ",\"level\":\"{}\"", record.level);
    if !record.message.is_empty() {
        member(&mut line, "message", &quoted(record.message));
    }
    for (name, value) in record.invocation.iter() {
        member(&mut line, name, value);
    }
    member(&mut line, "target", &quoted(record.target));
    for (name, value) in record.fields.iter() {
        // A name twice would be no JSON that anybody reads the same way.
        if OWN.contains(&name) || record.invocation.get(name).is_some() {
            member(&mut line, &format!("fields.{name}"), value);
        } else {
            member(&mut line, name, value);
        }
    }
    line.push_str("}\n");
    line
}

fn member(line: &mut String, name: &str, json: &str) {
    line.extend([",", &quoted(name), ":", json]);
}

fn quoted(text: &str) -> String {
    // Text can always be written.
    serde_json::to_string(text).unwrap_or_default()
}

/// `2023-10-27T19:17:45.586Z request-1 INFO shop::orders: placed order=7`, the id of the request as
/// Lambda's other runtimes have it, and everything on one line.
fn text(record: &Record<'_>) -> String {
    let id = record.invocation.get(span::FIELDS[0]).map_or("-", |id| id.trim_matches('"'));
    let Record { time, level, target, message, .. } = record;
    let mut line = format!("{} {id} {level} {target}:", Timestamp(*time));
    if !message.is_empty() {
        line.push(' ');
        line.extend(message.chars().map(|it| if matches!(it, '\n' | '\r') { ' ' } else { it }));
    }
    for (name, value) in record.fields.iter() {
        line.extend([" ", name, "=", value]);
    }
    line.push('\n');
    line
}
