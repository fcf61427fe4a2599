//! What is observed of a running application: the lines of its log, its metrics, the headers of its requests,
//! its spans.

mod collector;
mod concurrent;
mod entries;
mod ran;
mod server;

use std::time::Duration;

use serde_json::{Value, json};
use skylift::__private::AppEntry;

use self::ran::run;
use self::server::Server;
use crate::runtime_api::Next;

/// The application of these tests.
pub(crate) const APP: AppEntry = AppEntry {
    package: "watched",
    binary: "watched",
    handlers: entries::WATCHED,
    variables: &[],
    cors: None,
};

/// No collector listens in these tests.
const QUIET: (&str, &str) = ("OTEL_SDK_DISABLED", "true");

const JSON: [(&str, &str); 2] = [QUIET, ("AWS_LAMBDA_LOG_FORMAT", "JSON")];

/// An event for `work`, with a trace of its own.
fn job(name: &str, then: &str, trace: &'static str) -> Next {
    let job = json!({ "name": name, "then": then }).to_string();
    Next::Event(job.into_bytes(), vec![("Lambda-Runtime-Trace-Id", trace)])
}

const FIRST: &str = "Root=1-11111111-111111111111111111111111;Parent=1111111111111111;Sampled=1";
const SECOND: &str = "Root=1-22222222-222222222222222222222222;Parent=2222222222222222;Sampled=1";

#[test]
fn every_json_line_has_the_ids_of_its_invocation() {
    let script = vec![job("a", "succeed", FIRST), job("b", "fail", SECOND)];
    let ran = run("work", script, &JSON);
    let opened = ran.line("opened");
    assert_eq!((&opened["level"], &opened["requestId"]), (&json!("INFO"), &Value::Null));
    let failed = "request-1 failed: SoldOut: none\nleft";
    for (message, job, cold, trace) in [
        ("begun\nat once", Some("a"), true, '1'),
        ("done", Some("a"), true, '1'),
        ("begun\nat once", Some("b"), false, '2'),
        ("done", Some("b"), false, '2'),
        (failed, None, false, '2'),
    ] {
        let line = |line: &&Value| line["message"] == message && line["job"] == json!(job);
        let lines = ran.log();
        let line = lines.iter().find(line).unwrap_or_else(|| panic!("{message}: {}", ran.stderr));
        assert_eq!(line["requestId"], "request-1");
        assert_eq!(line["functionName"], "watched-function");
        assert_eq!(line["coldStart"], cold);
        let trace: String = [8, 24].map(|count| trace.to_string().repeat(count)).join("-");
        assert_eq!(line["xrayTraceId"], format!("1-{trace}"));
        assert_eq!(line["timestamp"].as_str().unwrap().len(), "2023-10-27T19:17:45.586Z".len());
    }
    assert_eq!(ran.line(failed)["errorType"], "SoldOut");
    let steps: Vec<_> = ran.log().iter().map(|line| line["takes"].clone()).collect();
    // The field is that of the span around the event.
    assert_eq!(steps.iter().filter(|takes| **takes == 0).count(), 2, "{}", ran.stderr);
}

#[test]
fn a_panic_is_one_log_line_even_if_its_message_has_line_breaks() {
    let ran = run("work", vec![job("a", "panic", FIRST)], &JSON);
    let lines = ran.log();
    let panicked = lines.iter().filter(|line| line["errorType"] == "Panic");
    let messages: Vec<_> = panicked.map(|line| line["message"].as_str().unwrap()).collect();
    assert_eq!(messages.len(), 2, "{}", ran.stderr);
    assert!(messages[0].starts_with("panicked at "), "{messages:?}");
    assert!(messages[0].ends_with(": out of\nstock"), "{messages:?}");
    assert!(messages[1].starts_with("request-1 failed: Panic: out of\nstock, at "), "{messages:?}");
    let panicked = lines.iter().filter(|line| line["errorType"] == "Panic");
    assert!(panicked.into_iter().all(|line| line["requestId"] == "request-1"));
    assert_eq!(lines.len(), ran.stderr.lines().count(), "{}", ran.stderr);
}

#[test]
fn an_event_that_fails_before_the_handler_is_logged_with_its_id() {
    let malformed = vec![("Lambda-Runtime-Client-Context", "{custom")];
    let ran = run("work", vec![Next::Event(b"{}".to_vec(), malformed)], &JSON);
    let lines = ran.log();
    let failed: Vec<_> = lines.iter().filter(|line| line["level"] == "ERROR").collect();
    assert_eq!(failed.len(), 1, "{}", ran.stderr);
    assert_eq!(failed[0]["requestId"], "request-1");
    assert_eq!(failed[0]["functionName"], "watched-function");
    assert_eq!(failed[0]["errorType"], "InvalidContext");
}

