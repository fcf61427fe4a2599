//! Tests of the content of `app.json`.

use serde_json::{Value as Json, json, to_value};

use super::{app, attribute, capability, function, parameter, resource, table};
use crate::access::Access;
use crate::allow_statement::AllowStatement;
use crate::aws::key_filter::{KeyEnd, KeyFilter};
use crate::aws::mapping::EventSourceMapping;
use crate::aws::mapping::stream::{StartingPosition, StreamMapping};
use crate::aws::name::{EnvKey, FunctionName, IndexName, QueueName};
use crate::aws::node::{Map, Node};
use crate::aws::value::{ArnReference, CfnValue, ResourceReference, TagValue};
use crate::duration::Duration;
use crate::idempotency::{Idempotency, IdempotencyTtl};
use crate::keep_warm::KeepWarm;
use crate::resource::bucket::Bucket;
use crate::resource::queue::Queue;
use crate::resource::table::{KeyType, Projection, SecondaryIndex, StreamView, Table};
use crate::resource::{Existing, Resource, ResourceSettings};
use crate::schedule::ScheduleExpression;
use crate::source::dynamodb::DynamoDb;
use crate::source::kinesis::{Consumer, Kinesis};
use crate::source::s3::{S3, S3Channel, S3EventType};
use crate::source::sqs::Sqs;
use crate::{Function, FunctionSettings};

fn json(value: impl serde::Serialize) -> Json {
    to_value(value).unwrap()
}

#[test]
fn the_json_of_a_function_has_only_what_was_set() {
    let bare = json!({
        "id": "F",
        "handler": "f",
        "settings": {},
        "origin": { "file": "f.rs", "line": 7, "column": 1 },
    });
    assert_eq!(json(function("f")), bare);
    let whole = Function {
        name: FunctionName::try_from("mine").ok(),
        settings: FunctionSettings {
            memory: 256.try_into().ok(),
            env: vec![(EnvKey::try_from("LOG").unwrap(), CfnValue::Literal("info".to_owned()))],
            tags: vec![("team".to_owned(), TagValue::Text("media".to_owned()))],
            allow: vec![AllowStatement {
                actions: vec!["ses:SendEmail".to_owned()],
                resources: Vec::new(),
                ..AllowStatement::default()
            }],
            ..FunctionSettings::default()
        },
        keep_warm: Some(KeepWarm::from("rate(5 minutes)".parse::<ScheduleExpression>().unwrap())),
        idempotent: Some(Idempotency {
            key: vec!["$.id".parse().unwrap()],
            check: Vec::new(),
            store: Some("Done".to_owned()),
            ttl: IdempotencyTtl::DEFAULT,
        }),
        properties: Map::new().with("Timeout", 3),
        capabilities: vec![capability(Access::ReadWrite, "Uploads", 1)],
        state: Some(2),
        binary: Some("worker".to_owned()),
        ..function("f")
    };
    assert_eq!(
        json(whole),
        json!({
            "id": "F",
            "handler": "f",
            "name": "mine",
            "settings": {
                "memory": 256,
                "env": { "LOG": { "literal": "info" } },
                "allow": [{ "actions": ["ses:SendEmail"], "resources": [] }],
                "tags": { "team": "media" },
            },
            "keep_warm": { "every": "rate(5 minutes)", "instances": 1 },
            "idempotent": { "key": ["$.id"], "store": "Done", "ttl": 3600 },
            "properties": { "Timeout": 3 },
            "capabilities": [{ "access": "read_write", "with": "Uploads" }],
            "state": 2,
            "binary": "worker",
            "origin": { "file": "f.rs", "line": 7, "column": 1 },
        })
    );
}

