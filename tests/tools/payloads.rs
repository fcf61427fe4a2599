//! What AWS delivers to a function. Takes the example payloads that come with `aws_lambda_events`,
//! gives them with the route or the message bodies that a test needs.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Value, json};
use skylift_tests::{cargo, places};

/// An object was put into a bucket.
pub(crate) fn s3() -> Value {
    fixture("example-s3-event.json")
}

/// That object was put into that bucket; the key as S3 encodes it.
pub(crate) fn s3_object(bucket: &str, key: &str) -> Value {
    let mut event = s3();
    let record = &mut event["Records"][0]["s3"];
    record["bucket"]["name"] = json!(bucket);
    record["object"]["key"] = json!(key);
    event
}

/// A schedule's tick.
pub(crate) fn schedule() -> Value {
    fixture("example-eventbridge-schedule.json")
}

/// A batch of queue messages with these bodies, `m0`, `m1` and so on.
pub(crate) fn sqs(bodies: &[Value]) -> Value {
    let mut event = fixture("example-sqs-event.json");
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

/// A batch of records of a stream, as the API of Kinesis gives them, in a tumbling window with that state;
/// the last one of the window or not.
pub(crate) fn kinesis_window(records: &[Value], state: &Value, last: bool) -> Value {
    let mut event = fixture("example-kinesis-event.json");
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

/// A request to an HTTP API on a route, with a JSON body if there is one.
pub(crate) fn http(method: &str, route: &str, path: &str, body: Option<&Value>) -> Value {
    let mut event = fixture("example-apigw-v2-request-no-authorizer.json");
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

/// A request with this `Idempotency-Key`.
pub(crate) fn with_key(mut request: Value, key: &str) -> Value {
    request["headers"]["idempotency-key"] = json!(key);
    request
}

fn fixture(name: &str) -> Value {
    let path = fixtures().join(name);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("`{}`: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// The folder of the example payloads. Cargo takes a second to say where it is.
fn fixtures() -> &'static Path {
    static FIXTURES: OnceLock<PathBuf> = OnceLock::new();
    FIXTURES.get_or_init(|| {
        let metadata = cargo::metadata(places::root());
        let packages = metadata["packages"].as_array().unwrap();
        let events = packages.iter().find(|package| package["name"] == "aws_lambda_events");
        let events = events.expect("the workspace uses aws_lambda_events");
        let manifest = PathBuf::from(events["manifest_path"].as_str().unwrap());
        manifest.with_file_name("src/fixtures")
    })
}
