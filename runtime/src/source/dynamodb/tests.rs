//! Batches of changes, as a table's stream sends them: what a handler is called with, and what is reported.

use std::fmt::{self, Formatter};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::dynamodb;
use crate::event::{Change, Changed, DynamoDbEventRecord, Keys};
use crate::handler::triggered_handler;
use crate::registry::Handler;
use crate::source::event_type::{Event, TriggeredBy};
use crate::testing::{fixture, respond};
use crate::{Error, source};

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
struct Note {
    id: u32,
    message: String,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
struct NoteKey {
    id: u32,
}

/// An item of AWS's own example.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
struct Everything {
    binary: Bytes,
    binary_set: Vec<Bytes>,
    boolean: bool,
    large_number: u64,
    exact_number: f64,
    float_number: f64,
    integer_number: u8,
    list: (String, String, f64),
    map: Person,
    null: Option<String>,
    number_set: Vec<f64>,
    string: String,
    string_set: Vec<String>,
    empty_string_set: Vec<String>,
}

/// Bytes, not a list of numbers.
#[derive(Debug, PartialEq)]
struct Bytes(Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected;

        impl Visitor<'_> for Expected {
            type Value = Bytes;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }

            fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Bytes, E> {
                Ok(Bytes(bytes))
            }
        }

        deserializer.deserialize_byte_buf(Expected)
    }
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
struct Person {
    name: String,
    age: u32,
}

fn note(message: &str) -> Note {
    Note { id: 101, message: message.into() }
}

/// Delivers a payload to a handler of such events. Returns the events that it got, and the failures that it
/// reported.
fn deliver<E>(payload: &Value) -> (Vec<E>, Value)
where
    E: Event + TriggeredBy<source::DynamoDb>,
{
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&seen);
    let handler = triggered_handler([dynamodb::<E>()], move |change, _| {
        notes.lock().unwrap().push(change);
        async { Ok(Ok::<_, Error>(())) }
    });
    let failed = failed(&handler, payload);
    let seen = std::mem::take(&mut *seen.lock().unwrap());
    (seen, failed)
}

fn failed(handler: &Handler, payload: &Value) -> Value {
    let answer = respond(handler, payload.to_string().as_bytes()).unwrap();
    serde_json::from_slice::<Value>(&answer).unwrap()["batchItemFailures"].take()
}

/// AWS's own example of an item that is put, changed and deleted.
fn example() -> Value {
    serde_json::from_slice(&fixture("example-dynamodb-window-event.json")).unwrap()
}

/// The example, without images that another stream does not have.
fn without(images: &[&str]) -> Value {
    let mut example = example();
    for record in example["Records"].as_array_mut().unwrap() {
        for image in images {
            record["dynamodb"].as_object_mut().unwrap().remove(*image);
        }
    }
    example
}

#[test]
fn the_official_changes_reach_the_handler_with_both_images() {
    let (changes, failed) = deliver::<Change<Note>>(&example());
    assert_eq!(failed, json!([]));
    let changes: Vec<_> = changes.into_iter().map(Change::into_inner).collect();
    assert_eq!(
        changes,
        [
            Changed::Inserted { new: note("New item!") },
            Changed::Modified { old: note("New item!"), new: note("This item has changed") },
            Changed::Removed { old: note("This item has changed") },
        ]
    );
    assert_eq!((changes[0].before(), changes[0].after()), (None, Some(&note("New item!"))));
    assert_eq!(changes[1].before().zip(changes[1].after()).unwrap().0.message, "New item!");
    assert_eq!(changes[2].after(), None);
}

