//! Batches of Kafka topics, as Lambda sends them: what a handler is called with, and what is reported.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::Error;
use crate::event::{KafkaEvent, KafkaEventRecord, KafkaEventResponse, KafkaHeader, KafkaRecord};
use crate::handler::triggered_handler;
use crate::registry::Handler;
use crate::source::kafka::kafka;
use crate::source::msk::msk;
use crate::source::{Event as _, shape::PayloadShape};
use crate::testing::{fixture, respond, respond_before, respond_with_reports};

type Seen = Arc<Mutex<Vec<String>>>;

/// Handles words, and records what it was called with: `bad` fails, and `boom` panics.
fn words() -> (Handler, Seen) {
    let seen = Seen::default();
    let notes = Arc::clone(&seen);
    let handler = triggered_handler([msk::<KafkaRecord<String>>()], move |word, _| {
        notes.lock().unwrap().push(word.to_string());
        async move {
            assert_ne!(*word, "boom");
            Ok(if *word == "bad" { Err("bad word") } else { Ok(()) })
        }
    });
    (handler, seen)
}

fn record(partition: i32, offset: usize, value: &Value) -> Value {
    json!({
        "topic": "words",
        "partition": partition,
        "offset": offset,
        "timestamp": 1_595_035_749_700_i64,
        "timestampType": "CREATE_TIME",
        "value": STANDARD.encode(value.to_string()),
        "headers": [],
    })
}

/// Two partitions with records from offset 10 on.
fn batch(first: &[&str], second: &[&str]) -> Value {
    let records = |partition: i32, words: &[&str]| -> Vec<Value> {
        let record = |(n, word): (usize, &&str)| record(partition, 10 + n, &json!(word));
        words.iter().enumerate().map(record).collect()
    };
    json!({
        "eventSource": "aws:kafka",
        "eventSourceArn": "arn:aws:kafka:us-east-1:123456789012:cluster/shop/0a-1",
        "bootstrapServers": "b-1:9092,b-2:9092",
        "records": { "words-0": records(0, first), "words-1": records(1, second) },
    })
}

fn failure(partition: &str, offset: i64) -> Value {
    json!({ "itemIdentifier": { "partition": partition, "offset": offset } })
}

fn reported(handler: &Handler, payload: &Value) -> Value {
    let answer = respond_with_reports(handler, payload.to_string().as_bytes(), 1).unwrap();
    serde_json::from_slice::<Value>(&answer).unwrap()["batchItemFailures"].take()
}

#[test]
fn a_partition_stops_at_its_first_failure_and_others_go_on() {
    for (bad, concurrency) in [("bad", 1), ("boom", 1), ("bad", 10)] {
        let (handler, seen) = words();
        let payload = batch(&["one", bad, "three"], &["four", "five"]).to_string();
        let answer = respond_with_reports(&handler, payload.as_bytes(), concurrency).unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let failed = json!([failure("words-0", 11), failure("words-0", 12)]);
        assert_eq!(answer["batchItemFailures"], failed, "{bad}");
        let mut seen = seen.lock().unwrap().clone();
        seen.sort();
        let mut expected = ["one", bad, "four", "five"];
        expected.sort_unstable();
        assert_eq!(seen, expected, "{bad}");
    }
}

#[test]
fn without_reports_a_failure_fails_the_invocation_and_nothing_more_is_started() {
    let (handler, seen) = words();
    let payload = batch(&["one", "bad", "three"], &["four"]).to_string();
    let call = Duration::from_secs(10);
    let error = respond_before(&handler, payload.as_bytes(), call).unwrap_err();
    assert_eq!(
        error.to_string(),
        "1 of 4 records failed, the first: record 11 of words-0: bad word"
    );
    assert!(!seen.lock().unwrap().contains(&"three".to_owned()));
    let alone = batch(&["bad"], &[]).to_string();
    let error = respond(&handler, alone.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "record 10 of words-0: bad word");
}

#[test]
fn a_batch_of_which_nothing_was_handled_fails_so_that_lambda_splits_it() {
    let (handler, _) = words();
    let payload = batch(&["bad", "two"], &["bad"]).to_string();
    let error = respond_with_reports(&handler, payload.as_bytes(), 1).unwrap_err();
    assert!(
        error.to_string().starts_with("2 of 3 records failed, the first: record 10"),
        "{error}"
    );
    assert_eq!(reported(&handler, &batch(&["bad"], &[])), json!([failure("words-0", 10)]));
}

