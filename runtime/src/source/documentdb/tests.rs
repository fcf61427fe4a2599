//! Batches of changes of `DocumentDB`, as Lambda sends them: what a handler is called with, and what a failure does.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::Error;
use crate::event::{
    DocumentDbChange, DocumentDbEvent, DocumentDbEventRecord, DocumentDbOperation, TruncatedArray,
};
use crate::handler::triggered_handler;
use crate::registry::Handler;
use crate::source::documentdb::documentdb;
use crate::source::{Event as _, shape::PayloadShape};
use crate::testing::{fixture, respond};

#[derive(Debug, Deserialize)]
struct Order {
    #[serde(rename = "_id")]
    id: String,
    total: u32,
}

fn payload(kind: &str) -> Vec<u8> {
    fixture(&format!("example-documentdb-{kind}-event.json"))
}

fn read(change: &Value) -> DocumentDbChange<Order> {
    DocumentDbChange::read(&change.to_string().as_str()).unwrap().0
}

/// A change with this token and this document.
fn inserted(token: &str, document: &Value) -> Value {
    json!({ "event": {
        "_id": { "_data": token },
        "operationType": "insert",
        "ns": { "db": "shop", "coll": "orders" },
        "documentKey": { "_id": document["_id"] },
        "fullDocument": document,
    } })
}

fn batch(totals: &[Value]) -> Vec<u8> {
    let changes = totals.iter().enumerate().map(|(number, total)| {
        let id = json!({ "$oid": format!("{number}") });
        inserted(&format!("t{number}"), &json!({ "_id": id, "total": total }))
    });
    let events: Vec<Value> = changes.collect();
    json!({ "eventSource": "aws:docdb", "events": events }).to_string().into_bytes()
}

#[test]
fn every_official_change_is_read_as_a_record_and_as_a_change() {
    use DocumentDbOperation as Is;
    for (kind, operation) in [
        ("insert", Is::Insert),
        ("update", Is::Update),
        ("replace", Is::Replace),
        ("delete", Is::Delete),
        ("drop", Is::Drop),
        ("drop-database", Is::DropDatabase),
        ("rename", Is::Rename),
        ("invalidate", Is::Invalidate),
    ] {
        let event: DocumentDbEvent = serde_json::from_slice(&payload(kind)).unwrap();
        assert_eq!(event.event_source, "aws:docdb", "{kind}");
        let [record] = &event.events[..] else { panic!("one change") };
        assert_eq!(record.operation, operation, "{kind}");
        assert_eq!(record.resume_token, "0163eeb6e7000000090100000009000041e1", "{kind}");
        assert_eq!(record.cluster_seconds, Some(1_676_588_775), "{kind}");
        let expected = operation.clone();
        let handler =
            triggered_handler([documentdb::<DocumentDbChange<Value>>()], move |change, _| {
                assert_eq!(*change.operation(), expected);
                async { Ok(Ok::<_, Error>(())) }
            });
        assert_eq!(respond(&handler, &payload(kind)).unwrap(), b"null", "{kind}");
    }
    assert_eq!(Is::from("shard".to_owned()), Is::Other("shard".to_owned()));
}

#[test]
fn an_update_has_its_fields_and_a_rename_its_new_name() {
    let event: DocumentDbEvent = serde_json::from_slice(&payload("update")).unwrap();
    let update = event.events[0].update_description.clone().unwrap();
    assert_eq!(update.updated_fields["email"], "alice@10gen.com");
    assert_eq!(update.removed_fields, ["phoneNumber"]);
    let cut = TruncatedArray { field: "vacation_time".to_owned(), new_size: 36 };
    assert_eq!(update.truncated_arrays, [cut]);
    assert_eq!(
        event.events[0].document_key,
        Some(json!({ "_id": { "$oid": "63eeb6e7d418cd98afb1c1d7" } }))
    );
    let event: DocumentDbEvent = serde_json::from_slice(&payload("rename")).unwrap();
    let to = event.events[0].to.as_ref().unwrap();
    assert_eq!(
        (to.db.as_str(), to.coll.as_deref()),
        ("test_database_new", Some("test_collection_new"))
    );
}

#[test]
fn the_document_of_a_change_is_plain_json() {
    let change = read(&json!({
        "_id": { "_data": "t" },
        "operationType": "update",
        "ns": { "db": "shop", "coll": "orders" },
        "clusterTime": { "$timestamp": { "t": 1_676_588_775, "i": 9 } },
        "documentKey": { "_id": { "$oid": "63eeb6e7d418cd98afb1c1d7" } },
        "fullDocument": { "_id": { "$oid": "63eeb6e7d418cd98afb1c1d7" }, "total": { "$numberInt": "5" } },
        "updateDescription": { "updatedFields": { "total": { "$numberInt": "5" } }, "removedFields": [] },
    }));
    assert_eq!(change.id_str(), Some("63eeb6e7d418cd98afb1c1d7"));
    let order = change.document().unwrap();
    assert_eq!((order.id.as_str(), order.total), ("63eeb6e7d418cd98afb1c1d7", 5));
    assert_eq!(change.update().unwrap().updated_fields["total"], 5);
    assert_eq!((change.database(), change.collection()), (Some("shop"), Some("orders")));
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_676_588_775);
    assert_eq!((change.cluster_time(), change.resume_token()), (time, "t"));
    assert_eq!(change.into_document().unwrap().total, 5);
}

