//! Idempotent requests, in Lambda and on the local host.
// Clippy allows this in `#[test]` functions, but not in the functions that they call.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::response::{AppendHeaders, IntoResponse};
use serde_json::{Value, json};

use ::http::StatusCode;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::registry::{Handler, IdempotencyEntry, JsonPath, JsonPathStep};
use crate::reliability::idempotency::testing::{Dynamo, in_milliseconds};
use crate::reliability::idempotency::{idempotency_entry, own_table};
use crate::source::http::http_function::http_handler_at;
use crate::testing::block_on;

/// `key = "$.headers['idempotency-key']", check = "$.body.item"`.
static BY_HEADER: IdempotencyEntry = idempotency_entry(
    &[JsonPath {
        text: "$.headers['idempotency-key']",
        steps: &[JsonPathStep::Field("headers"), JsonPathStep::Field("idempotency-key")],
    }],
    &[JsonPath {
        text: "$.body.item",
        steps: &[JsonPathStep::Field("body"), JsonPathStep::Field("item")],
    }],
    3_600,
    own_table("PlaceIdempotency", "V", "pk", "gone_at"),
);

/// `key = "$.body.id"`.
static BY_BODY: IdempotencyEntry = idempotency_entry(
    &[JsonPath {
        text: "$.body.id",
        steps: &[JsonPathStep::Field("body"), JsonPathStep::Field("id")],
    }],
    &[],
    3_600,
    own_table("PlaceIdempotency", "V", "pk", "gone_at"),
);

/// Takes orders and counts them; an item that is a number is responded to with that status.
fn orders() -> (Handler, Arc<AtomicU32>) {
    let runs = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&runs);
    let handler =
        http_handler_at("", &[("POST", "/orders/{shop}")], move |body: axum::body::Bytes| {
            let run = count.fetch_add(1, Ordering::SeqCst) + 1;
            async move {
                let body: Value = serde_json::from_slice(&body).unwrap_or_default();
                assert_ne!(body["item"], "panic");
                let status = body["item"].as_u64().unwrap_or(201);
                let status = StatusCode::from_u16(u16::try_from(status).unwrap()).unwrap();
                let cookies = AppendHeaders([("set-cookie", "a=1"), ("set-cookie", "b=2")]);
                (status, cookies, format!("order {run}")).into_response()
            }
        });
    (handler, runs)
}

fn payload(header: Option<(&str, &str)>, body: &str) -> Value {
    let mut payload = json!({
        "version": "2.0", "routeKey": "POST /orders/{shop}", "rawPath": "/orders/tea",
        "headers": { "content-type": "application/json" }, "body": body,
        "requestContext": { "stage": "$default", "http": { "method": "POST" } },
    });
    if let Some((name, value)) = header {
        payload["headers"][name] = json!(value);
    }
    payload
}

fn post(
    dynamo: &Dynamo,
    of: &'static IdempotencyEntry,
    handler: &Handler,
    payload: &Value,
) -> Vec<u8> {
    let (payload, call) = (payload.to_string(), dynamo.call(of));
    let answer = async { handler.serve(payload.as_bytes(), &call).await?.collect_bytes().await };
    block_on(answer).unwrap()
}

fn keyed(key: &str, body: &str) -> Value {
    payload(Some(("idempotency-key", key)), body)
}