#[test]
fn the_json_of_a_trigger_has_its_source_as_the_key() {
    let s3 = S3 {
        bucket: ResourceReference::Declared("Uploads".to_owned()),
        events: vec![S3EventType::CREATED],
        prefix: KeyFilter::parse(KeyEnd::Prefix, "in/").ok(),
        suffix: None,
        through: S3Channel::Default,
    };
    assert_eq!(
        json(crate::source::Trigger::from(s3)),
        json!({ "s3": { "bucket": { "declared": "Uploads" }, "events": ["s3:ObjectCreated:*"], "prefix": "in/" } })
    );
    let sqs = Sqs {
        queue: ResourceReference::Named(QueueName::try_from("jobs").unwrap()),
        batch_size: None,
        max_concurrency: 2.try_into().ok(),
        batch_concurrency: None,
        shared: false,
        mapping: EventSourceMapping {
            filters: vec![Node::Null],
            metrics: true,
            ..EventSourceMapping::default()
        },
    };
    assert_eq!(
        json(sqs),
        json!({ "queue": { "named": "jobs" }, "max_concurrency": 2, "enabled": true, "filters": [null], "metrics": true })
    );
    let kinesis = Kinesis {
        stream: ResourceReference::Own,
        consumer: Some(Consumer::Own),
        mapping: StreamMapping {
            start: Some(StartingPosition::Latest),
            ..StreamMapping::default()
        },
    };
    assert_eq!(
        json(kinesis),
        json!({ "stream": "own", "consumer": "own", "start": "latest", "enabled": true })
    );
    let dynamodb = DynamoDb {
        table: ArnReference::Param(parameter("P")),
        mapping: StreamMapping { bisect: Some(false), ..StreamMapping::default() },
    };
    assert_eq!(
        json(dynamodb),
        json!({ "table": { "param": "P" }, "bisect": false, "enabled": true })
    );
}

#[test]
fn the_json_of_a_resource_has_its_kind_as_the_key() {
    let queue = json!({
        "ident": "Jobs",
        "id": "Jobs",
        "queue": { "fifo": false, "max_receives": 5, "tls_only": true },
        "origin": { "file": "Jobs.rs", "line": 7, "column": 1 },
    });
    assert_eq!(json(resource("Jobs", ResourceSettings::Queue(Queue::default()))), queue);
    let bucket = Resource {
        existing: Some(Existing::Name("acme".to_owned())),
        retain: Some(false),
        owner: Some(0),
        ..resource("B", ResourceSettings::Bucket(Bucket::default()))
    };
    let told = json(bucket);
    assert_eq!(told["bucket"], json!({ "versioned": false, "tls_only": true }));
    assert_eq!((&told["existing"], &told["retain"]), (&json!({ "name": "acme" }), &json!(false)));
    assert_eq!(told.get("owner"), None);
    let index = SecondaryIndex {
        name: IndexName::try_from("by_day").unwrap(),
        key: None,
        sort: Some(attribute("day", KeyType::Number)),
        projection: Projection::Keys,
    };
    let table = Table { indexes: vec![index], stream: Some(StreamView::NewAndOld), ..table() };
    assert_eq!(
        json(table),
        json!({
            "key": { "name": "id", "type": "string" },
            "indexes": [{ "name": "by_day", "sort": { "name": "day", "type": "number" }, "projection": "keys" }],
            "stream": "new_and_old",
            "point_in_time_recovery": true,
        })
    );
}

#[test]
fn the_json_of_an_application_has_the_version_and_the_parts() {
    let told = json(app(vec![function("f")], Vec::new()));
    let keys: Vec<&str> = told.as_object().unwrap().keys().map(String::as_str).collect();
    let expected =
        ["defaults", "functions", "inits", "package", "parameters", "resources", "version"];
    assert_eq!(keys, expected);
    assert_eq!(told["version"], json!(1));
}

#[test]
fn the_json_of_a_duration_is_its_text() {
    assert_eq!(json(Duration::from_seconds(90)), json!("90s"));
    assert_eq!(serde_json::from_value::<Duration>(json!("2m")).unwrap().seconds(), 120);
    assert!(serde_json::from_value::<Duration>(json!("2 m")).is_err());
    assert_eq!(String::from(Duration::from_seconds(3_600)), "1h");
}
