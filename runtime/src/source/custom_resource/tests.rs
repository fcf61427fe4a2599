//! Tests of the delivery of requests of CloudFormation, and of the answers that a server gets in its place.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::LazyLock;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::custom_resource;
use super::registration::answers_custom_resource;
use super::{CustomResourceAnswer, CustomResourceRequest as CustomResource, RequestKind};
use crate::Error;
use crate::handler::{HandlerOutput, triggered_handler};
use crate::registry::Handler;
use crate::source::event_type::Event;
use crate::source::shape::PayloadShape;
use crate::testing::{fixture, respond, respond_before};

const STACK: &str = "arn:aws:cloudformation:us-east-1:123456789012:stack/stack-name/16580499-7622-4a9c-b32f-4eba35da93da";
const DEFAULT_ID: &str = "stack-name-CustomResource-16580499-7622-4a9c-b32f-4eba35da93da";
const SECRET: &str = "Signature=secret";

/// A physical id that is too long.
static LONG_ID: LazyLock<String> = LazyLock::new(|| "x".repeat(1_025));

/// A server in place of S3, which answers with these statuses, and then with 200.
struct Bucket {
    url: String,
    /// The head and the body of each request.
    requests: Receiver<(String, Vec<u8>)>,
}

impl Bucket {
    fn start(statuses: &'static [u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/answer?{SECRET}", listener.local_addr().unwrap());
        let (sender, requests) = channel();
        std::thread::spawn(move || {
            let mut statuses = statuses.iter();
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                let mut reader = BufReader::new(&stream);
                let mut head = String::new();
                while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                let Some(length) = length else { continue };
                let mut body = vec![0; length.parse().unwrap()];
                reader.read_exact(&mut body).unwrap();
                let status = statuses.next().copied().unwrap_or(200);
                // Some tests do not read the requests.
                let _ = sender.send((head, body));
                if status > 0 {
                    let answer = format!(
                        "HTTP/1.1 {status} Status\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                    );
                    (&stream).write_all(answer.as_bytes()).unwrap();
                }
            }
        });
        Self { url, requests }
    }

    /// Returns the only answer.
    fn answer(&self) -> Value {
        let (head, body) = self.requests.try_recv().unwrap();
        assert!(head.starts_with(&format!("PUT /answer?{SECRET} HTTP/1.1\r\n")), "{head}");
        assert!(head.contains("\r\ncontent-type: \r\n"), "{head}");
        assert!(self.requests.try_recv().is_err());
        assert!(body.len() <= 4096, "{} bytes", body.len());
        serde_json::from_slice(&body).unwrap()
    }
}

/// Returns the official request of this kind, whose answer goes to `url`.
fn request(kind: &str, url: &str) -> Value {
    let name = format!("example-cloudformation-custom-resource-{kind}-request.json");
    let mut request: Value = serde_json::from_slice(&fixture(&name)).unwrap();
    request["ResponseURL"] = json!(url);
    request
}

/// Returns the answer to the official request of this kind. `change` changes the request.
fn answer(handler: &Handler, kind: &str, change: impl FnOnce(&mut Value)) -> Value {
    let bucket = Bucket::start(&[]);
    let mut request = request(kind, &bucket.url);
    change(&mut request);
    let response = respond(handler, request.to_string().as_bytes());
    assert_eq!(response.unwrap(), b"null");
    bucket.answer()
}

