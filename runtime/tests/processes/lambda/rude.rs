//! Code of the user that panics wherever the runtime calls it: each event is answered, and the process continues.

use std::time::Duration;

use serde_json::json;

use super::stopping::terminate;
use super::{Ran, failure, run, run_at_once};
use crate::process::Process;
use crate::runtime_api::{Next, RuntimeApi, Seen};

/// Runs a handler with one event, and with one that succeeds after it.
fn rude(handler: &str, way: &str) -> Ran {
    let event = Next::Within(Duration::from_millis(400), json!(way).to_string().into());
    let ran = run("rude", handler, vec![event, Next::event("\"well\"")], Vec::new());
    assert_eq!(ran.posts.len(), 2, "{way}: {}", ran.stderr);
    assert_eq!((ran.posts[1].path.ends_with("/response"), ran.code), (true, None), "{way}");
    ran
}

#[test]
fn an_event_is_answered_whatever_panics_in_the_users_code() {
    for (way, name) in [
        ("display panics", "RudeError"),
        ("display fails", "RudeError"),
        ("display never ends", "RudeError"),
        ("error drop", "RudeError"),
        ("panic value", "Panic"),
        ("future drop", "TimedOut"),
        ("event drop", "Panic"),
        ("decode panics", "Panic"),
        ("decode fails", "InvalidPayload"),
        ("encode panics", "Panic"),
        ("encode fails", "InvalidResponse"),
        ("answer drop", "Panic"),
    ] {
        assert_eq!(failure(&rude("rude", way).posts[0]).0, name, "{way}");
    }
}

#[test]
fn the_error_says_what_its_display_wrote_and_that_it_panicked() {
    let (_, message) = failure(&rude("rude", "display panics").posts[0]);
    let expected = "no manners (the error cannot be formatted: its `Display` panicked: panicked";
    assert!(message.starts_with(expected), "{message}");
}

#[test]
fn the_others_are_answered_beside_code_that_panics() {
    let ways = ["display panics", "error drop", "panic value", "well", "decode panics", "well"];
    let mut script = Vec::new();
    for way in ways.iter().cycle().take(48) {
        script.push(Next::event(json!(way).to_string()));
    }
    let ran = run_at_once(8, "rude", "rude", script, Vec::new());
    assert_eq!((ran.posts.len(), ran.code), (48, None), "{}", ran.stderr);
    let well = ran.posts.iter().filter(|post| post.path.ends_with("/response")).count();
    assert_eq!(well, 16);
}

#[test]
fn a_record_fails_alone_whatever_panics_in_it() {
    let ways = [
        "well",
        "display panics",
        "display fails",
        "error drop",
        "panic value",
        "event drop",
        "decode panics",
        "decode fails",
        "well",
    ];
    let record = |(id, way): (usize, &&str)| json!({ "messageId": id.to_string(), "body": json!(way).to_string() });
    let records: Vec<_> = ways.iter().enumerate().map(record).collect();
    let batch = json!({ "Records": records }).to_string();
    let ran = run("rude", "rude_batch", vec![Next::event(batch)], Vec::new());
    let failed = (1..=7).map(|id| json!({ "itemIdentifier": id.to_string() }));
    let failed = failed.collect::<Vec<_>>();
    assert_eq!(ran.answer(), json!({ "batchItemFailures": failed }), "{}", ran.stderr);
    assert!(ran.stderr.contains("no manners (the error cannot be formatted"), "{}", ran.stderr);
}

#[test]
fn a_stream_ends_whatever_panics_in_it() {
    for (way, name) in [
        ("well", None),
        ("stream drop", None),
        ("chunk drop", None),
        ("display panics", Some("RudeError")),
        ("error drop", Some("RudeError")),
        ("panic value", Some("Panic")),
    ] {
        let ran = rude("rude_stream", way);
        let post = &ran.posts[0];
        assert_eq!(post.trailer("Lambda-Runtime-Function-Error-Type"), name, "{way}");
        let expected: &[u8] = if name.is_none() { b"onetwo" } else { b"one" };
        assert_eq!(post.body, expected, "{way}");
    }
}

#[test]
fn an_http_request_is_answered_if_its_error_panics() {
    let request = |way: &str| {
        let request = json!({
            "version": "2.0", "routeKey": "POST /rude", "rawPath": "/rude", "body": way,
            "requestContext": { "http": { "method": "POST" }, "stage": "$default" },
        });
        Next::event(request.to_string())
    };
    let script = vec![request("display panics"), request("error drop"), request("well")];
    let ran = run("rude", "rude_http", script, Vec::new());
    let statuses: Vec<_> = ran.posts.iter().map(|post| post.json()["statusCode"].clone()).collect();
    assert_eq!(statuses, [500, 500, 200], "{}", ran.stderr);
}

#[test]
fn a_start_that_fails_is_reported_if_its_error_panics() {
    for (way, name) in
        [("display panics", "RudeError"), ("error drop", "RudeError"), ("panic value", "Panic")]
    {
        let api = RuntimeApi::start(Vec::new(), Vec::new());
        let environment = [
            ("AWS_LAMBDA_RUNTIME_API", api.address.as_str()),
            ("_HANDLER", "rude"),
            ("RUDE_START", way),
        ];
        let mut process = Process::start("rude", &environment);
        assert_eq!(process.wait().code(), Some(1), "{way}");
        let Ok(Seen::Post(post)) = api.seen.recv() else { panic!("nothing was posted") };
        assert!(post.path.ends_with("/init/error"));
        assert_eq!(failure(&post).0, name, "{way}");
    }
}

#[test]
fn a_process_stops_although_its_hooks_and_its_state_panic() {
    let api = RuntimeApi::start(vec![Next::event("\"well\"")], Vec::new());
    let environment = [
        ("AWS_LAMBDA_RUNTIME_API", api.address.as_str()),
        ("_HANDLER", "rude"),
        ("RUDE_HOOK", "1"),
    ];
    let mut process = Process::start("rude", &environment);
    while !matches!(api.seen.recv_timeout(Duration::from_secs(20)).unwrap(), Seen::Done) {}
    terminate(&process);
    assert_eq!(process.wait().code(), Some(0));
    let stderr = process.stderr();
    assert!(stderr.contains("a shutdown hook failed: RudeError: no manners"), "{stderr}");
    assert!(stderr.contains("a shutdown hook failed: Panic: "), "{stderr}");
}