#[test]
fn keys_replace_the_images_that_a_stream_does_not_have() {
    let key = || Keys(NoteKey { id: 101 });
    let (changes, failed) = deliver::<Change<Note, Keys<NoteKey>>>(&without(&["OldImage"]));
    assert_eq!(failed, json!([]));
    assert_eq!(*changes[1], Changed::Modified { old: key(), new: note("This item has changed") });
    assert_eq!(*changes[2], Changed::Removed { old: key() });

    let (changes, _) = deliver::<Change<Keys<NoteKey>, Note>>(&without(&["NewImage"]));
    assert_eq!(*changes[0], Changed::Inserted { new: key() });
    assert_eq!(changes[2].before(), Some(&note("This item has changed")));

    let (changes, _) = deliver::<Change<Keys<NoteKey>>>(&without(&["NewImage", "OldImage"]));
    assert_eq!(*changes[1], Changed::Modified { old: key(), new: key() });
}

#[test]
fn a_missing_image_is_an_error_that_says_what_to_do() {
    let (changes, failed) = deliver::<Change<Note>>(&without(&["OldImage"]));
    assert_eq!(changes.len(), 1, "the insertion needs no old image");
    assert_eq!(failed, json!([{ "itemIdentifier": "222" }]));
    let mut data = Vec::new();
    let record = without(&["OldImage"])["Records"][1].to_string();
    let error =
        <Change<Note> as source::shard::stream_record::StreamRecord>::read(&record, &mut data)
            .unwrap_err();
    assert_eq!(error.name(), "MissingImage");
    let message = error.to_string();
    assert!(message.starts_with("the stream of the table has no old images; help: "), "{message}");
}

#[test]
fn an_item_that_cannot_be_decoded_fails_alone() {
    let mut payload = example();
    payload["Records"][1]["dynamodb"]["NewImage"]["Message"] = json!({ "N": "7" });
    let (changes, failed) = deliver::<Change<Note>>(&payload);
    assert_eq!((changes.len(), failed), (1, json!([{ "itemIdentifier": "222" }])));
}

#[test]
fn a_change_has_the_data_of_its_record() {
    let mut payload = example();
    let removed = &mut payload["Records"][2];
    removed["dynamodb"]["ApproximateCreationDateTime"] = json!(1_480_642_020);
    removed["userIdentity"] = json!({ "type": "Service", "principalId": "dynamodb.amazonaws.com" });
    let (changes, _) = deliver::<Change<Note>>(&payload);
    assert!(!changes[0].is_expired() && changes[2].is_expired());
    let change = &changes[2];
    assert_eq!((change.event_id(), change.sequence_number()), ("3", "333"));
    assert_eq!(change.stream_arn(), "stream-ARN");
    assert_eq!(change.keys::<NoteKey>().unwrap(), NoteKey { id: 101 });
    let at = change.changed_at().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(at.as_secs(), 1_480_642_020);
    assert_eq!(changes[0].changed_at(), SystemTime::UNIX_EPOCH, "where the stream does not say");
}

#[test]
fn a_deleted_item_has_not_expired() {
    let mut payload = example();
    let service = json!({ "type": "Service", "principalId": "dynamodb.amazonaws.com" });
    payload["Records"][0]["userIdentity"] = service;
    payload["Records"][2]["userIdentity"] = json!({ "type": "User", "principalId": "a" });
    let (changes, _) = deliver::<Change<Note>>(&payload);
    assert!(changes.iter().all(|change| !change.is_expired()));
}

/// `DynamoDB` stores 38 digits, a 64-bit float fewer than half of them.
const DIGITS: &str = "0.12345678901234567890123456789012345678";