#[test]
fn an_id_is_of_any_type_and_a_document_can_be_missing() {
    for id in [json!("a"), json!(7), json!({ "a": 1 }), json!({ "$numberLong": "7" })] {
        let change = read(&json!({ "operationType": "delete", "documentKey": { "_id": id } }));
        assert!(change.id().is_some() && change.document().is_none());
    }
    let gone = read(&json!({ "operationType": "update", "fullDocument": null }));
    assert!(gone.document().is_none() && gone.id().is_none() && gone.database().is_none());
    assert_eq!((gone.cluster_time(), gone.resume_token()), (SystemTime::UNIX_EPOCH, ""));
}

/// The key of an idempotent function is looked up in this JSON.
#[test]
fn the_key_of_a_change_is_looked_up_in_its_plain_json() {
    let change = inserted("t", &json!({ "_id": { "$oid": "1" }, "total": 5 }));
    let json = change["event"].to_string();
    let (_, plain) = DocumentDbChange::<Order>::read(&json.as_str()).unwrap();
    let plain: Value = serde_json::from_slice(&plain).unwrap();
    assert_eq!(plain["documentKey"]["_id"], "1");
    assert_eq!((&plain["fullDocument"]["total"], &plain["_id"]["_data"]), (&json!(5), &json!("t")));
}

type Seen = Arc<Mutex<Vec<u32>>>;

/// Handles totals, and records what it was called with: 13 fails.
fn totals() -> (Handler, Seen) {
    let seen = Seen::default();
    let notes = Arc::clone(&seen);
    let handler = triggered_handler([documentdb::<DocumentDbChange<Order>>()], move |change, _| {
        let total = change.document().unwrap().total;
        notes.lock().unwrap().push(total);
        async move { Ok(if total == 13 { Err("unlucky") } else { Ok(()) }) }
    });
    (handler, seen)
}

#[test]
fn changes_are_handled_in_order_up_to_the_first_that_fails() {
    let (handler, seen) = totals();
    let error = respond(&handler, &batch(&[json!(1), json!(13), json!(3)])).unwrap_err();
    assert_eq!(error.to_string(), "change t1: unlucky");
    assert_eq!(*seen.lock().unwrap(), [1, 13]);
    assert_eq!(respond(&handler, &batch(&[json!(1), json!(2)])).unwrap(), b"null");
}

#[test]
fn a_mistake_is_named_with_its_place() {
    let (handler, _) = totals();
    let failed = |payload: &[u8]| {
        let error = respond(&handler, payload).unwrap_err();
        assert_eq!(error.name(), "InvalidPayload");
        error.to_string()
    };
    let found = failed(&batch(&[json!("many")]));
    let expected = "change t0: the document of the change, in plain JSON: the payload is not a `Order`: `total`";
    assert!(found.starts_with(expected), "{found}");
    let found = failed(br#"{"events":[{"event":{"fullDocument":{"_id":"a","total":1}}}]}"#);
    assert!(
        found.contains("record 1 of the event") && found.contains("`operationType`"),
        "{found}"
    );
    let found = failed(br#"{"events":[{"event":7}]}"#);
    assert!(found.contains("record 1 of the event"), "{found}");
    assert!(failed(br#"{"eventSource":"aws:docdb"}"#).contains("`events`"));
    let deep = format!(
        r#"{{"events":[{{"event":{{"fullDocument":{}{}}}}}]}}"#,
        "[".repeat(200),
        "]".repeat(200)
    );
    assert!(failed(deep.as_bytes()).contains("recursion limit"));
}

#[test]
fn changes_are_recognised() {
    for (source, is_known) in [("aws:docdb", true), ("aws:mq", false)] {
        let payload = json!({ "eventSource": source }).to_string();
        let shape: PayloadShape<'_> = serde_json::from_str(&payload).unwrap();
        assert_eq!(DocumentDbEvent::recognises(&shape), is_known, "{source}");
        assert_eq!(DocumentDbEventRecord::recognises(&shape), is_known, "{source}");
        assert_eq!(DocumentDbChange::<Order>::recognises(&shape), is_known, "{source}");
    }
    let raw = triggered_handler([documentdb::<DocumentDbEventRecord>()], |record, _| async move {
        assert_eq!(
            record.cluster_time(),
            SystemTime::UNIX_EPOCH + Duration::from_secs(1_676_588_775)
        );
        Ok(Ok::<_, Error>(()))
    });
    assert_eq!(respond(&raw, &payload("insert")).unwrap(), b"null");
}

#[test]
fn a_change_for_a_test_has_what_it_was_given() {
    let order = Order { id: "1".to_owned(), total: 5 };
    let change = DocumentDbChange::inserted(order)
        .with_id("1")
        .with_namespace("shop", "orders")
        .with_updated_field("total", 5);
    assert_eq!((change.id_str(), change.document().unwrap().total), (Some("1"), 5));
    assert_eq!((change.database(), change.collection()), (Some("shop"), Some("orders")));
    assert_eq!(change.update().unwrap().updated_fields["total"], 5);
    let gone = DocumentDbChange::<Order>::deleted();
    assert_eq!((gone.operation(), gone.renamed_to()), (&DocumentDbOperation::Delete, None));
}
