//! The span of an invocation in OpenTelemetry's terms: its parent from X-Ray's header, its attributes,
//! and how it ended. Mirrors the "Semantic conventions for `FaaS` spans" and "for AWS Lambda".

use opentelemetry::trace::{
    SpanContext, SpanId, Status, TraceContextExt as _, TraceFlags, TraceId, TraceState,
};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use crate::observability::trace_header::TraceHeader;
use crate::registry::Function;
use crate::{Context, Error};

/// What the span begins with.
pub(crate) fn begun(span: &Span, context: &Context, function: &Function, cold: bool) {
    let parent = context.trace_id().and_then(parent);
    if let Some(parent) = parent {
        let parent = opentelemetry::Context::new().with_remote_span_context(parent);
        // Only a span that has begun already has its parent for good.
        let _ = span.set_parent(parent);
    }
    span.set_attribute("faas.invocation_id", context.request_id().to_owned());
    span.set_attribute("faas.trigger", trigger(function));
    span.set_attribute("faas.coldstart", cold);
    let (resource, account) = resource(context.invoked_function_arn());
    if let Some(account) = account {
        span.set_attribute("cloud.account.id", account.to_owned());
        span.set_attribute("cloud.resource_id", resource);
    }
}

/// The invocation failed.
pub(crate) fn failed(span: &Span, error: &Error) {
    span.set_attribute("error.type", error.name().to_owned());
    span.set_status(Status::error(format!("{error:#}")));
}

/// The invocation ended before its handler did.
pub(crate) fn cut_off(span: &Span) {
    span.set_attribute("error.type", "CutOff");
    span.set_status(Status::error("the invocation ended before the handler did"));
}

/// The kind of the span: who takes messages is a consumer, everybody else a server.
pub(crate) fn kind(function: &Function) -> &'static str {
    if trigger(function) == "pubsub" { "consumer" } else { "server" }
}

/// What invokes the function, as its sources say; `other` for several kinds of them and for none.
fn trigger(function: &Function) -> &'static str {
    let mut kinds = function.sources.iter().map(|source| source.trigger);
    match kinds.next() {
        Some(first) if kinds.all(|kind| kind == first) => first,
        _ => "other",
    }
}

/// The function's ARN without the alias or version that the caller used, and its account.
fn resource(arn: &str) -> (String, Option<&str>) {
    let parts: Vec<&str> = arn.splitn(8, ':').collect();
    let resource = parts.iter().take(7).copied().collect::<Vec<_>>().join(":");
    (resource, parts.get(4).copied().filter(|account| !account.is_empty()))
}

/// The span of X-Ray's that the invocation belongs to. Where X-Ray keeps the trace not, it has no such
/// span, and a trace of our own begins: it would be lost otherwise wherever tracing is not active.
fn parent(header: &str) -> Option<SpanContext> {
    let header = TraceHeader::read(header);
    let (version, time_and_id) = header.root?.split_once('-')?;
    if !header.sampled || version != "1" {
        return None;
    }
    let trace = TraceId::from_hex(&time_and_id.replace('-', "")).ok()?;
    let span = SpanId::from_hex(header.parent?).ok()?;
    let parent = SpanContext::new(trace, span, TraceFlags::SAMPLED, true, TraceState::NONE);
    parent.is_valid().then_some(parent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Source;
    use crate::testing::FUNCTION;

    fn function(sources: &'static [Source]) -> Function {
        Function { sources, ..FUNCTION }
    }

    #[test]
    fn the_trigger_is_that_of_all_sources_or_other() {
        const TIMER: Source = Source { name: "schedule", trigger: "timer" };
        const QUEUE: Source = Source { name: "sqs", trigger: "pubsub" };
        const STREAM: Source = Source { name: "kinesis", trigger: "pubsub" };
        for (sources, expected) in [
            (&[TIMER][..], "timer"),
            (&[QUEUE, STREAM], "pubsub"),
            (&[QUEUE, TIMER], "other"),
            (&[], "other"),
        ] {
            assert_eq!(trigger(&function(sources)), expected, "{sources:?}");
        }
        assert_eq!(kind(&function(&[QUEUE, STREAM])), "consumer");
        assert_eq!(kind(&function(&[TIMER])), "server");
    }

    #[test]
    fn the_parent_is_the_segment_of_a_trace_that_x_ray_keeps() {
        let header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=";
        let parent_of = |sampled| parent(&format!("{header}{sampled}"));
        let kept = parent_of("1").unwrap();
        assert_eq!(kept.trace_id().to_string(), "5759e988bd862e3fe1be46a994272793");
        assert_eq!(kept.span_id().to_string(), "53995c3f42cd8ad8");
        assert!(kept.is_sampled() && kept.is_remote());
        assert!(parent_of("0").is_none());
    }

    #[test]
    fn a_header_that_is_none_has_no_parent() {
        for header in [
            "",
            "Root=1-x-y;Parent=53995c3f42cd8ad8;Sampled=1",
            "Root=2-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
            "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1",
            "Root=1-00000000-000000000000000000000000;Parent=53995c3f42cd8ad8;Sampled=1",
        ] {
            assert!(parent(header).is_none(), "{header}");
        }
    }

    #[test]
    fn an_alias_is_no_part_of_the_resource() {
        let arn = "arn:aws:lambda:eu-central-1:123456789012:function:shop-submit";
        assert_eq!(resource(&format!("{arn}:live")), (arn.to_owned(), Some("123456789012")));
        assert_eq!(resource(arn), (arn.to_owned(), Some("123456789012")));
        assert_eq!(resource("").1, None);
    }
}