#[test]
#[expect(clippy::approx_constant, reason = "the number stands in AWS's example")]
fn all_types_of_attributes_are_decoded() {
    let mut payload: Value =
        serde_json::from_slice(&fixture("example-dynamodb-event.json")).unwrap();
    // The first record has no such attributes.
    payload["Records"].as_array_mut().unwrap().remove(0);
    let image = &mut payload["Records"][0]["dynamodb"]["NewImage"];
    image["LargeNumber"] = json!({ "N": u64::MAX.to_string() });
    image["ExactNumber"] = json!({ "N": DIGITS });
    let (changes, failed) = deliver::<Change<Everything>>(&payload);
    assert_eq!(failed, json!([]));
    let everything = Everything {
        binary: Bytes(vec![0, 1, 0x2a, 0x41]),
        binary_set: vec![Bytes(vec![0, 1, 0x2a, 0x41]), Bytes(vec![0, 1, 0x2a, 0x41])],
        boolean: true,
        large_number: u64::MAX,
        exact_number: 0.123_456_789_012_345_68,
        float_number: 123.45,
        integer_number: 123,
        list: ("Cookies".into(), "Coffee".into(), 3.14159),
        map: Person { name: "Joe".into(), age: 35 },
        null: None,
        number_set: vec![1234.0, 567.8],
        string: "Hello".into(),
        string_set: vec!["Giraffe".into(), "Zebra".into()],
        empty_string_set: Vec::new(),
    };
    assert_eq!(changes[0].after(), Some(&everything));

    let (records, _) = deliver::<DynamoDbEventRecord>(&payload);
    let number = records[0].change.new_image.get("ExactNumber");
    assert_eq!(number, Some(&serde_dynamo::AttributeValue::N(DIGITS.into())));
}

#[test]
fn an_image_can_be_any_json() {
    let mut payload: Value =
        serde_json::from_slice(&fixture("example-dynamodb-event.json")).unwrap();
    payload["Records"].as_array_mut().unwrap().remove(0);
    let (changes, failed) = deliver::<Change<Value>>(&payload);
    assert_eq!(failed, json!([]));
    let new = changes[0].after().unwrap();
    assert_eq!(
        (&new["Binary"], &new["BinarySet"]),
        (&json!("AAEqQQ=="), &json!(["AAEqQQ==", "AAEqQQ=="]))
    );
    assert_eq!((&new["Null"], &new["NumberSet"]), (&json!(null), &json!([1234, 567.8])));

    payload["Records"][0]["dynamodb"]["NewImage"]["Long"] = json!({ "N": DIGITS });
    let (changes, failed) = deliver::<Change<Value>>(&payload);
    assert_eq!((changes.len(), failed.as_array().unwrap().len()), (0, 1));
}

#[test]
fn an_integer_of_more_than_64_bits_fails_and_is_not_rounded() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "PascalCase")]
    struct Large {
        id: u64,
    }

    let inserted = |id: &str| {
        let mut payload = example();
        payload["Records"].as_array_mut().unwrap().truncate(1);
        payload["Records"][0]["dynamodb"]["NewImage"]["Id"] = json!({ "N": id });
        deliver::<Change<Large>>(&payload)
    };
    let (changes, failed) = inserted("18446744073709551615");
    assert_eq!((changes[0].after(), failed), (Some(&Large { id: u64::MAX }), json!([])));
    let (changes, failed) = inserted("18446744073709551616");
    assert_eq!((changes.len(), failed), (0, json!([{ "itemIdentifier": "111" }])));
}

#[test]
fn changes_are_handled_in_order_up_to_the_first_failure() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&seen);
    let handler = triggered_handler([dynamodb::<DynamoDbEventRecord>()], move |record, _| {
        notes.lock().unwrap().push(record.event_name.clone());
        async move { Ok(if record.event_name == "MODIFY" { Err("no") } else { Ok(()) }) }
    });
    assert_eq!(failed(&handler, &example()), json!([{ "itemIdentifier": "222" }]));
    assert_eq!(*seen.lock().unwrap(), ["INSERT", "MODIFY"]);
}

#[test]
fn an_unknown_kind_of_change_fails_alone() {
    let mut payload = example();
    payload["Records"][1]["eventName"] = json!("TRUNCATE");
    let (_, failed) = deliver::<Change<Note>>(&payload);
    assert_eq!(failed, json!([{ "itemIdentifier": "222" }]));
}
