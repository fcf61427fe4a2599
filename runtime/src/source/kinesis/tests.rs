//! Batches of records, as Kinesis sends them: what a handler is called with, and what is reported.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::kinesis;
use crate::Error;
use crate::event::{Data, KinesisEventRecord};
use crate::handler::triggered_handler;
use crate::invocation::context::DEFAULT_DEADLINE_MARGIN;
use crate::registry::Handler;
use crate::testing::{fixture, respond, respond_before};

type Seen = Arc<Mutex<Vec<String>>>;

/// Handles words, and records what it was called with: `bad` fails, `boom` panics, and `slow` takes longer
/// than any test.
fn words() -> (Handler, Seen) {
    let seen = Seen::default();
    let notes = Arc::clone(&seen);
    let handler = triggered_handler([kinesis::<Data<String>>()], move |word, _| {
        notes.lock().unwrap().push(word.to_string());
        async move {
            assert_ne!(*word, "boom");
            if *word == "slow" {
                tokio::time::sleep(Duration::from_mins(1)).await;
            }
            Ok(if *word == "bad" { Err("bad word") } else { Ok(()) })
        }
    });
    (handler, seen)
}

/// Records with sequence numbers from 1, with two partition keys in turn.
fn batch(data: &[&str]) -> Vec<u8> {
    let record = |(number, data): (usize, &&str)| {
        json!({
            "eventID": format!("shardId-000000000006:{}", number + 1),
            "eventSource": "aws:kinesis",
            "eventSourceARN": "arn:aws:kinesis:us-east-1:123456789012:stream/words",
            "kinesis": {
                "sequenceNumber": (number + 1).to_string(),
                "partitionKey": format!("key {}", number % 2),
                "data": STANDARD.encode(data),
                "approximateArrivalTimestamp": 1_607_497_475.25,
            },
        })
    };
    let records: Vec<_> = data.iter().enumerate().map(record).collect();
    serde_json::to_vec(&json!({ "Records": records })).unwrap()
}

fn failed(answer: &[u8]) -> Value {
    serde_json::from_slice::<Value>(answer).unwrap()["batchItemFailures"].take()
}

#[test]
fn records_are_handled_in_order_up_to_the_first_failure() {
    for (bad, text) in [("\"bad\"", "bad"), ("\"boom\"", "boom")] {
        let (handler, seen) = words();
        let payload = batch(&["\"one\"", "\"two\"", bad, "\"four\"", "\"five\""]);
        let answer = respond(&handler, &payload).unwrap();
        assert_eq!(failed(&answer), json!([{ "itemIdentifier": "3" }]), "{bad}");
        assert_eq!(*seen.lock().unwrap(), ["one", "two", text], "{bad}");
    }
}

#[test]
fn a_record_whose_data_is_not_json_fails_alone() {
    let (handler, seen) = words();
    let answer = respond(&handler, &batch(&["\"one\"", "{", "\"three\""])).unwrap();
    assert_eq!(failed(&answer), json!([{ "itemIdentifier": "2" }]));
    assert_eq!(*seen.lock().unwrap(), ["one"]);
}

#[test]
fn a_malformed_record_fails_alone() {
    let (handler, _) = words();
    for (pointer, value) in [
        ("/Records/1/kinesis/data", json!("*")),
        ("/Records/1/kinesis/data", json!(7)),
        ("/Records/1/kinesis/partitionKey", json!(null)),
        ("/Records/1/eventID", json!({})),
    ] {
        let mut payload: Value = serde_json::from_slice(&batch(&["\"one\"", "\"two\""])).unwrap();
        *payload.pointer_mut(pointer).unwrap() = value;
        let answer = respond(&handler, payload.to_string().as_bytes()).unwrap();
        assert_eq!(failed(&answer), json!([{ "itemIdentifier": "2" }]), "{pointer}");
    }
}

#[test]
fn a_failure_without_a_sequence_number_fails_the_batch() {
    let (handler, _) = words();
    for number in [json!(""), json!(null)] {
        let mut payload: Value = serde_json::from_slice(&batch(&["\"one\"", "\"bad\""])).unwrap();
        payload["Records"][1]["kinesis"]["sequenceNumber"] = number;
        let error = respond(&handler, payload.to_string().as_bytes()).unwrap_err();
        assert_eq!(error.name(), "InvalidPayload");
    }
}

#[test]
fn a_batch_without_failures_reports_an_empty_list() {
    let (handler, _) = words();
    for well in [batch(&["\"one\"", "\"two\""]), batch(&[])] {
        assert_eq!(respond(&handler, &well).unwrap(), br#"{"batchItemFailures":[]}"#);
    }
}

#[test]
fn a_first_record_that_fails_fails_its_batch_unless_it_is_alone() {
    let (handler, seen) = words();
    let error = respond(&handler, &batch(&["\"bad\"", "\"two\""])).unwrap_err();
    assert_eq!(error.to_string(), "record 1, the first of 2: bad word");
    assert_eq!(*seen.lock().unwrap(), ["bad"]);
    let alone = respond(&handler, &batch(&["\"bad\""])).unwrap();
    assert_eq!(failed(&alone), json!([{ "itemIdentifier": "1" }]));
}

#[test]
fn records_not_reached_or_not_finished_before_the_deadline_are_reported() {
    let (handler, seen) = words();
    let payload = batch(&["\"one\"", "\"slow\"", "\"three\""]);
    let remaining = DEFAULT_DEADLINE_MARGIN + Duration::from_millis(100);
    let start = Instant::now();
    let answer = respond_before(&handler, &payload, remaining).unwrap();
    assert!(start.elapsed() < remaining, "reported after the timeout");
    assert_eq!(failed(&answer), json!([{ "itemIdentifier": "2" }]));
    assert_eq!(*seen.lock().unwrap(), ["one", "slow"]);

    let error = respond_before(&handler, &payload, DEFAULT_DEADLINE_MARGIN).unwrap_err();
    assert_eq!(error.name(), "DeadlineReached");
    assert_eq!(seen.lock().unwrap().len(), 2);
}

#[test]
fn a_record_has_its_key_number_shard_stream_and_time() {
    let handler = triggered_handler([kinesis::<Data<String>>()], |word, _| async move {
        assert_eq!((word.partition_key(), word.sequence_number()), ("key 0", "1"));
        assert_eq!(word.shard_id(), "shardId-000000000006");
        assert_eq!(word.stream_arn(), "arn:aws:kinesis:us-east-1:123456789012:stream/words");
        let arrived = word.arrived_at().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(arrived.as_millis(), 1_607_497_475_250);
        assert_eq!(word.into_inner(), "one");
        Ok(Ok::<_, Error>(()))
    });
    assert_eq!(failed(&respond(&handler, &batch(&["\"one\""])).unwrap()), json!([]));
}

#[test]
fn the_official_records_reach_a_handler_of_raw_records() {
    let seen = Seen::default();
    let notes = Arc::clone(&seen);
    let handler = triggered_handler([kinesis::<KinesisEventRecord>()], move |record, _| {
        let text = String::from_utf8_lossy(&record.kinesis.data).into_owned();
        notes.lock().unwrap().push(text);
        async move { Ok(Ok::<_, Error>(())) }
    });
    for official in ["example-kinesis-event.json", "example-kinesis-window-event.json"] {
        assert_eq!(failed(&respond(&handler, &fixture(official)).unwrap()), json!([]));
    }
    assert_eq!(*seen.lock().unwrap(), ["Hello World", "Hello World", "Hello, this is a test."]);
}
