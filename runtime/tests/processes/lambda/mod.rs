//! The binary of an application in Lambda: a scripted runtime API delivers events, and the tests check what
//! the process posts.

mod concurrent;
mod faults;
mod rude;
mod soak;
mod stopping;
mod streams;
mod urls;
mod warm;

use std::io::Read as _;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::process::Process;
use crate::runtime_api::{Next, Post, RuntimeApi, Seen};

pub(crate) struct Ran {
    pub(crate) posts: Vec<Post>,
    /// The number of the connection of each request for an event.
    nexts: Vec<usize>,
    /// The exit code, if the process ended by itself.
    pub(crate) code: Option<i32>,
    pub(crate) stderr: String,
}

impl Ran {
    /// The only post.
    fn only(&self) -> &Post {
        assert_eq!(self.posts.len(), 1, "posts, with {}", self.stderr);
        &self.posts[0]
    }

    /// The only post, which is a response.
    pub(crate) fn answer(&self) -> Value {
        let post = self.only();
        assert_eq!(post.path, "/2018-06-01/runtime/invocation/request-1/response");
        post.json()
    }

    /// The only post, which is an error: its type and message.
    pub(crate) fn error(&self) -> (String, String) {
        let post = self.only();
        assert_eq!(post.path, "/2018-06-01/runtime/invocation/request-1/error");
        failure(post)
    }
}

fn failure(post: &Post) -> (String, String) {
    let body = post.json();
    assert_eq!(body["stackTrace"], json!([]));
    let error_type = body["errorType"].as_str().unwrap();
    assert_eq!(post.header("Lambda-Runtime-Function-Error-Type"), Some(error_type));
    (error_type.to_owned(), body["errorMessage"].as_str().unwrap().to_owned())
}

pub(crate) fn run(app: &str, handler: &str, script: Vec<Next>, statuses: Vec<u16>) -> Ran {
    run_at_once(1, app, handler, script, statuses)
}

/// With these environment variables.
pub(crate) fn run_with(
    environment: &[(&str, &str)],
    app: &str,
    handler: &str,
    script: Vec<Next>,
) -> Ran {
    let api = RuntimeApi::start(script, Vec::new());
    let process = start_with(environment, &api, app, handler, 1);
    finish(&api, process, 1)
}

/// With that many invocations at once.
fn run_at_once(
    concurrency: usize,
    app: &str,
    handler: &str,
    script: Vec<Next>,
    statuses: Vec<u16>,
) -> Ran {
    let api = RuntimeApi::start(script, statuses);
    let process = start(&api, app, handler, concurrency);
    finish(&api, process, concurrency)
}

/// Waits until the process has taken the whole script or has ended.
fn finish(api: &RuntimeApi, mut process: Process, concurrency: usize) -> Ran {
    // Read all the time: a process that fills the pipe would wait.
    let mut stderr = process.0.stderr.take().unwrap();
    let log = thread::spawn(move || {
        let mut log = Vec::new();
        let _ = stderr.read_to_end(&mut log);
        String::from_utf8_lossy(&log).into_owned()
    });
    let mut ran = Ran { posts: Vec::new(), nexts: Vec::new(), code: None, stderr: String::new() };
    let mut done = 0;
    while done < concurrency {
        match api.seen.recv_timeout(Duration::from_millis(20)) {
            Ok(Seen::Post(post)) => ran.posts.push(post),
            Ok(Seen::Next(connection, _)) => ran.nexts.push(connection),
            Ok(Seen::Extension(path)) => panic!("`{path}` without a hook"),
            Ok(Seen::Done) => done += 1,
            Err(_) => {
                if process.0.try_wait().unwrap().is_some() {
                    ran.code = process.wait().code();
                    break;
                }
            }
        }
    }
    while let Ok(seen) = api.seen.try_recv() {
        if let Seen::Post(post) = seen {
            ran.posts.push(post);
        }
    }
    drop(process);
    ran.stderr = log.join().unwrap();
    ran
}

fn start(api: &RuntimeApi, app: &str, handler: &str, concurrency: usize) -> Process {
    start_with(&[], api, app, handler, concurrency)
}

