//! Failures of an event, of its handler and of the runtime API: what is posted, and whether the process
//! continues. Each test has another event after the bad one.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{Ran, failure, run, run_at_once};
use crate::process::Process;
use crate::runtime_api::{MALFORMED, Next, Post, RuntimeApi, Seen, UNANSWERED};

/// An event that makes the handler do this, and one that succeeds.
fn then_well(what: &str) -> Vec<Next> {
    vec![Next::event(json!({ "do": what }).to_string()), Next::event("1")]
}

/// Returns the post for the first of two events, and checks that the second succeeded and the process
/// continued.
fn first(ran: &Ran) -> &Post {
    assert_eq!(ran.posts.len(), 2, "{}", ran.stderr);
    assert_eq!(ran.posts[1].path, "/2018-06-01/runtime/invocation/request-1/response");
    assert_eq!(ran.posts[1].json(), 1);
    assert_eq!(ran.code, None);
    &ran.posts[0]
}

fn fault(what: &str) -> (String, String) {
    let ran = run("faults", "fault", then_well(what), Vec::new());
    failure(first(&ran))
}

#[test]
fn a_handler_that_fails_or_panics_fails_its_event_alone() {
    assert_eq!(fault("fail"), ("SoldOut".to_owned(), "none left".to_owned()));
    let (error_type, message) = fault("panic");
    assert_eq!(error_type, "Panic");
    assert!(
        message.starts_with("out of stock, at ") && message.contains("faults.rs:"),
        "{message}"
    );
}

#[test]
fn a_panic_in_a_task_is_reported_by_its_join_handle() {
    let (error_type, message) = fault("panic in a task");
    assert_eq!(error_type, "JoinError");
    assert!(message.contains("panicked with message \"out of paper\""), "{message}");
}

#[test]
fn a_panic_in_a_detached_task_is_only_logged() {
    let script = then_well("panic in a task that nobody waits for");
    let ran = run("faults", "fault", script, Vec::new());
    assert!(first(&ran).path.ends_with("/response"));
    assert!(ran.stderr.contains("out of ink"), "{}", ran.stderr);
}

#[test]
fn a_handler_that_takes_too_long_is_stopped_and_reported() {
    let event = json!({ "do": "sleep" }).to_string();
    for left in [0, 80] {
        let late = Next::Within(Duration::from_millis(left), event.clone().into());
        let ran = run("faults", "fault", vec![late, Next::event("1")], Vec::new());
        let (error_type, message) = failure(first(&ran));
        assert_eq!(error_type, "TimedOut");
        assert!(message.contains("before the function's timeout"), "{message}");
    }
}

#[test]
fn a_handler_that_panics_when_it_is_stopped_is_stopped_all_the_same() {
    let event = json!({ "do": "sleep and panic over the end" }).to_string();
    let late = Next::Within(Duration::from_millis(80), event.into());
    let ran = run("faults", "fault", vec![late, Next::event("1")], Vec::new());
    assert_eq!(failure(first(&ran)).0, "TimedOut");
    assert!(ran.stderr.contains("woken too early"), "{}", ran.stderr);
}

#[test]
fn the_error_for_a_payload_that_is_not_json_says_where_it_is_invalid() {
    for (payload, place) in [("", "at byte 0"), ("{\"do\":", "at byte 5"), ("{} x", "at byte 3")] {
        let script = vec![Next::event(payload), Next::event("1")];
        let ran = run("faults", "fault", script, Vec::new());
        let (error_type, message) = failure(first(&ran));
        assert_eq!(error_type, "InvalidPayload", "{payload}");
        assert!(message.ends_with(place), "{message}");
    }
}

#[test]
fn a_response_that_is_too_large_is_an_error_whether_lambda_or_the_runtime_finds_it() {
    let (error_type, message) = fault("large");
    assert_eq!(error_type, "ResponseTooLarge");
    assert!(message.contains("7340034 bytes"), "{message}");
    let ran = run("faults", "fault", vec![Next::event("0"), Next::event("1")], vec![413]);
    assert_eq!(ran.posts.len(), 3);
    assert_eq!(failure(&ran.posts[1]).0, "ResponseTooLarge");
    assert_eq!(ran.posts[2].json(), 1);
}