#[test]
fn the_log_is_text_unless_lambda_asks_for_json() {
    let ran = run("work", vec![job("a", "fail", FIRST)], &[QUIET]);
    assert!(ran.log().is_empty(), "{}", ran.stderr);
    let lines: Vec<&str> = ran.stderr.lines().collect();
    let [opened, begun, done, failed] = lines.as_slice() else { panic!("{lines:?}") };
    let after_time = |line: &str| line.split_once(' ').unwrap().1.to_owned();
    let target = "processes::observe::entries";
    assert_eq!(after_time(opened), format!("- INFO {target}: opened"));
    assert_eq!(after_time(begun), format!("request-1 INFO {target}: begun at once job=\"a\""));
    assert_eq!(after_time(done), format!("request-1 INFO {target}: done takes=0 job=\"a\""));
    let message = "request-1 failed: SoldOut: none left errorType=\"SoldOut\"";
    assert_eq!(after_time(failed), format!("request-1 ERROR skylift: {message}"));
}

#[test]
fn lambdas_log_level_and_rust_log_filter_the_lines() {
    for (variable, level) in [("AWS_LAMBDA_LOG_LEVEL", "WARN"), ("RUST_LOG", "hyper=info")] {
        let ran =
            run("work", vec![job("a", "fail", FIRST)], &[JSON[0], JSON[1], (variable, level)]);
        let lines = ran.log();
        let [failed] = lines.as_slice() else { panic!("{variable}: {}", ran.stderr) };
        assert_eq!((&failed["level"], &failed["coldStart"]), (&json!("ERROR"), &json!(true)));
    }
    let ran = run("work", vec![job("a", "fail", FIRST)], &[QUIET, ("RUST_LOG", "shop=loud")]);
    assert!(ran.stderr.contains("WARN skylift: `RUST_LOG` is ignored: "), "{}", ran.stderr);
}

#[test]
fn metrics_are_written_when_their_invocation_ends_or_fails() {
    let script =
        vec![job("a", "succeed", FIRST), job("b", "fail", SECOND), job("c", "panic", SECOND)];
    let ran = run("work", script, &JSON);
    assert_eq!(ran.posts.len(), 3);
    let lines = ran.metrics();
    assert_eq!(lines.len(), 10, "{}", ran.stdout);
    // The metrics of `#[init]` are written with the first invocation.
    assert_eq!((&lines[0]["Opened"], &lines[0]["requestId"]), (&json!(1), &Value::Null));
    for (lines, (name, trace)) in lines[1..].chunks(3).zip([("a", '1'), ("b", '2'), ("c", '2')]) {
        let [_, done, took] = lines else { panic!("{}", ran.stdout) };
        let metadata = &done["_aws"]["CloudWatchMetrics"][0];
        assert_eq!(metadata["Namespace"], "watched");
        assert_eq!(metadata["Dimensions"], json!([["FunctionName", "job"]]));
        assert_eq!(metadata["Metrics"], json!([{ "Name": "Done", "Unit": "Count" }]));
        assert_eq!((&done["Done"], &done["job"]), (&json!(1), &json!(name)));
        let metadata = &took["_aws"]["CloudWatchMetrics"][0];
        let metric = json!([{ "Name": "Took", "Unit": "Milliseconds", "StorageResolution": 1 }]);
        assert_eq!(metadata["Metrics"], metric);
        // A property in one metric, and a dimension in the other.
        assert_eq!((&took["kind"], &took["job"]), (&json!("job"), &json!(name)));
        for line in lines {
            assert_eq!(line["requestId"], "request-1");
            assert_eq!(line["FunctionName"], "watched-function");
            assert!(line["xrayTraceId"].as_str().unwrap().starts_with(&format!("1-{trace}")));
        }
    }
}

