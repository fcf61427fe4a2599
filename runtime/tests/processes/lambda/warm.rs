//! Pings in Lambda: they are responded to without the handler, hold the process, and are distinguished in the
//! metric of starts.

use std::io::Read;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::process::Process;
use crate::runtime_api::{Next, Post, RuntimeApi, Seen};

/// How long a ping of `thumbnail` is held, as its entry says.
const HOLD: Duration = Duration::from_millis(150);

const PING: &str = r#"{"version":"0","detail-type":"Scheduled Event","source":"aws.events",
    "resources":[],"detail":{"keep-warm":"Thumbnail"}}"#;

/// The outcome of each event: how long it took, and what was posted; and the metrics.
struct Ran {
    events: Vec<(Duration, Post)>,
    metrics: Vec<Value>,
}

impl Ran {
    /// The metric of the start: whether it was cold, and whether a ping caused it.
    fn start(&self) -> (&Value, &Value) {
        assert_eq!(self.metrics.len(), 1, "{:?}", self.metrics);
        (&self.metrics[0]["ColdStart"], &self.metrics[0]["PingStart"])
    }
}

fn run(handler: &str, initialization: Option<&str>, script: Vec<Next>) -> Ran {
    run_at_once(1, handler, initialization, script)
}

/// With that many invocations at once.
fn run_at_once(
    concurrency: usize,
    handler: &str,
    initialization: Option<&str>,
    script: Vec<Next>,
) -> Ran {
    let at_once = concurrency.to_string();
    let api = RuntimeApi::start(script, Vec::new());
    let mut environment = vec![
        ("AWS_LAMBDA_RUNTIME_API", api.address.as_str()),
        ("_HANDLER", handler),
        ("AWS_LAMBDA_FUNCTION_NAME", "shop-function"),
        ("AWS_LAMBDA_MAX_CONCURRENCY", &at_once),
    ];
    environment.extend(initialization.map(|kind| ("AWS_LAMBDA_INITIALIZATION_TYPE", kind)));
    let mut process = Process::start("shop", &environment);
    let (mut events, mut asked) = (Vec::new(), Instant::now());
    let mut done = 0;
    while done < concurrency {
        match api.seen.recv_timeout(Duration::from_secs(20)).unwrap() {
            Seen::Next(_, at) => asked = at,
            Seen::Post(post) => events.push((asked.elapsed(), post)),
            Seen::Extension(path) => panic!("`{path}` without a hook"),
            Seen::Done => done += 1,
        }
    }
    let mut stdout = process.0.stdout.take().unwrap();
    drop(process);
    let mut text = String::new();
    stdout.read_to_string(&mut text).unwrap();
    // The test harness writes to the same output, and does not always end its line.
    let lines = text.lines().filter(|line| line.contains(r#""_aws""#));
    let metric = |line: &str| serde_json::from_str(&line[line.find('{').unwrap()..]).unwrap();
    let metrics = lines.map(metric).collect();
    Ran { events, metrics }
}

fn event() -> Next {
    let path = format!("{}/tests/payloads/example-s3-event.json", env!("CARGO_MANIFEST_DIR"));
    Next::event(std::fs::read(path).unwrap())
}

const ON_DEMAND: Option<&str> = Some("on-demand");

#[test]
fn a_ping_is_held_and_responded_to_without_the_handler() {
    let ran = run("thumbnail", ON_DEMAND, vec![Next::event(PING), Next::event(PING), event()]);
    assert_eq!(ran.events.len(), 3);
    for (took, post) in &ran.events[..2] {
        assert!(post.path.ends_with("/request-1/response"), "{}", post.path);
        assert_eq!(post.json(), Value::Null);
        assert!(*took >= HOLD, "{took:?}");
    }
    let (_, post) = &ran.events[2];
    assert!(post.path.ends_with("/request-1/error"), "the handler fails: {}", post.path);
}

#[test]
fn a_hold_ends_before_the_function_times_out() {
    let left = Duration::from_millis(100);
    let ran = run("thumbnail", ON_DEMAND, vec![Next::Within(left, PING.into())]);
    let (took, post) = &ran.events[0];
    assert!(post.path.ends_with("/response"), "{}", post.path);
    assert_eq!(post.json(), Value::Null);
    assert!(*took < HOLD, "{took:?}");
}

#[test]
fn other_invocations_run_while_a_ping_is_held() {
    let id = |id| vec![("Lambda-Runtime-Aws-Request-Id", id)];
    let Next::Event(event, _) = event() else { panic!("an event") };
    let script = vec![Next::Event(PING.into(), id("ping")), Next::Event(event, id("event"))];
    let ran = run_at_once(2, "thumbnail", ON_DEMAND, script);
    let paths: Vec<&str> = ran.events.iter().map(|(_, post)| post.path.as_str()).collect();
    assert!(paths[0].ends_with("/event/error"), "{paths:?}");
    assert!(paths[1].ends_with("/ping/response"), "{paths:?}");
}

#[test]
fn the_pings_of_another_function_reach_the_handler() {
    let other = PING.replace("Thumbnail", "Other");
    let ran = run("thumbnail", ON_DEMAND, vec![Next::event(other)]);
    assert!(ran.events[0].1.path.ends_with("/request-1/error"));
    let ran = run("echo", ON_DEMAND, vec![Next::event(PING)]);
    assert_eq!(ran.events[0].1.json()["detail"]["keep-warm"], "Thumbnail");
}

#[test]
fn a_start_is_cold_if_an_event_came_first_and_is_reported_once() {
    let ran = run("thumbnail", ON_DEMAND, vec![event(), Next::event(PING), event()]);
    assert_eq!(ran.start(), (&json!(1), &json!(0)));
    assert_eq!(ran.metrics[0]["FunctionName"], "shop-function");
    assert_eq!(ran.metrics[0]["requestId"], "request-1");
}

#[test]
fn a_start_caused_by_a_ping_is_not_cold() {
    let ran = run("thumbnail", ON_DEMAND, vec![Next::event(PING), event()]);
    assert_eq!(ran.start(), (&json!(0), &json!(1)));
}

#[test]
fn a_provisioned_start_is_not_cold() {
    let ran = run("thumbnail", Some("provisioned-concurrency"), vec![event()]);
    assert_eq!(ran.start(), (&json!(0), &json!(0)));
}

#[test]
fn a_function_without_pings_has_one_metric() {
    let ran = run("echo", ON_DEMAND, vec![Next::event("1")]);
    assert_eq!(ran.start(), (&json!(1), &Value::Null));
}

#[test]
fn no_start_is_counted_if_lambda_does_not_say_how_it_starts() {
    assert!(run("echo", None, vec![Next::event("1")]).metrics.is_empty());
}