fn start_with(
    environment: &[(&str, &str)],
    api: &RuntimeApi,
    app: &str,
    handler: &str,
    concurrency: usize,
) -> Process {
    let concurrency = concurrency.to_string();
    let lambda = [
        ("AWS_LAMBDA_RUNTIME_API", api.address.as_str()),
        ("_HANDLER", handler),
        ("AWS_LAMBDA_FUNCTION_NAME", "shop-function"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
        ("AWS_LAMBDA_MAX_CONCURRENCY", concurrency.as_str()),
    ];
    Process::start(app, &[&lambda[..], environment].concat())
}

fn one(handler: &str, payload: impl Into<Vec<u8>>) -> Ran {
    run("shop", handler, vec![Next::event(payload)], Vec::new())
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/payloads/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn events_are_handled_one_after_another_on_one_connection() {
    let script = (0..3).map(|n| Next::event(format!("{{\"n\":{n}}}"))).collect();
    let ran = run("shop", "echo", script, Vec::new());
    let bodies: Vec<_> = ran.posts.iter().map(|post| post.json()["n"].clone()).collect();
    assert_eq!(bodies, [0, 1, 2]);
    assert_eq!(ran.nexts, [0, 0, 0, 0]);
}

#[test]
fn the_function_is_found_by_its_logical_id_too() {
    assert_eq!(one("OrderId", r#"{"count":7}"#).answer(), 7);
}

#[test]
fn an_unknown_handler_fails_the_start_with_a_list_of_the_handlers() {
    let ran = run("shop", "index.handler", Vec::new(), Vec::new());
    assert_eq!(ran.only().path, "/2018-06-01/runtime/init/error");
    let (error_type, message) = failure(ran.only());
    assert_eq!(error_type, "UnknownHandler");
    assert!(message.contains("`index.handler` is not a function of `shop`"), "{message}");
    assert!(message.contains("`echo`, `order`"), "{message}");
    assert_eq!(ran.code, Some(1));
}

#[test]
fn a_failed_init_is_reported_under_its_own_name_and_ends_the_process() {
    let ran = run("broken", "cart", Vec::new(), Vec::new());
    assert_eq!(ran.only().path, "/2018-06-01/runtime/init/error");
    let (error_type, message) = failure(ran.only());
    assert_eq!(error_type, "ParseIntError");
    assert_eq!(message, "the `#[init]` function `stock` failed: invalid digit found in string");
    assert_eq!(ran.code, Some(1));
    let start = "skylift: ParseIntError: the `#[init]` function `stock` failed: invalid digit";
    assert!(ran.stderr.contains(start), "{}", ran.stderr);
}

#[test]
fn a_panic_in_init_is_reported_with_its_location() {
    let ran = run("broken", "till", Vec::new(), Vec::new());
    let (error_type, message) = failure(ran.only());
    assert_eq!(error_type, "Panic");
    let start = "the `#[init]` function `cash` failed: no cash, at ";
    assert!(message.starts_with(start) && message.contains("entries.rs:"), "{message}");
    assert_eq!(ran.code, Some(1));
}

#[test]
fn a_state_that_no_init_builds_fails_the_start() {
    let ran = run("broken", "shelf", Vec::new(), Vec::new());
    let (error_type, message) = failure(ran.only());
    assert_eq!(error_type, "MissingState");
    assert!(message.contains("::Shelf>`, but no `#[init]`"), "{message}");
    assert!(message.contains("`stock` builds a `"), "{message}");
}

#[test]
fn a_type_that_does_not_fit_fails_the_start() {
    let ran = run("mistyped", "restock", Vec::new(), Vec::new());
    let (error_type, message) = failure(ran.only());
    assert_eq!(error_type, "TypeMismatch");
    let expected = "`restock` takes `Order`, and cannot read it from the `input` of its trigger";
    assert!(message.starts_with(expected), "{message}");
    assert_eq!(ran.code, Some(1));
}

#[test]
fn a_function_of_the_template_that_is_not_linked_fails_the_start() {
    let ran = run("torn", "echo", Vec::new(), Vec::new());
    let (error_type, message) = failure(ran.only());
    assert_eq!(error_type, "TemplateMismatch");
    assert!(message.starts_with("the template has the function `gone` that"), "{message}");
    assert_eq!(ran.code, Some(1));
}

#[test]
fn a_handler_error_is_reported_and_the_process_continues() {
    let ran = run("shop", "fail", vec![Next::event("{}"), Next::event("{}")], Vec::new());
    assert_eq!(ran.posts.len(), 2);
    assert_eq!(failure(&ran.posts[1]), ("SoldOut".into(), "none left".into()));
    assert!(ran.stderr.contains("request-1 failed: SoldOut: none left"), "{}", ran.stderr);
}

#[test]
fn the_error_for_a_payload_that_does_not_decode_names_field_and_byte() {
    let (error_type, message) = one("order", r#"{"count":"7"}"#).error();
    assert_eq!(error_type, "InvalidPayload");
    assert!(message.contains("`Order`: `count`: invalid type: string \"7\""), "{message}");
    assert!(message.ends_with("at byte 11"), "{message}");
}

#[test]
fn a_malformed_client_context_fails_its_own_event_only() {
    let script = vec![
        Next::Event(b"{}".to_vec(), vec![("Lambda-Runtime-Client-Context", "{custom")]),
        Next::Event(b"{}".to_vec(), vec![("Lambda-Runtime-Cognito-Identity", "\u{e4}")]),
        Next::Event(
            b"{}".to_vec(),
            vec![
                ("Lambda-Runtime-Client-Context", r#"{"custom":{"a":1}}"#),
                ("Lambda-Runtime-Trace-Id", "Root=1"),
            ],
        ),
    ];
    let ran = run("shop", "whoami", script, Vec::new());
    assert_eq!(failure(&ran.posts[0]).0, "InvalidContext");
    assert!(failure(&ran.posts[1]).1.starts_with("the Cognito identity: "));
    let whoami = json!({
        "id": "request-1",
        "arn": "arn:aws:lambda:::function:shop",
        "name": "shop-function",
        "memory": 512,
        "trace": "Root=1",
        "custom": { "custom": { "a": 1 } },
        "identity": null,
        "in_time": true,
    });
    assert_eq!(ran.posts[2].json(), whoami);
}

#[test]
fn a_response_that_json_cannot_represent_is_an_error() {
    assert_eq!(one("unwritable", "{}").error().0, "InvalidResponse");
}

#[test]
fn the_invocation_id_is_sent_back() {
    let event = Next::Event(b"{}".to_vec(), vec![("Lambda-Runtime-Invocation-Id", "inv-7")]);
    for handler in ["echo", "fail"] {
        let ran = run("shop", handler, vec![event.clone()], Vec::new());
        assert_eq!(ran.only().header("lambda-runtime-invocation-id"), Some("inv-7"));
    }
}

#[test]
fn ticks_are_handled_by_the_runtime_and_other_events_by_the_handler() {
    let keep_warm = r#"{"version":"0","detail-type":"Scheduled Event","source":"aws.events",
        "resources":[],"detail":{"keep-warm":"Thumbnail"}}"#;
    let script = vec![
        Next::event(fixture("example-eventbridge-schedule.json")),
        Next::event(keep_warm),
        Next::event(fixture("example-s3-event.json")),
    ];
    let ran = run("shop", "thumbnail", script, Vec::new());
    assert_eq!((ran.posts[0].json(), ran.posts[1].json()), (Value::Null, Value::Null));
    let (error_type, message) = failure(&ran.posts[2]);
    assert_eq!(error_type, "Error");
    assert!(message.ends_with(": no thumbnail"), "{message}");
}

#[test]
fn a_scheduled_event_reaches_the_handler_that_takes_it() {
    assert_eq!(one("tick", fixture("example-eventbridge-schedule.json")).answer(), 1);
}

#[test]
fn a_batch_reports_the_messages_that_failed() {
    let message = |id: &str, body: &str| json!({ "messageId": id, "body": body });
    let batch = json!({ "Records": [
        message("a", r#"{"count":1}"#), message("b", r#"{"count":0}"#), message("c", "{}"),
    ] });
    let answer = one("work", batch.to_string()).answer();
    let failed = json!([{ "itemIdentifier": "b" }, { "itemIdentifier": "c" }]);
    assert_eq!(answer, json!({ "batchItemFailures": failed }));
}

#[test]
fn an_http_function_responds_in_the_format_of_api_gateway() {
    let request = json!({
        "version": "2.0", "routeKey": "GET /orders/{id}", "rawPath": "/orders/7",
        "requestContext": { "http": { "method": "GET" }, "stage": "$default" },
    });
    let answer = one("show", request.to_string()).answer();
    assert_eq!(answer["statusCode"], 200);
    assert_eq!(answer["body"], r#"["closed","7"]"#);
}
