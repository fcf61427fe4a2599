//! Function URLs: responses that leave as they are made, and responses that are collected.

use std::time::Duration;

use serde_json::{Value, json};

use super::streams::trailers;
use super::{Ran, failure, run};
use crate::runtime_api::{Next, Post};

/// The content type of a response that begins with its status and headers.
const WITH_HEAD: &str = "application/vnd.awslambda.http-integration-response";

/// Returns the payload of a request to a function URL.
fn request(path: &str) -> Vec<u8> {
    let payload = json!({
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "",
        "headers": { "accept": "*/*" },
        "requestContext": {
            "stage": "$default",
            "domainName": "abc123.lambda-url.eu-west-1.on.aws",
            "http": { "method": "GET", "path": path },
        },
        "isBase64Encoded": false,
    });
    payload.to_string().into_bytes()
}

fn get(handler: &str, path: &str) -> Ran {
    run("site", handler, vec![Next::event(request(path))], Vec::new())
}

/// Splits a streamed response into its status and headers, and its body.
fn split(post: &Post) -> (Value, String) {
    assert_eq!(post.header("Content-Type"), Some(WITH_HEAD));
    assert_eq!(post.header("Lambda-Runtime-Function-Response-Mode"), Some("streaming"));
    let end = post.body.windows(8).position(|bytes| bytes == [0; 8]).unwrap();
    let head = serde_json::from_slice(&post.body[..end]).unwrap();
    (head, String::from_utf8(post.body[end + 8..].to_vec()).unwrap())
}

#[test]
fn a_body_leaves_as_it_is_made_with_status_and_headers_first() {
    let ran = get("live", "/text/two");
    let post = ran.only();
    let (head, body) = split(post);
    assert_eq!(
        head,
        json!({
            "statusCode": 201,
            "headers": { "content-type": "text/plain" },
            "cookies": ["a=1"],
        })
    );
    assert_eq!(body, "one two");
    assert!(post.chunks[0].ends_with("\0one "), "{:?}", post.chunks);
    let gap = post.times[1] - post.times[0];
    assert!(gap >= Duration::from_millis(200), "the first part waited for the second: {gap:?}");
    assert!(post.trailers.is_empty());
}

#[test]
fn server_sent_events_leave_one_by_one_and_comments_keep_them_alive() {
    let ran = get("live", "/events");
    let post = ran.only();
    let (head, body) = split(post);
    assert_eq!(head["headers"]["content-type"], "text/event-stream");
    assert!(body.starts_with("event: word\ndata: one\n\n: still here\n\n"), "{body}");
    assert!(body.ends_with("event: word\ndata: two\n\n"), "{body}");
    assert!(post.times[post.times.len() - 1] - post.times[0] >= Duration::from_millis(200));
}

#[test]
fn an_error_a_panic_and_a_timeout_in_mid_stream_are_seen_by_the_caller() {
    for (path, name) in [("/text/fail", "NoInk"), ("/text/panic", "Panic")] {
        let ran = get("live", path);
        let post = ran.only();
        assert_eq!(split(post).1, "one ");
        assert_eq!(trailers(post).0, name);
        assert!(ran.stderr.contains(&format!("request-1 failed: {name}: ")), "{}", ran.stderr);
    }
    let late = Next::Within(Duration::from_millis(150), request("/text/never"));
    let ran = run("site", "live", vec![late], Vec::new());
    let post = ran.only();
    assert_eq!(split(post).1, "one ");
    assert_eq!(trailers(post).0, "TimedOut");
}

#[test]
fn every_response_of_a_url_that_streams_has_status_and_headers_first() {
    for (path, status) in [("/text/none", 500), ("/elsewhere", 404)] {
        let ran = get("live", path);
        let (head, body) = split(ran.only());
        assert_eq!(head["statusCode"], status, "{path}: {body}");
    }
    let ran = get("live", "/text/large");
    assert_eq!(split(ran.only()).1.len(), 7 << 20);
}

#[test]
fn a_url_that_does_not_stream_collects_the_body_up_to_the_limit() {
    let answer = get("whole", "/text/two").answer();
    assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(201), &json!("one two")));
    assert_eq!(answer["cookies"], json!(["a=1"]));
    let (name, message) = get("whole", "/text/large").error();
    assert_eq!(name, "ResponseTooLarge");
    assert!(message.contains("help: add `stream` to `url(…)`"), "{message}");
    assert_eq!(get("whole", "/text/fail").error().0, "NoInk");
}

#[test]
fn only_a_request_of_the_url_gets_a_streamed_response() {
    let mut payload: Value = serde_json::from_slice(&request("/text/two")).unwrap();
    payload["requestContext"]["domainName"] = "api.example.com".into();
    let script = vec![Next::event(payload.to_string()), Next::event("{}")];
    let ran = run("site", "live", script, Vec::new());
    assert_eq!(ran.posts[0].json()["body"], "one two");
    assert_eq!(failure(&ran.posts[1]).0, "InvalidPayload");
}
