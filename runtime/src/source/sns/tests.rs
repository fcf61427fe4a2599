//! Tests of the delivery of SNS events.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde::Deserialize;
use serde_json::json;

use super::{Notification, sns};
use crate::Error;
use crate::event::{SnsEvent, SnsRecord};
use crate::handler::triggered_handler;
use crate::registry::Handler;
use crate::testing::{fixture, respond};

#[derive(Deserialize)]
struct Placed {
    id: String,
}

/// The official event with other records: one for each text.
fn event(messages: &[&str]) -> Vec<u8> {
    let official: serde_json::Value =
        serde_json::from_slice(&fixture("example-sns-event.json")).unwrap();
    let record = |(index, text): (usize, &&str)| {
        let mut record = official["Records"][0].clone();
        record["Sns"]["Message"] = (*text).into();
        record["Sns"]["MessageId"] = format!("m{index}").into();
        record["Sns"]["MessageAttributes"] = json!({ "kind": { "Type": "String", "Value": "x" } });
        record
    };
    let records: Vec<_> = messages.iter().enumerate().map(record).collect();
    serde_json::to_vec(&json!({ "Records": records })).unwrap()
}

fn by_message() -> Handler {
    triggered_handler([sns::<Notification<Placed>>()], |placed, _| async move {
        assert_ne!(placed.id, "panic");
        Ok(if placed.id == "bad" { Err(Error::new("NoSpace", "disk full")) } else { Ok(()) })
    })
}

#[test]
fn the_official_event_reaches_the_handler_as_a_whole_and_by_record() {
    let whole = triggered_handler([sns::<SnsEvent>()], |event, _| async move {
        Ok(Ok::<_, Error>(event.records[0].sns.message.clone()))
    });
    let text = br#""Hello\r\nworld!""#;
    assert_eq!(respond(&whole, &fixture("example-sns-event.json")).unwrap(), text);
    let record = triggered_handler([sns::<SnsRecord>()], |record, _| async move {
        assert_eq!(record.sns.message, "Hello\r\nworld!");
        Ok(Ok::<_, Error>(()))
    });
    assert_eq!(respond(&record, &fixture("example-sns-event.json")).unwrap(), b"null");
}

#[test]
fn a_notification_has_the_decoded_message_and_its_envelope() {
    let handler = triggered_handler([sns::<Notification<Placed>>()], |placed, _| async move {
        assert_eq!((placed.id.as_str(), placed.message_id()), ("7", "m0"));
        assert_eq!(placed.topic_arn(), "arn:aws:sns:us-east-1:246796806071:snsNetTest");
        assert_eq!(placed.subject(), Some("Greetings"));
        assert_eq!(placed.message_attributes()["kind"].value, "x");
        Ok(Ok::<_, Error>(()))
    });
    assert_eq!(respond(&handler, &event(&[r#"{"id":"7"}"#])).unwrap(), b"null");
}

#[test]
fn a_message_that_cannot_be_decoded_fails_the_invocation_with_its_place() {
    let error = respond(&by_message(), &event(&[r#"{"id":7}"#])).unwrap_err();
    assert_eq!(error.name(), "InvalidPayload");
    let text = error.to_string();
    let expected = "message m0: the text of the message: the payload is not a `Placed`: `id`: invalid type: integer `7`, expected a string, at byte 6";
    assert_eq!(text, expected);
}

#[test]
fn all_records_are_handled_and_the_first_failure_is_the_invocations() {
    let good = r#"{"id":"good"}"#;
    let payload = event(&[good, r#"{"id":"bad"}"#, r#"{"id":"panic"}"#, good]);
    let error = respond(&by_message(), &payload).unwrap_err();
    assert_eq!(error.name(), "NoSpace");
    let text = error.to_string();
    assert_eq!(text, "2 of 4 records failed, the first: message m1: disk full");
}

#[test]
fn an_event_without_a_message_is_an_error() {
    let payload = br#"{"Records":[{"EventSource":"aws:sns","Sns":{"MessageId":"1"}}]}"#;
    let error = respond(&by_message(), payload).unwrap_err();
    assert!(error.to_string().contains("missing field `Message`"), "{error}");
}
