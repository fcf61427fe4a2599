//! Payloads that AWS sends to a function. Takes the example payloads of `aws_lambda_events`, and gives them with the
//! route or the message bodies that a test needs.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Value, json};
use skylift_tests::{cargo, workspace};

/// Returns the event of a created object.
pub(crate) fn s3_event() -> Value {
    read_fixture("example-s3-event.json")
}

/// Returns the event of this object in this bucket. `key` is encoded as S3 encodes it.
pub(crate) fn s3_event_for(bucket: &str, key: &str) -> Value {
    let mut event = s3_event();
    let record = &mut event["Records"][0]["s3"];
    record["bucket"]["name"] = json!(bucket);
    record["object"]["key"] = json!(key);
    event
}

/// Returns the event of a schedule.
pub(crate) fn schedule_event() -> Value {
    read_fixture("example-eventbridge-schedule.json")
}

/// Returns a batch of SQS messages with these bodies and the ids `m0`, `m1` and so on.
pub(crate) fn sqs_event(bodies: &[Value]) -> Value {
    let mut event = read_fixture("example-sqs-event.json");
    let message = event["Records"][0].clone();
    let records = bodies.iter().enumerate().map(|(number, body)| {
        let mut record = message.clone();
        record["messageId"] = json!(format!("m{number}"));
        record["body"] = json!(body.to_string());
        record
    });
    event["Records"] = records.collect();
    event
}

/// Returns a batch of records, in the form of the Kinesis API, for a tumbling window with this state. `last` says
/// whether it is the last batch of the window.
pub(crate) fn kinesis_window(records: &[Value], state: &Value, last: bool) -> Value {
    let mut event = read_fixture("example-kinesis-event.json");
    let example = event["Records"][0].clone();
    let shard = "shardId-000000000000";
    let records = records.iter().map(|record| {
        let number = record["SequenceNumber"].as_str().unwrap();
        let mut event = example.clone();
        event["eventID"] = json!(format!("{shard}:{number}"));
        event["kinesis"]["sequenceNumber"] = json!(number);
        event["kinesis"]["partitionKey"] = record["PartitionKey"].clone();
        event["kinesis"]["data"] = record["Data"].clone();
        event
    });
    event["Records"] = records.collect();
    event["window"] = json!({ "start": "2026-01-01T00:00:00Z", "end": "2026-01-01T00:01:00Z" });
    event["state"] = state.clone();
    event["shardId"] = json!(shard);
    event["eventSourceARN"] = example["eventSourceARN"].clone();
    event["isFinalInvokeForWindow"] = json!(last);
    event["isWindowTerminatedEarly"] = json!(false);
    event
}

/// Returns a request to a route of an HTTP API, with an optional JSON body.
pub(crate) fn http_request(method: &str, route: &str, path: &str, body: Option<&Value>) -> Value {
    let mut event = read_fixture("example-apigw-v2-request-no-authorizer.json");
    let key = json!(format!("{method} {route}"));
    event["routeKey"] = key.clone();
    event["rawPath"] = json!(path);
    event["requestContext"]["routeKey"] = key;
    event["requestContext"]["http"]["method"] = json!(method);
    event["requestContext"]["http"]["path"] = json!(path);
    if let Some(body) = body {
        event["headers"]["content-type"] = json!("application/json");
        event["headers"]["content-length"] = json!(body.to_string().len().to_string());
        event["body"] = json!(body.to_string());
    }
    event
}

/// Adds the header `Idempotency-Key` to a request.
pub(crate) fn add_idempotency_key(mut request: Value, key: &str) -> Value {
    request["headers"]["idempotency-key"] = json!(key);
    request
}

/// Returns an official payload that the unit tests of the runtime have: `sns-event`.
pub(crate) fn official(name: &str) -> Value {
    let file = workspace::root().join(format!("runtime/tests/payloads/example-{name}.json"));
    serde_json::from_str(&workspace::read_file(&file)).unwrap()
}

fn read_fixture(name: &str) -> Value {
    serde_json::from_str(&workspace::read_file(&fixtures_folder().join(name))).unwrap()
}

/// Returns the folder of the example payloads. Cargo needs a second to find it.
fn fixtures_folder() -> &'static Path {
    static FIXTURES: OnceLock<PathBuf> = OnceLock::new();
    FIXTURES.get_or_init(|| {
        let metadata = cargo::read_metadata(workspace::root());
        let packages = metadata["packages"].as_array().unwrap();
        let events = packages.iter().find(|package| package["name"] == "aws_lambda_events");
        let events = events.expect("the workspace uses aws_lambda_events");
        let manifest = PathBuf::from(events["manifest_path"].as_str().unwrap());
        manifest.with_file_name("src/fixtures")
    })
}
