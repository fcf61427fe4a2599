//! The payloads of `bench runtime`: a small event, a batch of SQS messages and an HTTP request.

use std::fmt::Write as _;

use anyhow::{Context, Result};

use crate::bench::package::read_file;
use crate::workspace;

/// The payload of a small event, for the echo programs.
pub(super) const NOTE: &str = r#"{"text":"hello","count":7}"#;

/// Returns an SQS event with this many messages, each with a click as its body.
pub(super) fn sqs_event(messages: usize) -> String {
    let mut records = String::new();
    for number in 0..messages {
        if number > 0 {
            records.push(',');
        }
        // A write to a `String` cannot fail.
        let _ = write!(
            records,
            r#"{{"messageId":"059f36b4-87a3-44ab-83d2-{number:012}","receiptHandle":"AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a1f0kG0hW1Cw7nJtPX5FgF2XA==","body":"{{\"page\":\"/products/{number}\",\"user\":{},\"tags\":[\"summer\",\"sale\",\"new\"]}}","attributes":{{"ApproximateReceiveCount":"1","SentTimestamp":"1545082649183","SenderId":"AIDAIENQZJOLO23YVJ4VO","ApproximateFirstReceiveTimestamp":"1545082649185"}},"messageAttributes":{{}},"md5OfBody":"e4e68fb7bd0e697a0ae8f1bb342846b3","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-central-1:123456789012:clicks","awsRegion":"eu-central-1"}}"#,
            number + 1
        );
    }
    format!(r#"{{"Records":[{records}]}}"#)
}

/// Returns the event of a request to an HTTP API for an order, made from AWS's example of payload format 2.0.
pub(super) fn http_request() -> Result<String> {
    let file = "runtime/tests/payloads/example-apigw-v2-request-no-authorizer.json";
    let text = read_file(&workspace::root().join(file))?;
    let mut request: serde_json::Value =
        serde_json::from_str(&text).with_context(|| format!("`{file}` is not JSON"))?;
    request["routeKey"] = "GET /orders/{id}".into();
    request["rawPath"] = "/orders/7".into();
    request["rawQueryString"] = "page=2".into();
    request["pathParameters"] = serde_json::json!({ "id": "7" });
    request["queryStringParameters"] = serde_json::json!({ "page": "2" });
    let http = &mut request["requestContext"]["http"];
    (http["method"], http["path"]) = ("GET".into(), "/orders/7".into());
    request["requestContext"]["routeKey"] = "GET /orders/{id}".into();
    request["requestContext"]["stage"] = "$default".into();
    if let Some(request) = request.as_object_mut() {
        request.remove("body");
        request.insert("isBase64Encoded".into(), false.into());
    }
    Ok(request.to_string())
}
