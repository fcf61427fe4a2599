//! Spans, as a collector gets them.

use std::time::Duration;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use prost::Message as _;

use super::ran::run;
use super::server::Server;
use super::{FIRST, job};

/// The content of one request.
fn decode(body: &[u8]) -> (Vec<KeyValue>, Vec<Span>) {
    let mut request = ExportTraceServiceRequest::decode(body).unwrap();
    assert_eq!(request.resource_spans.len(), 1);
    let of_resource = request.resource_spans.remove(0);
    let spans = of_resource.scope_spans.into_iter().flat_map(|scope| scope.spans).collect();
    (of_resource.resource.unwrap().attributes, spans)
}

fn text(attributes: &[KeyValue], key: &str) -> Option<String> {
    let found = attributes.iter().find(|it| it.key == key)?;
    match found.value.as_ref()?.value.as_ref()? {
        Value::StringValue(text) => Some(text.clone()),
        Value::BoolValue(truth) => Some(truth.to_string()),
        Value::IntValue(number) => Some(number.to_string()),
        other => panic!("{other:?}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;

    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn named<'a>(spans: &'a [Span], name: &str) -> &'a Span {
    let found: Vec<&Span> = spans.iter().filter(|span| span.name == name).collect();
    assert_eq!(found.len(), 1, "`{name}` in {spans:?}");
    found[0]
}

#[test]
fn a_collector_gets_the_spans_of_each_invocation_before_the_next_event_is_asked_for() {
    let slow = Duration::from_millis(300);
    let collector = Server::start("", slow);
    let unkept = "Root=1-33333333-333333333333333333333333;Parent=3333333333333333;Sampled=0";
    let environment = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url.as_str()),
        ("OTEL_EXPORTER_OTLP_HEADERS", "x-key=secret"),
        ("AWS_REGION", "eu-central-1"),
    ];
    let script = vec![job("a", "succeed", FIRST), job("b", "fail", unkept)];
    let ran = run("work", script, &environment);
    // The response was posted before they were sent.
    assert!(ran.settled >= slow, "{:?}", ran.settled);
    let asked = collector.asked();
    let [first, second] = asked.as_slice() else { panic!("{}: {}", asked.len(), ran.stderr) };
    assert_eq!(first.path, "/v1/traces");
    assert_eq!(first.header("content-type"), Some("application/x-protobuf"));
    assert_eq!(first.header("x-key"), Some("secret"));

    let (resource, spans) = decode(&first.body);
    for (key, value) in [
        ("service.name", "watched-function"),
        ("faas.name", "watched-function"),
        ("cloud.platform", "aws_lambda"),
        ("cloud.region", "eu-central-1"),
    ] {
        assert_eq!(text(&resource, key).as_deref(), Some(value), "{key}");
    }
    let (invocation, step) = (named(&spans, "watched-function"), named(&spans, "step"));
    assert_eq!(hex(&invocation.trace_id), "1".repeat(32));
    assert_eq!(hex(&invocation.parent_span_id), "1".repeat(16));
    assert_eq!(step.trace_id, invocation.trace_id);
    assert_eq!(step.parent_span_id, invocation.span_id);
    assert_eq!(invocation.kind, SpanKind::Consumer as i32);
    for (key, value) in [
        ("faas.invocation_id", "request-1"),
        ("faas.trigger", "pubsub"),
        ("faas.coldstart", "true"),
    ] {
        assert_eq!(text(&invocation.attributes, key).as_deref(), Some(value), "{key}");
    }
    assert!(invocation.status.as_ref().is_none_or(|it| it.code != StatusCode::Error as i32));
    assert!(invocation.events.iter().any(|event| event.name.starts_with("begun")));

    // X-Ray does not sample this one: a new trace begins.
    let (_, spans) = decode(&second.body);
    let failed = named(&spans, "watched-function");
    assert!(failed.parent_span_id.is_empty(), "{failed:?}");
    assert_ne!(hex(&failed.trace_id), "3".repeat(32));
    let status = failed.status.as_ref().unwrap();
    assert_eq!((status.code, status.message.as_str()), (StatusCode::Error as i32, "none\nleft"));
    assert_eq!(text(&failed.attributes, "error.type").as_deref(), Some("SoldOut"));
    assert_eq!(text(&failed.attributes, "faas.coldstart").as_deref(), Some("false"));
}

#[test]
fn the_span_of_a_dropped_invocation_is_not_a_success() {
    let collector = Server::start("", Duration::ZERO);
    let slow = serde_json::json!({ "name": "a", "then": "succeed", "takes": 5_000 }).to_string();
    let late = crate::runtime_api::Next::Within(Duration::from_millis(300), slow.into());
    let environment = [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url.as_str())];
    // So late that its spans are sent with the next.
    let ran = run("work", vec![late, job("b", "succeed", FIRST)], &environment);
    let asked = collector.asked();
    let [sent] = asked.as_slice() else { panic!("{}: {}", asked.len(), ran.stderr) };
    let (_, spans) = decode(&sent.body);
    let invocations: Vec<_> = spans.iter().filter(|it| it.name == "watched-function").collect();
    let [given_up, well] = invocations.as_slice() else { panic!("{spans:?}") };
    assert_eq!(given_up.status.as_ref().unwrap().code, StatusCode::Error as i32);
    assert_eq!(text(&given_up.attributes, "error.type").as_deref(), Some("CutOff"));
    assert_eq!(text(&well.attributes, "error.type"), None);
}

#[test]
fn without_a_collector_invocations_continue_and_the_log_says_so_once() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{nobody}");
    let script = ["a", "b", "c"].map(|name| job(name, "succeed", FIRST)).to_vec();
    let ran = run("work", script, &[("OTEL_EXPORTER_OTLP_ENDPOINT", &url)]);
    assert_eq!(ran.posts.len(), 3);
    assert_eq!(ran.stderr.matches("spans are lost").count(), 1, "{}", ran.stderr);
}

#[test]
fn a_collector_that_hangs_delays_invocations_by_a_bounded_time() {
    let collector = Server::start("", Duration::from_secs(30));
    let environment = [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url.as_str())];
    let ran = run("work", vec![job("a", "succeed", FIRST)], &environment);
    assert!(ran.settled < Duration::from_secs(5), "{:?}", ran.settled);
    assert!(ran.stderr.contains("spans are lost"), "{}", ran.stderr);
    assert!(ran.stderr.contains("no response within 1000 ms"), "{}", ran.stderr);
}
