//! Batches of messages, as SQS sends them: what a handler is called with, and what is reported.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::sqs;
use crate::Error;
use crate::event::{Message, SqsEvent, SqsMessage};
use crate::handler::triggered_handler;
use crate::invocation::context::DEFAULT_DEADLINE_MARGIN;
use crate::registry::Handler;
use crate::testing::{fixture, respond, respond_before, respond_concurrently};

type Seen = Arc<Mutex<Vec<String>>>;

/// Panics when it is dropped.
struct Trap;

impl Drop for Trap {
    fn drop(&mut self) {
        panic!("trapped");
    }
}

/// Handles words, and records what it was called with: `bad` fails, `boom` panics, `slow` takes longer than
/// any test, and `trap` takes as long and panics when it is dropped.
fn words() -> (Handler, Seen) {
    let seen = Seen::default();
    let notes = Arc::clone(&seen);
    let handler = triggered_handler([sqs::<Message<String>>()], move |word, _| {
        notes.lock().unwrap().push(word.to_string());
        async move {
            assert_ne!(*word, "boom");
            let _trap = if *word == "trap" { Some(Trap) } else { None };
            if ["slow", "trap"].contains(&word.as_str()) {
                tokio::time::sleep(Duration::from_mins(1)).await;
            }
            Ok(if *word == "bad" { Err("bad word") } else { Ok(()) })
        }
    });
    (handler, seen)
}

fn batch(queue: &str, messages: &[(&str, &str, &str)]) -> Vec<u8> {
    let record = |&(id, group, body): &(&str, &str, &str)| {
        json!({
            "messageId": id,
            "body": body,
            "attributes": { "MessageGroupId": group },
            "eventSource": "aws:sqs",
            "eventSourceARN": format!("arn:aws:sqs:us-east-1:123456789012:{queue}"),
        })
    };
    let records: Vec<_> = messages.iter().map(record).collect();
    serde_json::to_vec(&json!({ "Records": records })).unwrap()
}