#[test]
fn a_batch_without_failures_reports_an_empty_list() {
    let (handler, seen) = words();
    for well in [batch(&["one"], &["two"]), batch(&[], &[])] {
        let answer = respond(&handler, well.to_string().as_bytes()).unwrap();
        assert_eq!(answer, br#"{"batchItemFailures":[]}"#);
    }
    assert_eq!(seen.lock().unwrap().len(), 2);
}

#[test]
fn a_malformed_record_fails_alone() {
    let (handler, _) = words();
    for (pointer, value) in [
        ("value", json!("*")),
        ("value", json!(7)),
        ("value", json!(null)),
        ("value", json!("")),
        ("value", json!(STANDARD.encode("{"))),
        ("value", json!(STANDARD.encode(b"\xff\xfe"))),
        ("key", json!("a")),
        ("topic", json!(null)),
        ("partition", json!("0")),
        ("partition", json!(4_294_967_296_i64)),
        ("headers", json!([{ "a": [256] }])),
        ("headers", json!([{ "a": [-129] }])),
        ("headers", json!([{ "a": "text" }])),
        ("headers", json!({ "a": [1] })),
        ("timestamp", json!("now")),
    ] {
        let mut payload = batch(&["one", "two"], &["three"]);
        payload["records"]["words-0"][1][pointer] = value.clone();
        assert_eq!(reported(&handler, &payload), json!([failure("words-0", 11)]), "{value}");
    }
}

#[test]
fn a_failure_without_an_offset_fails_the_batch() {
    let (handler, _) = words();
    for offset in [json!(null), json!("7"), json!(1.5)] {
        let mut payload = batch(&["one", "bad"], &["three"]);
        payload["records"]["words-0"][1]["offset"] = offset;
        let payload = payload.to_string();
        let error = respond_with_reports(&handler, payload.as_bytes(), 1).unwrap_err();
        assert_eq!(error.name(), "InvalidPayload");
    }
}

#[test]
fn a_payload_that_is_no_batch_is_an_error_with_field_and_byte() {
    let (handler, _) = words();
    let deep = format!(r#"{{"records":{{"a":{}1{}}}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    for payload in ["{}", r#"{"records":[]}"#, r#"{"records":{"a":{}}}"#, "[", "", deep.as_str()] {
        let error = respond(&handler, payload.as_bytes()).unwrap_err();
        assert_eq!(error.name(), "InvalidPayload");
        assert!(error.to_string().contains("at byte"), "{error}");
    }
    let value = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let mut payload = batch(&["one", "two"], &[]);
    payload["records"]["words-0"][1]["value"] = json!(STANDARD.encode(value));
    assert_eq!(reported(&handler, &payload), json!([failure("words-0", 11)]));
}

#[test]
fn the_records_of_a_partition_that_occurs_twice_are_all_delivered() {
    let (handler, seen) = words();
    let record = |offset, word: &str| record(0, offset, &json!(word)).to_string();
    let (one, two) = (record(1, "one"), record(2, "two"));
    let payload = format!(r#"{{"records":{{"words-0":[{one}],"words-0":[{two}]}}}}"#);
    respond(&handler, payload.as_bytes()).unwrap();
    assert_eq!(*seen.lock().unwrap(), ["one", "two"]);
}

#[test]
fn a_tombstone_is_none_and_fails_any_other_type_with_a_help() {
    let handler =
        triggered_handler([kafka::<KafkaRecord<Option<u32>>>()], |record, _| async move {
            assert_eq!(record.into_inner(), None);
            Ok(Ok::<_, Error>(()))
        });
    let mut payload = batch(&["one"], &[]);
    payload["records"]["words-0"][0]["value"] = json!(null);
    let payload = payload.to_string();
    respond(&handler, payload.as_bytes()).unwrap();
    let (handler, _) = words();
    let error = respond(&handler, payload.as_bytes()).unwrap_err().to_string();
    assert!(error.contains("take a `KafkaRecord<Option<T>>`"), "{error}");
}

#[test]
fn a_record_has_its_key_headers_schema_and_position() {
    let handler = triggered_handler([kafka::<KafkaRecord<String>>()], |word, _| async move {
        assert_eq!((word.topic(), word.partition(), word.offset()), ("words", 1, 10));
        assert_eq!((word.key(), word.key_str()), (Some(&b"k\xe9"[..]), None));
        assert_eq!(word.header("user"), Some(&[0x61, 0xff, 0x80, 0xc3][..]));
        assert_eq!(word.headers().len(), 3);
        assert_eq!(word.header("none"), Some(&b""[..]));
        let schema = word.value_schema().unwrap();
        assert_eq!(schema.data_format.as_deref(), Some("AVRO"));
        assert_eq!(schema.schema_id.as_deref(), Some("17"));
        assert!(word.key_schema().is_none());
        let time = word.timestamp().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(time.as_millis(), 1_595_035_749_700);
        assert_eq!(word.timestamp_type(), Some("CREATE_TIME"));
        Ok(Ok::<_, Error>(()))
    });
    for id in [json!("17"), json!(17)] {
        let mut payload = batch(&[], &["one"]);
        let record = &mut payload["records"]["words-1"][0];
        record["key"] = json!(STANDARD.encode(b"k\xe9"));
        record["headers"] =
            json!([{ "user": [1] }, { "user": [97, -1, -128, 195] }, { "none": null }]);
        record["valueSchemaMetadata"] = json!({ "dataFormat": "AVRO", "schemaId": id });
        respond(&handler, payload.to_string().as_bytes()).unwrap();
    }
}

#[test]
fn a_record_without_headers_or_time_is_read() {
    let (handler, seen) = words();
    let mut payload = batch(&["one", "two"], &[]);
    let records = payload["records"]["words-0"].as_array_mut().unwrap();
    for key in ["headers", "timestamp", "timestampType"] {
        records[0].as_object_mut().unwrap().remove(key);
    }
    records[1]["headers"] = json!(null);
    records[1]["timestamp"] = json!(i64::MIN);
    respond(&handler, payload.to_string().as_bytes()).unwrap();
    assert_eq!(seen.lock().unwrap().len(), 2);
}

#[test]
fn the_official_batch_reaches_a_handler_of_the_whole_batch_or_of_raw_records() {
    let handler = triggered_handler([msk::<KafkaEvent>()], |event, _| async move {
        assert_eq!(event.event_source, "aws:kafka");
        assert!(event.event_source_arn.as_ref().unwrap().contains(":cluster/ExampleMSKCluster/"));
        let mut response = KafkaEventResponse::default();
        event.iter().for_each(|record| response.add_failure(record));
        Ok(Ok::<_, Error>(response))
    });
    let answer = respond(&handler, &fixture("example-kafka-event.json")).unwrap();
    assert_eq!(
        serde_json::from_slice::<Value>(&answer).unwrap(),
        json!({ "batchItemFailures": [failure("AWSKafkaTopic-0", 0)] })
    );
    let handler = triggered_handler([msk::<KafkaEventRecord>()], |record, _| async move {
        let id = b"8d5596b4-1813-4238-b24b-6dad8e3d1c0c".to_vec();
        assert_eq!((record.key, record.value), (Some(id.clone()), Some(id)));
        let value = b"headerValue".to_vec();
        assert_eq!(record.headers, [KafkaHeader { name: "headerKey".to_owned(), value }]);
        Ok(Ok::<_, Error>(()))
    });
    respond(&handler, &fixture("example-kafka-event.json")).unwrap();
}

#[test]
fn batches_of_both_clusters_are_recognised() {
    for (source, is_kafka) in [("aws:kafka", true), ("SelfManagedKafka", true), ("aws:sqs", false)]
    {
        let payload = format!(r#"{{"eventSource":"{source}","records":{{}}}}"#);
        let shape: PayloadShape<'_> = serde_json::from_str(&payload).unwrap();
        assert_eq!(KafkaEvent::recognises(&shape), is_kafka, "{source}");
        assert_eq!(KafkaRecord::<u32>::recognises(&shape), is_kafka, "{source}");
    }
    assert!(!KafkaEvent::recognises(&serde_json::from_str(r#"{"eventSource":7}"#).unwrap()));
}

#[test]
fn a_record_is_made_by_hand() {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(5);
    let record = KafkaRecord::new(7).at("words", 2, 40).with_key("a").with_timestamp(time);
    assert_eq!((record.topic(), record.partition(), record.offset()), ("words", 2, 40));
    assert_eq!((record.key_str(), record.timestamp(), *record), (Some("a"), time, 7));
}
