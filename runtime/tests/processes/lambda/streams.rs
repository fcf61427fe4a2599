//! Streamed responses: what is sent, in which pieces, and how an error ends it.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Ran, failure, run};
use crate::runtime_api::{Next, Post};

fn stream(end: &str) -> Ran {
    let event = Next::event(json!({ "end": end }).to_string());
    run("faults", "stream", vec![event, Next::event("{}")], Vec::new())
}

/// The error in the trailers: its type and message.
pub(super) fn trailers(post: &Post) -> (String, String) {
    let error_type = post.trailer("Lambda-Runtime-Function-Error-Type").unwrap().to_owned();
    let body = decode(post.trailer("Lambda-Runtime-Function-Error-Body").unwrap());
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["errorType"], error_type.as_str());
    (error_type, body["errorMessage"].as_str().unwrap().to_owned())
}

/// The bytes of a text in base64.
fn decode(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters: Vec<u8> = text.trim_end_matches('=').bytes().map(value).collect();
    let group = |four: &[u8]| {
        let bits = four.iter().fold(0_u32, |bits, six| bits << 6 | u32::from(*six));
        let bits = bits << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    };
    letters.chunks(4).flat_map(group).collect()
}

/// Checks that both streams were sent, and that the second is complete.
fn first(ran: &Ran) -> &Post {
    assert_eq!(ran.posts.len(), 2, "{}", ran.stderr);
    assert_eq!(ran.posts[1].body, b"one two three");
    assert!(ran.posts[1].trailers.is_empty());
    &ran.posts[0]
}

#[test]
fn each_chunk_is_sent_separately_and_the_connection_ends_with_the_last() {
    let ran = stream("");
    let post = first(&ran);
    assert_eq!(post.path, "/2018-06-01/runtime/invocation/request-1/response");
    assert_eq!(post.header("Lambda-Runtime-Function-Response-Mode"), Some("streaming"));
    assert_eq!(post.header("Content-Type"), Some("text/plain"));
    assert_eq!(
        post.header("Trailer"),
        Some("lambda-runtime-function-error-type, lambda-runtime-function-error-body")
    );
    assert_eq!(post.chunks, ["one ", "two ", "three"]);
    assert_eq!(ran.nexts, [0, 1, 2], "one connection for each");
}

#[test]
fn a_chunk_larger_than_a_packet_is_complete() {
    let ran = stream("large");
    let post = first(&ran);
    assert_eq!(post.chunks[2].len(), 100_000);
    assert_eq!(post.chunks[3], "three");
}

#[test]
fn an_error_or_a_panic_in_mid_stream_is_reported_in_trailers() {
    for (end, name, message) in
        [("fail", "NoInk", "the pen is empty"), ("panic", "Panic", "the pen broke, at ")]
    {
        let ran = stream(end);
        let post = first(&ran);
        assert_eq!(post.chunks, ["one ", "two "]);
        let (error_type, told) = trailers(post);
        assert_eq!(error_type, name);
        assert!(told.starts_with(message), "{told}");
        assert!(ran.stderr.contains(&format!("request-1 failed: {name}: ")), "{}", ran.stderr);
    }
}

#[test]
fn a_stream_that_takes_too_long_ends_with_trailers() {
    let event = json!({ "end": "sleep" }).to_string();
    let late = Next::Within(Duration::from_millis(120), event.into());
    let ran = run("faults", "stream", vec![late, Next::event("{}")], Vec::new());
    let post = first(&ran);
    assert_eq!(post.chunks, ["one ", "two "]);
    assert_eq!(trailers(post).0, "TimedOut");
}

#[test]
fn a_long_error_in_mid_stream_has_trailers_that_fit() {
    let ran = stream("fail at length");
    let post = first(&ran);
    assert_eq!(trailers(post).0, "NoInk");
    let length: usize =
        post.trailers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
    assert!((2_000..4_000).contains(&length), "{length} bytes");
}

#[test]
fn an_endless_stream_that_never_waits_ends_with_trailers() {
    let event = json!({ "end": "never" }).to_string();
    let late = Next::Within(Duration::from_millis(120), event.into());
    let ran = run("faults", "stream", vec![late, Next::event("{}")], Vec::new());
    let post = first(&ran);
    assert!(post.body.starts_with(b"one two and so on, "));
    assert_eq!(trailers(post).0, "TimedOut");
}

#[test]
fn a_stream_that_is_not_read_is_dropped_before_the_timeout() {
    let event = json!({ "end": "flood" }).to_string();
    let deaf = Next::Deaf(Duration::from_millis(150), event.into());
    let ran = run("faults", "stream", vec![deaf, Next::event("{}")], Vec::new());
    assert_eq!(ran.posts.len(), 1, "{}", ran.stderr);
    assert_eq!(ran.posts[0].body, b"one two three");
    assert!(ran.stderr.contains("request-1 failed: TimedOut: "), "{}", ran.stderr);
}

#[test]
fn a_content_type_that_would_be_read_as_headers_fails_the_event() {
    let ran = stream("header");
    assert_eq!(failure(first(&ran)).0, "InvalidContentType");
}

#[test]
fn an_error_before_the_first_chunk_fails_the_event() {
    let ran = stream("before");
    assert_eq!(failure(first(&ran)), ("NoPaper".to_owned(), "nothing to write on".to_owned()));
}

#[test]
fn a_runtime_api_that_disconnects_in_mid_stream_breaks_only_that_stream() {
    let script = vec![Next::event("{}"), Next::event("{}")];
    let ran = run("faults", "stream", script, vec![0]);
    first(&ran);
    assert!(ran.stderr.contains("the response stream broke"), "{}", ran.stderr);
}