fn handler<T, O, Fut, Out>(run: fn(CustomResource<T, O>) -> Fut) -> Handler
where
    T: serde::de::DeserializeOwned + Send + 'static,
    O: serde::de::DeserializeOwned + Send + 'static,
    Fut: Future<Output = Out> + Send + 'static,
    Out: HandlerOutput,
{
    triggered_handler([custom_resource::<CustomResource<T, O>>()], move |request, _| async move {
        Ok(run(request).await)
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Keys {
    key1: String,
    key2: Vec<String>,
    key3: Value,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Seen {
    kind: String,
    key: String,
    ids: Vec<String>,
    none: Option<u8>,
}

async fn describe(request: CustomResource<Keys>) -> Result<CustomResourceAnswer<Seen>, Error> {
    let kind = match &request.kind {
        RequestKind::Create => "create".to_owned(),
        RequestKind::Update { old } => format!("update of {}", old.key1),
        RequestKind::Delete => "delete".to_owned(),
    };
    assert_eq!(request.properties.key2.len(), 1);
    assert!(request.properties.key3.is_object());
    let ids = vec![
        request.physical_id.clone(),
        request.logical_id,
        request.resource_type,
        request.stack_id,
        request.request_id,
    ];
    Ok(CustomResourceAnswer::with_data(Seen {
        kind,
        key: request.properties.key1,
        ids,
        none: None,
    }))
}

#[test]
fn each_official_request_reaches_the_handler_and_is_answered() {
    let given = "custom-resource-f4bd5382-3de3-4caf-b7ad-1be06b899647";
    for (kind, request_id, id, text, key) in [
        ("create", "82304eb2-bdda-469f-a33b-a3f1406d0a52", DEFAULT_ID, "create", "string"),
        ("update", "49347ca5-c603-44e5-a34b-10cf1854a887", given, "update of string", "new-string"),
        ("delete", "ef70561d-d4ba-42a4-801b-33ad88dafc37", given, "delete", "string"),
    ] {
        let found = answer(&handler(describe), kind, |request| {
            // The example has it beside the properties; CloudFormation sends it among them as well.
            request["ResourceProperties"]["ServiceToken"] = request["ServiceToken"].clone();
            request["ResourceProperties"]["ServiceTimeout"] = json!("60");
        });
        assert_eq!(
            found,
            json!({
                "Status": "SUCCESS",
                "PhysicalResourceId": id,
                "StackId": STACK,
                "RequestId": request_id,
                "LogicalResourceId": "CustomResource",
                "Data": {
                    "Kind": text,
                    "Key": key,
                    "Ids": [id, "CustomResource", "Custom::MyCustomResourceType", STACK, request_id],
                },
            }),
            "{kind}"
        );
    }
}

#[test]
fn a_request_is_recognised_by_its_shape() {
    let name = "example-cloudformation-custom-resource-create-request.json";
    let payload = fixture(name);
    let shape: PayloadShape<'_> = serde_json::from_slice(&payload).unwrap();
    assert!(<CustomResource<Keys>>::recognises(&shape));
    let other = fixture("example-s3-event.json");
    let shape: PayloadShape<'_> = serde_json::from_slice(&other).unwrap();
    assert!(!<CustomResource<Keys>>::recognises(&shape));
}

#[test]
fn a_handler_without_an_answer_keeps_the_id() {
    let quiet = handler(|_: CustomResource<()>| async { Ok::<_, Error>(()) });
    let found = answer(&quiet, "update", |_| {});
    assert_eq!(found["Status"], "SUCCESS");
    let id = "custom-resource-f4bd5382-3de3-4caf-b7ad-1be06b899647";
    assert_eq!((&found["PhysicalResourceId"], &found["Data"]), (&json!(id), &Value::Null));
    assert_eq!(found["NoEcho"], Value::Null);
}

#[test]
fn a_handler_can_set_the_id_except_of_a_resource_that_is_deleted() {
    let renaming = handler(|_: CustomResource<()>| async {
        Ok::<_, Error>(CustomResourceAnswer::<()>::new().with_physical_id("mine").no_echo())
    });
    for (kind, id) in [
        ("create", "mine"),
        ("update", "mine"),
        ("delete", "custom-resource-f4bd5382-3de3-4caf-b7ad-1be06b899647"),
    ] {
        let found = answer(&renaming, kind, |_| {});
        assert_eq!((&found["PhysicalResourceId"], &found["NoEcho"]), (&json!(id), &json!(true)));
    }
}

#[test]
fn an_error_and_a_panic_are_answered_with_their_reason() {
    let failing =
        handler(|_: CustomResource<()>| async { Err::<(), _>(Error::new("SoldOut", "none left")) });
    let found = answer(&failing, "create", |_| {});
    assert_eq!(
        (&found["Status"], &found["Reason"]),
        (&json!("FAILED"), &json!("SoldOut: none left (log stream test)"))
    );
    // The handler may have made a part: a request to delete it follows, with the same id.
    assert_eq!(found["PhysicalResourceId"], DEFAULT_ID);
    let panicking = handler(|request: CustomResource<()>| async move {
        assert!(request.logical_id.is_empty(), "out of stock");
        Ok::<_, Error>(())
    });
    let found = answer(&panicking, "update", |_| {});
    assert!(found["Reason"].as_str().unwrap().starts_with("Panic: out of stock"), "{found}");
    let id = "custom-resource-f4bd5382-3de3-4caf-b7ad-1be06b899647";
    assert_eq!(found["PhysicalResourceId"], id);
}

#[test]
fn a_long_reason_is_cut_to_fit() {
    let failing = handler(|_: CustomResource<()>| async {
        Err::<(), _>(Error::msg("\"ä\n\u{1}".repeat(3_000)))
    });
    let found = answer(&failing, "create", |_| {});
    let reason = found["Reason"].as_str().unwrap();
    assert!(reason.ends_with("… (log stream test)") && reason.len() > 1_000, "{reason}");
}

#[test]
fn properties_that_cannot_be_decoded_are_answered_and_deleted_without_the_handler() {
    let found = answer(&handler(describe), "create", |request| {
        request["ResourceProperties"]["Key2"] = json!("no list");
    });
    let reason = found["Reason"].as_str().unwrap();
    assert!(reason.contains("the `ResourceProperties` are not a `Keys`: `Key2`: "), "{reason}");
    let id = found["PhysicalResourceId"].as_str().unwrap().to_owned();
    assert_eq!(id, format!("skylift:never-created:{DEFAULT_ID}"));
    let found = answer(&handler(describe), "delete", |request| {
        request["PhysicalResourceId"] = json!(id);
        request["ResourceProperties"]["Key2"] = json!("no list");
    });
    assert_eq!((&found["Status"], &found["PhysicalResourceId"]), (&json!("SUCCESS"), &json!(id)));
    // The old properties have a type of their own.
    let found = answer(&handler(describe), "update", |request| {
        request["OldResourceProperties"] = json!({});
    });
    let reason = found["Reason"].as_str().unwrap();
    assert!(reason.contains("the `OldResourceProperties` are not a `Keys`: "), "{reason}");
    let any = handler(|_: CustomResource<Keys, Value>| async { Ok::<_, Error>(()) });
    let found = answer(&any, "update", |request| request["OldResourceProperties"] = json!({}));
    assert_eq!(found["Status"], "SUCCESS");
}

#[test]
fn properties_of_any_depth_and_a_strange_type_of_request_are_answered() {
    let quiet = || handler(|_: CustomResource<Value>| async { Ok::<_, Error>(()) });
    let bucket = Bucket::start(&[]);
    let mut text = request("create", &bucket.url).to_string();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    text = text.replace("\"string\"", &deep);
    assert_eq!(respond(&quiet(), text.as_bytes()).unwrap(), b"null");
    let reason = bucket.answer()["Reason"].as_str().unwrap().to_owned();
    assert!(
        reason.contains("`resource_properties`") || reason.contains("recursion limit"),
        "{reason}"
    );
    let found = answer(&quiet(), "create", |request| request["RequestType"] = json!("Rename"));
    assert!(found["Reason"].as_str().unwrap().contains("`RequestType`"), "{found}");
}

#[test]
fn a_payload_without_an_address_fails_alone() {
    let quiet = handler(|_: CustomResource<Value>| async { Ok::<_, Error>(()) });
    let deep = "[".repeat(100_000);
    for payload in ["", "{}", "null", "[1]", deep.as_str(), r#"{"ResponseURL":7}"#] {
        let error = respond(&quiet, payload.as_bytes()).unwrap_err();
        assert_eq!(error.name(), "InvalidPayload", "{error}");
    }
    let error = respond(&quiet, b"{\"ResponseURL\":\"\xff\"}").unwrap_err();
    assert!(error.to_string().contains("at byte"), "{error}");
}

#[test]
fn an_answer_that_cloudformation_does_not_take_is_a_failure() {
    fn with<T: Serialize + Send + 'static>(data: fn() -> T, id: &'static str) -> Value {
        let handler =
            triggered_handler([custom_resource::<CustomResource<()>>()], move |_, _| async move {
                let answer = CustomResourceAnswer::with_data(data());
                let answer = if id.is_empty() { answer } else { answer.with_physical_id(id) };
                Ok(Ok::<_, Error>(answer))
            });
        let found = answer(&handler, "create", |_| {});
        assert_eq!(found["Status"], "FAILED");
        found
    }
    let found = with(|| json!({ "Text": "x".repeat(5_000) }), "mine");
    let reason = found["Reason"].as_str().unwrap();
    assert!(reason.starts_with("AnswerTooLarge: the answer has 5"), "{reason}");
    assert!(reason.contains("5011 of them data, and CloudFormation takes 4096"), "{reason}");
    assert_eq!(found["PhysicalResourceId"], "mine");
    let found = with(|| json!({ "A": { "B": 1 } }), "");
    assert!(found["Reason"].as_str().unwrap().contains("`A` in the data"), "{found}");
    let found = with(|| 7, "");
    assert!(found["Reason"].as_str().unwrap().contains("not a map"), "{found}");
    let found = with(|| json!({}), &LONG_ID);
    assert!(found["Reason"].as_str().unwrap().contains("1025 bytes"), "{found}");
}

#[test]
fn a_handler_that_takes_too_long_is_answered_before_the_deadline() {
    let slow = handler(|_: CustomResource<()>| async {
        std::future::pending::<()>().await;
        Ok::<_, Error>(())
    });
    let bucket = Bucket::start(&[]);
    let payload = request("create", &bucket.url).to_string();
    let start = std::time::Instant::now();
    let left = Duration::from_millis(900);
    assert_eq!(respond_before(&slow, payload.as_bytes(), left).unwrap(), b"null");
    assert!(start.elapsed() < left);
    let reason = bucket.answer()["Reason"].as_str().unwrap().to_owned();
    assert!(reason.starts_with("TimedOut: the handler was stopped 500 ms before"), "{reason}");
}

#[test]
fn an_answer_is_sent_again_after_a_failure_of_the_server() {
    let quiet = handler(|_: CustomResource<()>| async { Ok::<_, Error>(()) });
    let bucket = Bucket::start(&[503, 0, 429]);
    let payload = request("create", &bucket.url).to_string();
    assert_eq!(respond(&quiet, payload.as_bytes()).unwrap(), b"null");
    assert_eq!(bucket.requests.try_iter().count(), 4);
}

#[test]
fn an_answer_that_is_refused_fails_the_invocation_without_the_url() {
    let quiet = || handler(|_: CustomResource<()>| async { Ok::<_, Error>(()) });
    let bucket = Bucket::start(&[403]);
    let payload = request("create", &bucket.url).to_string();
    let error = respond(&quiet(), payload.as_bytes()).unwrap_err();
    assert_eq!(error.name(), "AnswerNotDelivered");
    assert!(error.to_string().ends_with("status 403, after 1 try"), "{error}");
    assert_eq!(bucket.requests.try_iter().count(), 1);
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for url in [format!("http://{closed}/?{SECRET}"), format!("http://example.com/?{SECRET}")] {
        let payload = request("create", &url).to_string();
        let error = respond(&quiet(), payload.as_bytes()).unwrap_err();
        for text in [format!("{error:#}"), format!("{error:?}")] {
            assert!(!text.contains("secret") && !text.contains("http:"), "{text}");
        }
    }
}

#[test]
fn a_request_with_long_ids_fails_alone() {
    let quiet = handler(|_: CustomResource<()>| async { Ok::<_, Error>(()) });
    let bucket = Bucket::start(&[]);
    let mut request = request("create", &bucket.url);
    request["StackId"] = json!("x".repeat(10_000));
    let error = respond(&quiet, request.to_string().as_bytes()).unwrap_err();
    assert_eq!(error.name(), "InvalidPayload");
    assert_eq!(bucket.requests.try_iter().count(), 0);
}

#[test]
fn the_outputs_of_handlers_are_checked() {
    answers_custom_resource::<Result<(), String>>();
    answers_custom_resource::<Result<CustomResourceAnswer, Error>>();
    answers_custom_resource::<Result<CustomResourceAnswer<Value>, Error>>();
}