#[test]
fn metrics_are_written_at_every_log_level() {
    let environment = [JSON[0], JSON[1], ("AWS_LAMBDA_LOG_LEVEL", "ERROR")];
    let ran = run("work", vec![job("a", "succeed", FIRST)], &environment);
    let lines = ran.metrics();
    assert_eq!(lines.len(), 4, "{}", ran.stdout);
    for line in &lines {
        assert_eq!(line["level"], "ERROR");
        assert_eq!(line["timestamp"].as_str().unwrap().len(), "2023-10-27T19:17:45.586Z".len());
    }
    // Without a filter, they have no level.
    let ran = run("work", vec![job("a", "succeed", FIRST)], &[QUIET]);
    assert!(ran.metrics().iter().all(|line| line["level"].is_null()), "{}", ran.stdout);
}

#[test]
fn a_streamed_response_is_part_of_its_invocation_until_it_ends() {
    let events =
        ["2", "0"].map(|count| Next::Event(count.into(), vec![("Lambda-Runtime-Trace-Id", FIRST)]));
    let ran = run("count", events.to_vec(), &JSON);
    let counted: Vec<_> = ran.log().into_iter().filter(|it| it["message"] == "counted").collect();
    assert_eq!(counted.len(), 2, "{}", ran.stderr);
    assert!(counted.iter().all(|line| line["requestId"] == "request-1"));
    let lines = ran.metrics();
    let [first, second] = lines.as_slice() else { panic!("{}", ran.stdout) };
    assert_eq!((&first["Counted"], &first["requestId"]), (&json!([1, 2]), &json!("request-1")));
    assert_eq!(second["Started"], 1);
    let failed = ran.line("request-1 failed: TooFew: nothing to count");
    assert_eq!(failed["xrayTraceId"], "1-11111111-111111111111111111111111");
}

#[test]
fn a_dropped_handler_leaves_its_metrics() {
    let slow = json!({ "name": "a", "then": "succeed", "takes": 5_000 }).to_string();
    let ran = run("work", vec![Next::Within(Duration::from_millis(300), slow.into())], &JSON);
    let lines = ran.log();
    let failed = lines.iter().find(|line| line["errorType"] == "TimedOut");
    let failed = failed.unwrap_or_else(|| panic!("{}", ran.stderr));
    assert_eq!((&failed["requestId"], &failed["coldStart"]), (&json!("request-1"), &json!(true)));
    let begun = ran.metrics().into_iter().find(|line| line["Begun"] == 1);
    assert_eq!(begun.unwrap()["requestId"], "request-1");
}

#[test]
fn the_environment_can_set_the_namespace() {
    let environment = [QUIET, ("AWS_EMF_NAMESPACE", "Shop")];
    let ran = run("work", vec![job("a", "succeed", FIRST)], &environment);
    let namespace = |line: &Value| line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Shop";
    assert!(ran.metrics().iter().all(namespace), "{}", ran.stdout);
}

#[test]
fn requests_to_aws_have_the_trace_header_of_their_invocation() {
    let aws = Server::start("{\"MessageId\":\"id\"}", Duration::ZERO);
    let environment = [
        JSON[0],
        JSON[1],
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "key"),
        ("AWS_SECRET_ACCESS_KEY", "hidden"),
        ("AWS_ENDPOINT_URL", aws.url.as_str()),
        ("LETTERS_QUEUE_URL", "http://sqs/letters"),
        // Changes by others are not sent.
        ("_X_AMZN_TRACE_ID", "Root=1-00000000-000000000000000000000000"),
    ];
    let script = [FIRST, SECOND]
        .map(|trace| Next::Event(b"{}".to_vec(), vec![("Lambda-Runtime-Trace-Id", trace)]));
    let ran = run("send", script.to_vec(), &environment);
    assert!(ran.posts.iter().all(|post| post.path.ends_with("/response")), "{}", ran.stderr);
    let asked = aws.asked();
    let sent: Vec<(String, &str)> = asked
        .iter()
        .map(|asked| {
            let body: Value = serde_json::from_slice(&asked.body).unwrap();
            let body = body["MessageBody"].as_str().unwrap().trim_matches('"').to_owned();
            (body, asked.header("x-amzn-trace-id").unwrap())
        })
        .collect();
    let of = |trace| ["directly", "spawned", "scoped"].map(|how| (how.to_owned(), trace));
    assert_eq!(sent, [of(FIRST), of(SECOND)].concat());
    // Lines of the log have them too, even those of a task.
    let traces: Vec<_> =
        ran.log().into_iter().filter(|line| line["message"] == "in a task").collect();
    let traces: Vec<_> = traces.iter().map(|line| line["xrayTraceId"].as_str().unwrap()).collect();
    assert!(FIRST.contains(traces[0]) && SECOND.contains(traces[1]), "{traces:?}");
}
