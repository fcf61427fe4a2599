//! Tests of the delivery of events of log groups.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{LogRecord, logs};
use crate::Error;
use crate::event::{LogEntry, LogsEvent};
use crate::handler::triggered_handler;
use crate::registry::Handler;
use crate::testing::{fixture, respond};

#[derive(Deserialize)]
struct Line {
    level: String,
}

/// Packs JSON as CloudWatch Logs does.
pub(super) fn pack(json: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(json).unwrap();
    let text = STANDARD.encode(encoder.finish().unwrap());
    serde_json::to_vec(&json!({ "awslogs": { "data": text } })).unwrap()
}

/// An event with these entries.
fn event_of(entries: &[Value]) -> Vec<u8> {
    let event = json!({
        "messageType": "DATA_MESSAGE",
        "owner": "123456789012",
        "logGroup": "/aws/lambda/fetch",
        "logStream": "2026/01/01/[$LATEST]a",
        "subscriptionFilters": ["errors"],
        "logEvents": entries,
    });
    pack(&serde_json::to_vec(&event).unwrap())
}

/// An event with an entry for each message.
fn event(messages: &[&str]) -> Vec<u8> {
    let entry = |(index, message): (usize, &&str)| {
        json!({
            "id": format!("e{index}"),
            "timestamp": 1_440_442_987_001_u64,
            "message": message,
            "extractedFields": { "a": "b" },
        })
    };
    event_of(&messages.iter().enumerate().map(entry).collect::<Vec<_>>())
}

fn by_line() -> Handler {
    triggered_handler([logs::<LogRecord<Line>>()], |line, _| async move {
        assert_ne!(line.level, "PANIC");
        Ok(if line.level == "ERROR" { Err(Error::new("NoSpace", "disk full")) } else { Ok(()) })
    })
}

#[test]
fn the_official_event_reaches_the_handler_as_a_whole_and_by_entry() {
    static ENTRIES: AtomicUsize = AtomicUsize::new(0);
    let whole = triggered_handler([logs::<LogsEvent>()], |event, _| async move {
        let data = event.aws_logs.data;
        Ok(Ok::<_, Error>((data.log_group, data.log_events.len())))
    });
    let payload = fixture("example-cloudwatch_logs-event.json");
    assert_eq!(respond(&whole, &payload).unwrap(), br#"["testLogGroup",2]"#);
    let entry = triggered_handler([logs::<LogEntry>()], |entry, _| async move {
        assert!(entry.message.starts_with("[ERROR]") && entry.id.starts_with("eventId"));
        ENTRIES.fetch_add(1, Ordering::Relaxed);
        Ok(Ok::<_, Error>(()))
    });
    assert_eq!(respond(&entry, &payload).unwrap(), b"null");
    assert_eq!(ENTRIES.load(Ordering::Relaxed), 2);
}

#[test]
fn a_record_has_the_decoded_message_and_the_facts_about_the_entry() {
    let handler = triggered_handler([logs::<LogRecord<Line>>()], |line, _| async move {
        assert_eq!((line.level.as_str(), line.id()), ("INFO", "e0"));
        assert_eq!(line.log_group(), "/aws/lambda/fetch");
        assert_eq!(line.log_stream(), "2026/01/01/[$LATEST]a");
        let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_440_442_987_001);
        assert_eq!(line.timestamp(), time);
        Ok(Ok::<_, Error>(()))
    });
    assert_eq!(respond(&handler, &event(&["{\"level\":\"INFO\"}\n"])).unwrap(), b"null");
}

#[test]
fn a_control_message_calls_no_handler_and_succeeds() {
    let control = json!({
        "messageType": "CONTROL_MESSAGE",
        "owner": "CloudwatchLogs",
        "logGroup": "",
        "logStream": "",
        "subscriptionFilters": [],
        "logEvents": [{ "id": "", "timestamp": 1, "message": "CWL CONTROL MESSAGE: Checking health of destination Lambda." }],
    });
    let payload = pack(&serde_json::to_vec(&control).unwrap());
    let whole = triggered_handler([logs::<LogsEvent>()], |_, _| async move {
        Ok(Err::<(), _>(Error::msg("called")))
    });
    assert_eq!(respond(&whole, &payload).unwrap(), b"null");
    assert_eq!(respond(&by_line(), &payload).unwrap(), b"null");
}

#[test]
fn all_entries_are_handled_and_the_first_failure_is_the_invocations() {
    let info = r#"{"level":"INFO"}"#;
    let payload = event(&[info, r#"{"level":"ERROR"}"#, r#"{"level":"PANIC"}"#, info]);
    let error = respond(&by_line(), &payload).unwrap_err();
    assert_eq!(error.name(), "NoSpace");
    assert_eq!(error.to_string(), "2 of 4 records failed, the first: log entry e1: disk full");
}

#[test]
fn a_message_that_cannot_be_decoded_fails_the_invocation_with_its_place() {
    let error = respond(&by_line(), &event(&[r#"{"level":7}"#])).unwrap_err();
    assert_eq!(error.name(), "InvalidPayload");
    assert_eq!(
        error.to_string(),
        "log entry e0: the message of the entry: the payload is not a `Line`: `level`: invalid type: integer `7`, expected a string, at byte 9"
    );
    let deep = "[".repeat(100_000);
    let error = respond(&by_line(), &event(&[&deep])).unwrap_err();
    assert_eq!(error.name(), "InvalidPayload");
}

#[test]
fn a_broken_entry_fails_alone() {
    let good = json!({ "id": "e", "timestamp": i64::MAX, "message": "{\"level\":\"INFO\"}" });
    let error = respond(&by_line(), &event_of(&[good.clone(), json!({ "id": "x" }), good]));
    let text = error.unwrap_err().to_string();
    let start = "1 of 3 records failed, the first: record 2 of the event: ";
    assert!(text.starts_with(start) && text.contains("missing field `timestamp`"), "{text}");
}

#[test]
fn unpacked_data_of_another_form_is_an_error() {
    for (json, message) in [
        (&b"{"[..], "EOF while parsing an object"),
        (b"{}", "missing field `messageType`"),
        (br#"{"messageType":"DATA_MESSAGE"}"#, "missing field `logGroup`"),
        (b"\xff", "expected value"),
    ] {
        let error = respond(&by_line(), &pack(json)).unwrap_err();
        assert_eq!(error.name(), "InvalidPayload");
        let text = error.to_string();
        assert!(text.starts_with("the unpacked data of the log: "), "{text}");
        assert!(text.contains(message), "{text}");
    }
}