#[test]
fn a_stored_response_has_status_headers_and_body_of_the_first() {
    let dynamo = Dynamo::start();
    let (handler, runs) = orders();
    let first = post(&dynamo, &BY_HEADER, &handler, &keyed("k1", r#"{"item":"tea"}"#));
    let again = payload(Some(("Idempotency-Key", "k1")), r#"{ "item": "tea", "note": "" }"#);
    assert_eq!(post(&dynamo, &BY_HEADER, &handler, &again), first);
    let answer: Value = serde_json::from_slice(&first).unwrap();
    assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(201), &json!("order 1")));
    assert_eq!(answer["cookies"], json!(["a=1", "b=2"]));
    assert_eq!(runs.load(Ordering::SeqCst), 1);
    post(&dynamo, &BY_HEADER, &handler, &keyed("k2", r#"{"item":"tea"}"#));
    assert_eq!(runs.load(Ordering::SeqCst), 2);
}

#[test]
fn a_key_is_valid_for_one_method_and_one_path() {
    let dynamo = Dynamo::start();
    let routes = [
        ("POST", "/orders"),
        ("ANY", "/refunds/{id}"),
        ("ANY", crate::source::http::DEFAULT_ROUTE),
    ];
    let handler = http_handler_at("", &routes, |request: axum::extract::Request| async move {
        format!("{} {}", request.method(), request.uri().path())
    });
    let body = |method: &str, route: &str, path: &str| -> Value {
        let mut payload = keyed("k1", "{}");
        payload["routeKey"] = json!(route);
        payload["rawPath"] = json!(path);
        payload["requestContext"]["http"]["method"] = json!(method);
        let answer = post(&dynamo, &BY_HEADER, &handler, &payload);
        serde_json::from_slice::<Value>(&answer).unwrap()["body"].take()
    };
    // Twice: the stored responses differ as well.
    for _ in 0..2 {
        for (method, route, path) in [
            ("POST", "POST /orders", "/orders"),
            ("POST", "ANY /refunds/{id}", "/refunds/7"),
            ("POST", "ANY /refunds/{id}", "/refunds/8"),
            ("PUT", "ANY /refunds/{id}", "/refunds/8"),
            ("POST", "$default", "/other"),
            ("POST", "$default", "/another"),
        ] {
            assert_eq!(body(method, route, path), format!("{method} {path}"));
        }
    }
    assert_eq!((dynamo.items().len(), dynamo.operations().len()), (6, 6 * 2 + 6));
}

#[test]
fn a_refused_request_gets_the_status_and_the_reason() {
    let dynamo = Dynamo::start();
    let (handler, runs) = orders();
    let status = |payload: &Value| -> (u64, Value, Value) {
        let answer = post(&dynamo, &BY_HEADER, &handler, payload);
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
        let retry = answer["headers"]["retry-after"].clone();
        (answer["statusCode"].as_u64().unwrap(), body["message"].clone(), retry)
    };
    let message = json!("The request has nothing at $.headers['idempotency-key']");
    for without in [payload(None, "{}"), keyed("", "{}")] {
        assert_eq!(status(&without), (400, message.clone(), Value::Null));
    }
    post(&dynamo, &BY_HEADER, &handler, &keyed("k", r#"{"item":"tea"}"#));
    let other = status(&keyed("k", r#"{"item":"cake"}"#));
    assert_eq!((other.0, other.2), (422, Value::Null));
    dynamo.change(|record| {
        record["status"] = json!({ "S": "in_progress" });
        record["in_progress_until"] = in_milliseconds(5);
    });
    let busy = status(&keyed("k", r#"{"item":"tea"}"#));
    assert_eq!((busy.0, busy.2), (409, json!("1")));
    dynamo.change(|record| {
        record["status"] = json!({ "S": "completed" });
        record.as_object_mut().unwrap().remove("answer");
    });
    let lost = status(&keyed("k", r#"{"item":"tea"}"#));
    assert_eq!((lost.0, lost.2), (409, Value::Null));
    assert_eq!(runs.load(Ordering::SeqCst), 1);
}

#[test]
fn a_response_with_an_error_status_is_returned_and_not_stored() {
    for status in [400, 404, 429, 500, 503] {
        let dynamo = Dynamo::start();
        let (handler, runs) = orders();
        let failing = keyed("k", &format!("{{\"item\":{status}}}"));
        for run in 1..=2 {
            let answer = post(&dynamo, &BY_HEADER, &handler, &failing);
            let answer: Value = serde_json::from_slice(&answer).unwrap();
            assert_eq!(answer["statusCode"], status);
            assert_eq!(runs.load(Ordering::SeqCst), run);
        }
        assert!(dynamo.items().is_empty());
    }
    let dynamo = Dynamo::start();
    let (handler, runs) = orders();
    for _ in 0..2 {
        post(&dynamo, &BY_HEADER, &handler, &keyed("k", r#"{"item":303}"#));
    }
    assert_eq!(runs.load(Ordering::SeqCst), 1, "a redirection is an answer");
}

#[test]
fn a_panic_releases_the_key() {
    let dynamo = Dynamo::start();
    let (handler, _) = orders();
    let payload = keyed("k", r#"{"item":"panic"}"#).to_string();
    let answer = block_on(handler.serve(payload.as_bytes(), &dynamo.call(&BY_HEADER)));
    assert_eq!(answer.unwrap_err().name(), "Panic");
    assert!(dynamo.items().is_empty());
}

#[test]
fn a_key_in_the_body_is_found_in_plain_and_in_base64_json() {
    let dynamo = Dynamo::start();
    let (handler, runs) = orders();
    let plain = payload(None, r#"{"id":"ä","item":"tea"}"#);
    let mut encoded = plain.clone();
    encoded["body"] = json!(BASE64_STANDARD.encode(r#"{ "item": 1, "id": "\u00e4" }"#));
    encoded["isBase64Encoded"] = json!(true);
    let first = post(&dynamo, &BY_BODY, &handler, &plain);
    assert_eq!(post(&dynamo, &BY_BODY, &handler, &encoded), first);
    assert_eq!(runs.load(Ordering::SeqCst), 1);
    for without in ["", r#"{"id":""}"#, "no JSON", r#"["id"]"#, r#"{"id":null}"#] {
        let answer = post(&dynamo, &BY_BODY, &handler, &payload(None, without));
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(answer["statusCode"], 400, "{without}");
    }
}

#[test]
fn the_invocation_fails_if_the_table_fails() {
    let dynamo = Dynamo::start();
    dynamo.fail("PutItem", crate::reliability::idempotency::testing::Fault::Before);
    let (handler, runs) = orders();
    let payload = keyed("k", "{}").to_string();
    let answer = block_on(handler.serve(payload.as_bytes(), &dynamo.call(&BY_HEADER)));
    assert_eq!(answer.unwrap_err().name(), "AccessDeniedException");
    assert_eq!(runs.load(Ordering::SeqCst), 0);
}

#[cfg(all(feature = "local", debug_assertions))]
#[test]
fn on_the_local_host_a_request_finds_the_response_stored_in_lambda() {
    use axum::body::{Body, to_bytes};

    use crate::source::http::Request;
    use crate::source::http::http_function::HttpFunction;

    static BY_ALL: IdempotencyEntry = idempotency_entry(
        &[
            JsonPath {
                text: "a",
                steps: &[JsonPathStep::Field("headers"), JsonPathStep::Field("x-key")],
            },
            JsonPath {
                text: "b",
                steps: &[JsonPathStep::Field("pathParameters"), JsonPathStep::Field("shop")],
            },
            JsonPath {
                text: "c",
                steps: &[JsonPathStep::Field("queryStringParameters"), JsonPathStep::Field("q r")],
            },
            JsonPath {
                text: "d",
                steps: &[JsonPathStep::Field("cookies"), JsonPathStep::Index(1)],
            },
            JsonPath { text: "e", steps: &[JsonPathStep::Field("rawPath")] },
            JsonPath { text: "f", steps: &[JsonPathStep::Field("rawQueryString")] },
            JsonPath { text: "g", steps: &[JsonPathStep::Field("routeKey")] },
            JsonPath {
                text: "h",
                steps: &[JsonPathStep::Field("body"), JsonPathStep::Field("id")],
            },
        ],
        &[],
        60,
        own_table("PlaceIdempotency", "V", "pk", "gone_at"),
    );
    let dynamo = Dynamo::start();
    let (handler, runs) = orders();
    let mut payload = payload(Some(("x-key", "1,2")), r#"{"id":7}"#);
    payload["rawPath"] = json!("/orders/tea shop");
    payload["pathParameters"] = json!({ "shop": "tea shop" });
    payload["rawQueryString"] = json!("q%20r=a+b&q%20r=%2C");
    payload["queryStringParameters"] = json!({ "q r": "a b,," });
    payload["cookies"] = json!(["c=1", "d=2"]);
    let kept = post(&dynamo, &BY_ALL, &handler, &payload);
    let kept: Value = serde_json::from_slice(&kept).unwrap();

    let request = Request::builder()
        .method("POST")
        .uri("/orders/tea%20shop?q%20r=a+b&q%20r=%2C")
        .header("x-key", "1")
        .header("x-key", "2")
        .header("cookie", "c=1; d=2")
        .body(Body::from(r#"{"id":7}"#))
        .unwrap();
    let route_handler = handler.downcast_ref::<HttpFunction>().unwrap().routes().next().unwrap();
    let (parts, body) = block_on(async {
        let response = route_handler.respond_locally(request, &dynamo.call(&BY_ALL)).await.unwrap();
        let (parts, body) = response.into_parts();
        (parts, to_bytes(body, usize::MAX).await.unwrap())
    });
    assert_eq!(runs.load(Ordering::SeqCst), 1);
    assert_eq!((parts.status.as_u16(), &body[..]), (201, b"order 1".as_slice()));
    assert_eq!(parts.headers.get_all("set-cookie").iter().count(), 2);
    assert_eq!(parts.headers["content-type"], kept["headers"]["content-type"].as_str().unwrap());
}