#[test]
fn invalid_headers_of_a_caller_fail_only_that_callers_event() {
    for header in ["Lambda-Runtime-Client-Context", "Lambda-Runtime-Cognito-Identity"] {
        for value in ["{custom", "\u{e4}", "{}}"] {
            let bad = Next::Event(b"0".to_vec(), vec![(header, value)]);
            let ran = run("faults", "fault", vec![bad, Next::event("1")], Vec::new());
            assert_eq!(failure(first(&ran)).0, "InvalidContext", "{header}: {value}");
        }
    }
}

#[test]
fn a_runtime_api_that_fails_for_a_while_is_asked_again() {
    for bad in [
        Next::Status(500),
        Next::Status(403),
        Next::HangUp,
        Next::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"),
        Next::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"),
        Next::Raw(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{}"),
        Next::Raw(b"SSH-2.0-OpenSSH\r\n\r\n"),
    ] {
        let ran = run("faults", "fault", vec![bad, Next::event("1")], Vec::new());
        assert_eq!(ran.posts.len(), 1, "{}", ran.stderr);
        assert_eq!((ran.posts[0].json(), ran.code), (json!(1), None));
    }
}

#[test]
fn a_chunked_event_is_received() {
    let chunked = b"HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: r\r\n\
                    transfer-encoding: chunked\r\n\r\n2\r\n[1\r\n3\r\n,2]\r\n0\r\n\r\n";
    let ran = run("faults", "fault", vec![Next::Raw(chunked)], Vec::new());
    assert_eq!(ran.posts[0].path, "/2018-06-01/runtime/invocation/r/response");
    assert_eq!(ran.posts[0].json(), json!([1, 2]));
}

#[test]
fn a_runtime_api_that_stays_away_is_asked_a_limited_number_of_times() {
    for concurrency in [1, 3] {
        for bad in [Next::Status(500), Next::HangUp] {
            let (script, start) = (vec![bad; 100], Instant::now());
            let ran = run_at_once(concurrency, "faults", "fault", script, Vec::new());
            assert_eq!(ran.code, Some(1));
            assert!(ran.nexts.len() <= 6 * concurrency, "{} requests", ran.nexts.len());
            // The delays between six tries, each twice as long as the one before.
            assert!(start.elapsed() >= Duration::from_millis(50 * (1 + 2 + 4 + 8 + 16)));
            assert!(ran.stderr.contains("gave no event in 6 tries"), "{}", ran.stderr);
        }
    }
}

#[test]
fn a_response_is_posted_until_it_is_accepted() {
    for bad in [0, 500] {
        let script = vec![Next::event("1"), Next::event("2")];
        let ran = run("faults", "fault", script, vec![bad, bad]);
        let bodies: Vec<_> = ran.posts.iter().map(Post::json).collect();
        assert_eq!(bodies, [1, 1, 1, 2]);
    }
}

#[test]
fn a_rejected_response_is_an_error_and_a_rejected_error_ends_the_process() {
    let script = || vec![Next::event("0"), Next::event("1")];
    let ran = run("faults", "fault", script(), vec![403]);
    assert_eq!((ran.posts.len(), ran.code), (3, None));
    let (error_type, message) = failure(&ran.posts[1]);
    assert_eq!(error_type, "AnswerRefused");
    assert!(message.contains("/response` was answered 403"), "{message}");
    assert_eq!(ran.posts[2].json(), 1);
    let ran = run("faults", "fault", script(), vec![403, 403]);
    assert_eq!((ran.posts.len(), ran.code), (2, Some(1)));
    assert!(ran.stderr.contains("/error` was answered 403"), "{}", ran.stderr);
}

#[test]
fn a_malformed_event_that_names_its_request_is_answered_with_an_error() {
    let id = "Lambda-Runtime-Aws-Request-Id: request-1\r\n";
    let long_head = format!("HTTP/1.1 200 OK\r\n{id}x: {}\r\n\r\n{{}}", "y".repeat(2 << 20));
    let long_body = format!("HTTP/1.1 200 OK\r\n{id}\r\n{}", "1".repeat(33 << 20));
    for (bad, why) in [
        (format!("HTTP/1.1 200 OK\r\n{id}x: y\r\n z: folded\r\n\r\n{{}}"), "on another line"),
        (format!("HTTP/1.1 200 OK\r\n{id}content-length: 2, 2\r\n\r\n{{}}"), "content length"),
        (format!("HTTP/1.1 200 OK\r\ncontent-length: -2\r\n{id}\r\n{{}}"), "content length"),
        (
            format!("HTTP/1.1 200 OK\r\n{id}transfer-encoding: gzip, chunked\r\n\r\n"),
            "transfer encoding",
        ),
        (format!("HTTP/1.1 200 OK\r\n{id}no colon\r\n\r\n{{}}"), "without a colon"),
        (format!("HTTP/2 200\r\n{id}\r\n{{}}"), "first line"),
        (
            format!("HTTP/1.1 200 OK\r\n{id}transfer-encoding: chunked\r\n\r\nzz\r\n{{}}"),
            "chunk's length",
        ),
        (format!("HTTP/1.1 200 OK\r\n{id}content-length: 99999999999\r\n\r\n"), "32 MiB"),
        (long_body, "32 MiB"),
        (long_head, "1 MiB"),
    ] {
        let script = vec![Next::Raw(bad.leak().as_bytes()), Next::event("1")];
        let ran = run("faults", "fault", script, Vec::new());
        let (error_type, message) = failure(first(&ran));
        assert_eq!(error_type, "RuntimeApi", "{why}");
        assert!(message.contains(why), "{message}");
        assert!(ran.stderr.contains("request-1 failed: RuntimeApi: "), "{}", ran.stderr);
    }
}

#[test]
fn an_event_that_does_not_come_is_logged() {
    let bad = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    let ran = run("faults", "fault", vec![Next::Raw(bad), Next::event("1")], Vec::new());
    let line =
        "no event was received, and the runtime API is asked again: RuntimeApi: an event came";
    assert!(ran.stderr.contains(line), "{}", ran.stderr);
}

#[test]
fn a_post_that_is_never_answered_is_given_up() {
    let ran = run("faults", "fault", vec![Next::event("0"), Next::event("1")], vec![UNANSWERED]);
    assert_eq!((ran.posts.len(), ran.code), (3, None), "{}", ran.stderr);
    let (error_type, message) = failure(&ran.posts[1]);
    assert_eq!(error_type, "AnswerRefused");
    assert!(message.contains("did not answer in time"), "{message}");
    let script = vec![Next::event("0"), Next::event("1")];
    let ran = run("faults", "fault", script, vec![UNANSWERED, UNANSWERED]);
    assert_eq!((ran.posts.len(), ran.code), (2, Some(1)), "{}", ran.stderr);
}

#[test]
fn the_status_of_a_post_counts_whatever_is_wrong_with_the_rest_of_its_response() {
    let ran = run("faults", "fault", vec![Next::event("0"), Next::event("1")], vec![MALFORMED]);
    assert_eq!((ran.posts.len(), ran.code), (2, None), "{}", ran.stderr);
    assert_eq!([ran.posts[0].json(), ran.posts[1].json()], [0, 1]);
}

#[test]
fn a_concurrency_that_is_not_a_number_is_logged() {
    for value in ["0", "-1", "abc"] {
        let api = RuntimeApi::start(vec![Next::event("1")], Vec::new());
        let environment = [
            ("AWS_LAMBDA_RUNTIME_API", api.address.as_str()),
            ("_HANDLER", "fault"),
            ("AWS_LAMBDA_MAX_CONCURRENCY", value),
        ];
        let process = Process::start("faults", &environment);
        while !matches!(api.seen.recv_timeout(Duration::from_secs(20)).unwrap(), Seen::Done) {}
        let stderr = process.stderr();
        let line =
            format!("`AWS_LAMBDA_MAX_CONCURRENCY` is `{value}`, not a whole number from 1 to");
        assert!(stderr.contains(&line), "{stderr}");
    }
}
