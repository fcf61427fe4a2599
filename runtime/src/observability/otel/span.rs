//! The span of an invocation for OpenTelemetry: its parent from X-Ray's trace header, its attributes, and how it ended.
//! Mirrors the "Semantic conventions for `FaaS` spans" and "for AWS Lambda".

use opentelemetry::trace::{
    SpanContext, SpanId, Status, TraceContextExt as _, TraceFlags, TraceId, TraceState,
};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use crate::observability::trace_header::TraceHeader;
use crate::registry::FunctionEntry;
use crate::{Context, Error, messages};

/// Sets the parent of an invocation's span, and the attributes that are known when the invocation starts. `cold` says
/// that the process was started for the invocation.
pub(crate) fn set_start_attributes(
    span: &Span,
    context: &Context,
    function: &FunctionEntry,
    cold: bool,
) {
    let parent = context.trace_id().and_then(parent_span_context);
    if let Some(parent) = parent {
        let parent = opentelemetry::Context::new().with_remote_span_context(parent);
        // Fails only for a span that has already started.
        let _ = span.set_parent(parent);
    }
    span.set_attribute("faas.invocation_id", context.request_id().to_owned());
    span.set_attribute("faas.trigger", trigger_attribute(function));
    span.set_attribute("faas.coldstart", cold);
    let (resource, account) = resource_and_account(context.invoked_function_arn());
    if let Some(account) = account {
        span.set_attribute("cloud.account.id", account.to_owned());
        span.set_attribute("cloud.resource_id", resource);
    }
}

/// Marks the span of an invocation as failed with this error.
pub(crate) fn mark_failed(span: &Span, error: &Error) {
    span.set_attribute("error.type", error.name().to_owned());
    span.set_status(Status::error(format!("{error:#}")));
}

/// Marks the span of an invocation as cut off: the invocation ended before its handler did.
pub(crate) fn mark_cut_off(span: &Span) {
    span.set_attribute("error.type", "CutOff");
    span.set_status(Status::error(messages::observability::handler_cut_off()));
}

/// Returns the OpenTelemetry kind of the spans of a function's invocations: `consumer` for a function that receives
/// messages, `server` for any other function.
pub(crate) fn span_kind(function: &FunctionEntry) -> &'static str {
    if trigger_attribute(function) == "pubsub" { "consumer" } else { "server" }
}

/// Returns the value of the span attribute `faas.trigger`, which the event sources of the function define. The value
/// is `other` if the sources differ or if the function has no source.
fn trigger_attribute(function: &FunctionEntry) -> &'static str {
    let mut kinds = function.sources.iter().map(|source| source.trigger);
    match kinds.next() {
        Some(first) if kinds.all(|kind| kind == first) => first,
        _ => "other",
    }
}

/// Splits the ARN by which a function was invoked into the ARN of the function, without the alias or version, and the
/// id of its AWS account. The account is `None` if the ARN has none.
fn resource_and_account(arn: &str) -> (String, Option<&str>) {
    let parts: Vec<&str> = arn.splitn(8, ':').collect();
    let resource = parts.iter().take(7).copied().collect::<Vec<_>>().join(":");
    (resource, parts.get(4).copied().filter(|account| !account.is_empty()))
}

/// Returns the X-Ray span that the invocation with this trace header belongs to. Returns `None` if the header is
/// invalid or if X-Ray did not sample the request. In the latter case the X-Ray span does not exist, so the
/// invocation starts a new trace: otherwise there would be no trace wherever X-Ray tracing is not active.
fn parent_span_context(header: &str) -> Option<SpanContext> {
    let header = TraceHeader::parse(header);
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
    use crate::registry::SourceEntry;
    use crate::testing::FUNCTION;

    fn function(sources: &'static [SourceEntry]) -> FunctionEntry {
        FunctionEntry { sources, ..FUNCTION }
    }

    #[test]
    fn the_trigger_is_the_one_that_all_sources_share_or_other() {
        const TIMER: SourceEntry = SourceEntry { name: "schedule", trigger: "timer" };
        const QUEUE: SourceEntry = SourceEntry { name: "sqs", trigger: "pubsub" };
        const STREAM: SourceEntry = SourceEntry { name: "kinesis", trigger: "pubsub" };
        for (sources, expected) in [
            (&[TIMER][..], "timer"),
            (&[QUEUE, STREAM], "pubsub"),
            (&[QUEUE, TIMER], "other"),
            (&[], "other"),
        ] {
            assert_eq!(trigger_attribute(&function(sources)), expected, "{sources:?}");
        }
        assert_eq!(span_kind(&function(&[QUEUE, STREAM])), "consumer");
        assert_eq!(span_kind(&function(&[TIMER])), "server");
    }

    #[test]
    fn the_parent_is_the_segment_of_a_sampled_trace() {
        let header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=";
        let parent_of = |sampled| parent_span_context(&format!("{header}{sampled}"));
        let kept = parent_of("1").unwrap();
        assert_eq!(kept.trace_id().to_string(), "5759e988bd862e3fe1be46a994272793");
        assert_eq!(kept.span_id().to_string(), "53995c3f42cd8ad8");
        assert!(kept.is_sampled() && kept.is_remote());
        assert!(parent_of("0").is_none());
    }

    #[test]
    fn an_invalid_header_has_no_parent() {
        for header in [
            "",
            "Root=1-x-y;Parent=53995c3f42cd8ad8;Sampled=1",
            "Root=2-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
            "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1",
            "Root=1-00000000-000000000000000000000000;Parent=53995c3f42cd8ad8;Sampled=1",
        ] {
            assert!(parent_span_context(header).is_none(), "{header}");
        }
    }

    #[test]
    fn the_resource_has_no_alias() {
        let arn = "arn:aws:lambda:eu-central-1:123456789012:function:shop-submit";
        assert_eq!(
            resource_and_account(&format!("{arn}:live")),
            (arn.to_owned(), Some("123456789012"))
        );
        assert_eq!(resource_and_account(arn), (arn.to_owned(), Some("123456789012")));
        assert_eq!(resource_and_account("").1, None);
    }
}