fn failures(answer: &[u8]) -> Vec<String> {
    let answer: Value = serde_json::from_slice(answer).unwrap();
    let failures = answer["batchItemFailures"].as_array().unwrap();
    failures.iter().map(|f| f["itemIdentifier"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn failed_panicked_and_undecodable_messages_fail_alone() {
    let (handler, seen) = words();
    let messages = [
        ("1", "a", "\"good\""),
        ("2", "a", "\"bad\""),
        ("3", "a", "\"boom\""),
        ("4", "a", "{"),
        ("5", "a", "\"good\""),
    ];
    let answer = respond(&handler, &batch("jobs", &messages)).unwrap();
    assert_eq!(failures(&answer), ["2", "3", "4"]);
    assert_eq!(*seen.lock().unwrap(), ["good", "bad", "boom", "good"]);
}

#[test]
fn a_fifo_group_stops_at_its_first_failure_and_other_groups_continue() {
    let (handler, seen) = words();
    let messages = [
        ("1", "a", "\"bad\""),
        ("2", "b", "\"first of b\""),
        ("3", "a", "\"never\""),
        ("4", "b", "\"second of b\""),
    ];
    let answer = respond(&handler, &batch("jobs.fifo", &messages)).unwrap();
    assert_eq!(failures(&answer), ["1", "3"]);
    assert_eq!(*seen.lock().unwrap(), ["bad", "first of b", "second of b"]);
}

#[test]
fn an_undecodable_fifo_message_stops_its_group() {
    let (handler, _) = words();
    let messages = [("1", "a", "{"), ("2", "a", "\"good\"")];
    let answer = respond(&handler, &batch("jobs.fifo", &messages)).unwrap();
    assert_eq!(failures(&answer), ["1", "2"]);
}

#[test]
fn a_batch_without_failures_reports_an_empty_list() {
    let (handler, _) = words();
    let answer = respond(&handler, &batch("jobs", &[("1", "a", "\"good\"")])).unwrap();
    assert_eq!(answer, br#"{"batchItemFailures":[]}"#);
}

#[test]
fn messages_not_started_before_the_limit_are_reported_as_failed() {
    let (handler, seen) = words();
    let payload = batch("jobs", &[("1", "a", "\"good\""), ("2", "a", "\"good\"")]);
    let answer = respond_before(&handler, &payload, Duration::from_millis(100)).unwrap();
    assert_eq!(failures(&answer), ["1", "2"]);
    assert!(seen.lock().unwrap().is_empty());
}

#[test]
fn a_message_that_takes_too_long_is_reported_and_finished_ones_are_not() {
    for slow in ["\"slow\"", "\"trap\""] {
        let (handler, seen) = words();
        let messages = [("1", "a", "\"good\""), ("2", "a", slow), ("3", "a", "\"late\"")];
        let remaining = DEFAULT_DEADLINE_MARGIN + Duration::from_millis(200);
        for (queue, failed, called) in [("jobs", &["2"][..], 3), ("jobs.fifo", &["2", "3"], 2)] {
            seen.lock().unwrap().clear();
            let start = Instant::now();
            let answer = respond_before(&handler, &batch(queue, &messages), remaining).unwrap();
            assert!(start.elapsed() < remaining, "reported after the timeout");
            assert_eq!(failures(&answer), failed);
            assert_eq!(seen.lock().unwrap().len(), called);
        }
    }
}

#[test]
fn a_message_without_an_id_fails_the_batch() {
    let (handler, seen) = words();
    let well = r#"{"messageId":"1","body":"\"good\""}"#;
    for id in ["", r#","messageId":"""#, r#","messageId":null"#] {
        let payload = format!(r#"{{"Records":[{well},{{"body":"\"good\""{id}}}]}}"#);
        let error = respond(&handler, payload.as_bytes()).unwrap_err();
        assert_eq!(error.name(), "InvalidPayload");
    }
    assert!(seen.lock().unwrap().is_empty(), "none is tried, for all come again");
}

#[test]
fn the_official_event_reaches_a_handler_of_raw_messages() {
    let handler = triggered_handler([sqs::<SqsMessage>()], |message, _| async move {
        assert_eq!(message.body.as_deref(), Some("Message Body"));
        Ok(Ok::<_, Error>(()))
    });
    let answer = respond(&handler, &fixture("example-sqs-event.json")).unwrap();
    assert!(failures(&answer).is_empty());
}

#[test]
fn the_envelope_has_the_data_of_the_message() {
    let text = String::from_utf8(fixture("example-sqs-event.json")).unwrap();
    let payload = text.replace("\"Message Body\"", "\"\\\"word\\\"\"");
    let handler = triggered_handler([sqs::<Message<String>>()], |word, _| async move {
        assert_eq!((&**word, word.message_id()), ("word", "MessageID_1"));
        assert_eq!((word.receive_count(), word.group_id()), (2, None));
        assert_eq!(word.message_attributes()["Attribute1"].data_type.as_deref(), Some("String"));
        assert_eq!(word.envelope().body.as_deref(), Some("\"word\""));
        Ok(Ok::<_, Error>(()))
    });
    assert!(failures(&respond(&handler, payload.as_bytes()).unwrap()).is_empty());
}

#[test]
fn an_envelope_with_an_invalid_part_has_the_valid_parts() {
    let messages = [("1", "a", "\"word\"")];
    let mut event: Value = serde_json::from_slice(&batch("jobs", &messages)).unwrap();
    let message = &mut event["Records"][0];
    message["attributes"]["ApproximateReceiveCount"] = json!("4");
    message["attributes"]["Unheard"] = json!({ "of": 1 });
    message["receiptHandle"] = json!("handle");
    message["messageAttributes"] = json!({ "a": { "dataType": 7 } });
    let handler = triggered_handler([sqs::<Message<String>>()], |word, _| async move {
        assert_eq!((&**word, word.receive_count(), word.group_id()), ("word", 4, Some("a")));
        assert_eq!((word.message_id(), word.receipt_handle()), ("1", "handle"));
        assert_eq!(word.envelope().body.as_deref(), Some("\"word\""));
        assert!(word.message_attributes().is_empty());
        Ok(Ok::<_, Error>(()))
    });
    assert!(failures(&respond(&handler, event.to_string().as_bytes()).unwrap()).is_empty());
}

/// How many calls run at once, and the maximum so far.
#[derive(Default)]
struct Busy {
    now: AtomicUsize,
    most: AtomicUsize,
}

#[test]
fn as_many_messages_are_handled_at_once_as_the_trigger_says_and_no_more() {
    let messages: Vec<_> =
        (0..40).map(|n| (n.to_string(), format!("g{}", n % 7), n.to_string())).collect();
    let messages: Vec<_> = messages.iter().map(|(id, group, n)| (&**id, &**group, &**n)).collect();
    for (queue, bound, most) in
        [("jobs", 1, 1), ("jobs", 10, 10), ("jobs", 64, 40), ("q.fifo", 4, 4), ("q.fifo", 64, 7)]
    {
        let busy = Arc::new(Busy::default());
        let seen = Arc::clone(&busy);
        let handler = triggered_handler([sqs::<Message<u64>>()], move |number, _| {
            let busy = Arc::clone(&seen);
            async move {
                let now = busy.now.fetch_add(1, Ordering::SeqCst) + 1;
                busy.most.fetch_max(now, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(*number % 5 + 1)).await;
                busy.now.fetch_sub(1, Ordering::SeqCst);
                Ok(Ok::<_, Error>(()))
            }
        });
        let answer = respond_concurrently(&handler, &batch(queue, &messages), bound).unwrap();
        assert!(failures(&answer).is_empty());
        assert_eq!(busy.most.load(Ordering::SeqCst), most, "{queue} bound to {bound}");
    }
}

#[test]
fn the_response_of_a_handler_of_the_whole_event_is_the_functions() {
    let handler = triggered_handler([sqs::<SqsEvent>()], |event, _| async move {
        let mut response = aws_lambda_events::sqs::SqsBatchResponse::default();
        response.set_failures(event.records.into_iter().filter_map(|m| m.message_id));
        Ok(Ok::<_, Error>(response))
    });
    let answer = respond(&handler, &fixture("example-sqs-event.json")).unwrap();
    assert_eq!(failures(&answer), ["MessageID_1"]);
}

/// Returns a message as SNS sends it to a queue.
fn notification(message: &str) -> String {
    json!({
        "Type": "Notification",
        "MessageId": "m-1",
        "TopicArn": "arn:aws:sns:eu-west-1:123456789012:words",
        "Subject": "Word",
        "Message": message,
        "Timestamp": "2026-01-01T00:00:00.000Z",
        "MessageAttributes": {},
    })
    .to_string()
}

/// Returns an event as EventBridge sends it to a queue.
fn event(detail: &Value) -> String {
    let event = json!({
        "id": "e-1", "source": "shop", "detail-type": "said", "time": "2026-01-01T00:00:00Z",
        "account": "123456789012", "region": "eu-west-1", "resources": [], "detail": detail,
    });
    event.to_string()
}

/// Handles words of a queue with or without subscriptions, and records each with where it comes from.
fn words_of_subscriptions(has_envelopes: bool) -> (Handler, Seen) {
    let seen = Seen::default();
    let notes = Arc::clone(&seen);
    let deliverer = sqs::<Message<String>>().with_envelopes(has_envelopes);
    let handler = triggered_handler([deliverer], move |word: Message<String>, _| {
        let topic = word.topic().map(|it| it.topic_arn.clone());
        let bus = word.bus().map(|it| it.detail_type.clone());
        notes.lock().unwrap().push(format!("{} {topic:?} {bus:?}", *word));
        async { Ok(Ok::<(), Error>(())) }
    });
    (handler, seen)
}

#[test]
fn messages_of_a_subscription_are_taken_out_of_their_envelopes() {
    let (of_topic, of_bus) = (notification("\"hello\""), event(&json!("world")));
    let messages = [("1", "a", of_topic.as_str()), ("2", "a", &of_bus), ("3", "a", "\"sent\"")];
    let (handler, seen) = words_of_subscriptions(true);
    let answer = respond(&handler, &batch("jobs", &messages)).unwrap();
    assert_eq!(failures(&answer), [""; 0]);
    assert_eq!(
        *seen.lock().unwrap(),
        [
            "hello Some(\"arn:aws:sns:eu-west-1:123456789012:words\") None",
            "world None Some(\"said\")",
            "sent None None",
        ]
    );
    // Without subscriptions, the envelope itself would be the message.
    let (handler, _) = words_of_subscriptions(false);
    let answer = respond(&handler, &batch("jobs", &messages)).unwrap();
    assert_eq!(failures(&answer), ["1", "2"]);
}

#[test]
fn what_is_wrong_in_an_envelope_fails_alone() {
    let wrong = notification("{");
    let right = notification("\"hello\"");
    let messages = [("1", "a", wrong.as_str()), ("2", "a", "{\"Type\":"), ("3", "a", &right)];
    let (handler, seen) = words_of_subscriptions(true);
    let answer = respond(&handler, &batch("jobs", &messages)).unwrap();
    assert_eq!(failures(&answer), ["1", "2"]);
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[test]
fn the_test_event_of_a_bucket_reaches_no_handler() {
    let test = r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-01-01T00:00:00.000Z","Bucket":"b","RequestId":"r","HostId":"h"}"#;
    let of_topic = notification(test);
    let messages = [("1", "a", test), ("2", "a", of_topic.as_str())];
    let (handler, seen) = words_of_subscriptions(true);
    let answer = respond(&handler, &batch("jobs", &messages)).unwrap();
    assert_eq!(failures(&answer), [""; 0]);
    assert!(seen.lock().unwrap().is_empty());
    let (handler, _) = words_of_subscriptions(false);
    let answer = respond(&handler, &batch("jobs", &messages)).unwrap();
    assert_eq!(failures(&answer), ["1", "2"]);
}

#[test]
fn a_raw_message_keeps_its_envelope() {
    let bodies = Seen::default();
    let notes = Arc::clone(&bodies);
    let deliverer = sqs::<SqsMessage>().with_envelopes(true);
    let handler = triggered_handler([deliverer], move |message: SqsMessage, _| {
        notes.lock().unwrap().push(message.body.unwrap_or_default());
        async { Ok(Ok::<(), Error>(())) }
    });
    let body = notification("hello");
    let answer = respond(&handler, &batch("jobs", &[("1", "a", body.as_str())])).unwrap();
    assert_eq!(failures(&answer), [""; 0]);
    assert_eq!(*bodies.lock().unwrap(), [body]);
}
