//! Delivers S3 events: the whole event, or each of its records. All records are handled, and the invocation
//! fails if any record fails, because S3 can retry only whole events.

use aws_lambda_events::s3::{S3Event, S3EventRecord};
use percent_encoding::percent_decode_str;

use super::eventbridge;
use super::registration::S3;
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::{FunctionResponse, ResponseFuture, decode};
use crate::messages;
use crate::resource::trigger_event::Accepts;
use crate::source::batch::every_record::EveryRecord;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;

impl Event for S3Event {
    type Source = S3;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        shape.has_records_of("aws:s3") || shape.is_from("aws.s3")
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { delivery.call(decode_event(delivery.payload)?).await })
    }
}

impl Event for S3EventRecord {
    type Source = S3;

    const RESUMES: Result<(), &'static str> = Err(messages::compile::records_cannot_resume());

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        S3Event::recognises(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { deliver_records(&delivery).await })
    }
}

impl TriggeredBy<S3> for S3Event {}
impl TriggeredBy<S3> for S3EventRecord {}

impl<K, M> Accepts<K, M> for S3Event {}
impl<K, M> Accepts<K, M> for S3EventRecord {}

/// Calls the handler with each record of an event, and returns an error if any call failed.
async fn deliver_records(
    delivery: &Delivery<'_, S3EventRecord>,
) -> Result<FunctionResponse, Error> {
    let mut calls = EveryRecord::new(delivery);
    for record in decode_event(delivery.payload)?.records {
        let name = object_name(&record);
        let raw = record_json(delivery, &record);
        calls.call(|| name, || Ok((record, raw.as_slice().into()))).await;
    }
    calls.into_response()
}

/// Returns the JSON in which the key of a record is looked up; empty if the function is not idempotent, which
/// needs no key.
#[cfg_attr(not(feature = "idempotency"), expect(unused_variables, reason = "nothing is"))]
fn record_json(delivery: &Delivery<'_, S3EventRecord>, record: &S3EventRecord) -> Vec<u8> {
    #[cfg(feature = "idempotency")]
    if delivery.call.idempotency().is_some() {
        return serde_json::to_vec(record).unwrap_or_default();
    }
    Vec::new()
}

/// Describes the object of a record, for messages.
fn object_name(record: &S3EventRecord) -> String {
    let key = record.s3.object.url_decoded_key.as_deref();
    messages::batch::describe_object(record.s3.bucket.name.as_deref(), key)
}

/// Decodes an event that S3 or `EventBridge` sent, and decodes the keys of its objects. S3 encodes the keys as
/// in HTML forms, and to forget the decoding is the most common mistake of handlers.
fn decode_event(payload: &[u8]) -> Result<S3Event, Error> {
    let mut event = match serde_json::from_slice::<S3Event>(payload) {
        Ok(event) => event,
        Err(_) => match eventbridge::decode_eventbridge_event(payload)? {
            Some(event) => event,
            None => decode::decode_json(payload)?,
        },
    };
    for record in &mut event.records {
        let object = &mut record.s3.object;
        if object.url_decoded_key.is_none() {
            object.url_decoded_key = object.key.as_deref().map(decode_key);
        }
    }
    Ok(event)
}

/// Decodes the key of an object, which S3 encodes as in HTML forms.
fn decode_key(key: &str) -> String {
    percent_decode_str(&key.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handler::triggered_handler;
    use crate::invocation::context::DEFAULT_DEADLINE_MARGIN;
    use crate::registry::Handler;
    use crate::source::s3::s3;
    use crate::testing::{fixture, respond, respond_before};
    use std::time::{Duration, Instant};

    fn two_records() -> Vec<u8> {
        let text = String::from_utf8(fixture("example-s3-event.json")).unwrap();
        let event: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut first = event["Records"][0].clone();
        let mut second = first.clone();
        first["s3"]["object"]["key"] = "a+b%2Bc.jpg".into();
        second["s3"]["object"]["key"] = "d/e.jpg".into();
        serde_json::to_vec(&serde_json::json!({ "Records": [first, second] })).unwrap()
    }

    fn by_record(fails: &'static str) -> Handler {
        triggered_handler([s3::<S3EventRecord>()], move |record, _| async move {
            let key = record.s3.object.url_decoded_key.unwrap_or_default();
            assert_ne!(key, "panic");
            Ok(if key == fails { Err(Error::new("NoSpace", "disk full")) } else { Ok(()) })
        })
    }

    #[test]
    fn the_whole_event_reaches_the_handler_with_its_keys_decoded() {
        let handler = triggered_handler([s3::<S3Event>()], |event, _| async move {
            let object = event.records.into_iter().next().unwrap().s3.object;
            Ok(Ok::<_, Error>((object.key, object.url_decoded_key)))
        });
        let answer = respond(&handler, &two_records()).unwrap();
        assert_eq!(answer, br#"["a+b%2Bc.jpg","a b+c.jpg"]"#);
    }

    #[test]
    fn the_response_is_null_if_all_records_succeed() {
        assert_eq!(respond(&by_record("none"), &two_records()).unwrap(), b"null");
    }

    #[test]
    fn a_failed_record_fails_the_invocation_with_the_records_error() {
        let error = respond(&by_record("d/e.jpg"), &two_records()).unwrap_err();
        assert_eq!(error.name(), "NoSpace");
        let message = error.to_string();
        assert!(message.starts_with("1 of 2 records failed, the first: `"), "{message}");
        assert!(message.ends_with("/d/e.jpg`: disk full"), "{message}");
    }

    #[test]
    fn records_are_not_started_after_the_limit() {
        let handler = by_record("none");
        let error = respond_before(&handler, &two_records(), Duration::from_millis(100));
        assert_eq!(error.unwrap_err().name(), "DeadlineReached");
    }

    #[test]
    fn a_record_that_takes_too_long_fails_the_invocation_before_the_timeout() {
        let handler = triggered_handler([s3::<S3EventRecord>()], |record, _| async move {
            if record.s3.object.url_decoded_key.as_deref() == Some("d/e.jpg") {
                tokio::time::sleep(Duration::from_mins(1)).await;
            }
            Ok(Ok::<_, Error>(()))
        });
        let remaining = DEFAULT_DEADLINE_MARGIN + Duration::from_millis(200);
        let start = Instant::now();
        let error = respond_before(&handler, &two_records(), remaining).unwrap_err();
        assert!(start.elapsed() < remaining, "reported after the timeout");
        assert_eq!(error.name(), "DeadlineReached");
        let message = error.to_string();
        assert!(message.starts_with("1 of 2 records failed, the first: `"), "{message}");
        assert!(
            message.ends_with("/d/e.jpg`: not finished: 500 ms before the timeout"),
            "{message}"
        );
    }

    #[test]
    fn the_error_for_a_payload_of_another_source_names_the_missing_field() {
        let error = respond(&by_record("none"), b"{\"records\":[]}").unwrap_err();
        assert_eq!(error.name(), "InvalidPayload");
        assert!(error.to_string().contains("missing field `Records`"), "{error}");
    }
}
