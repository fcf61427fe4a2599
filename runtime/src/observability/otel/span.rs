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
    let parent = context.trace_id().and_then(parse_parent_span);
    if let Some(parent) = parent {
        let parent = opentelemetry::Context::new().with_remote_span_context(parent);
        // Fails only for a span that has already started.
        let _ = span.set_parent(parent);
    }
    span.set_attribute("faas.invocation_id", context.request_id().to_owned());
    span.set_attribute("faas.trigger", choose_faas_trigger(function));
    span.set_attribute("faas.coldstart", cold);
    let arn = split_function_arn(context.invoked_function_arn());
    if let Some(account) = arn.account {
        span.set_attribute("cloud.account.id", account.to_owned());
        span.set_attribute("cloud.resource_id", arn.unqualified);
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
    if choose_faas_trigger(function) == "pubsub" { "consumer" } else { "server" }
}

/// Returns the value of the span attribute `faas.trigger`, which the event sources of the function define. The value
/// is `other` if the sources differ or if the function has no source.
fn choose_faas_trigger(function: &FunctionEntry) -> &'static str {
    let mut kinds = function.sources.iter().map(|source| source.trigger);
    match kinds.next() {
        Some(first) if kinds.all(|kind| kind == first) => first,
        _ => "other",
    }
}

/// The parts of the ARN by which a function was invoked.
#[derive(Debug, PartialEq, Eq)]
struct FunctionArn<'a> {
    /// The ARN of the function without the alias or version.
    unqualified: String,
    /// The id of the AWS account of the function; `None` if the ARN has none.
    account: Option<&'a str>,
}

/// Splits the ARN by which a function was invoked into the parts that the span of the invocation has as attributes.
fn split_function_arn(arn: &str) -> FunctionArn<'_> {
    let parts: Vec<&str> = arn.splitn(8, ':').collect();
    let unqualified = parts.iter().take(7).copied().collect::<Vec<_>>().join(":");
    let account = parts.get(4).copied().filter(|account| !account.is_empty());
    FunctionArn { unqualified, account }
}

/// Returns the X-Ray span that the invocation with this trace header belongs to. Returns `None` if the header is
/// invalid or if X-Ray did not sample the request. In the latter case the X-Ray span does not exist, so the
/// invocation starts a new trace: otherwise there would be no trace wherever X-Ray tracing is not active.
fn parse_parent_span(header: &str) -> Option<SpanContext> {
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
            assert_eq!(choose_faas_trigger(&function(sources)), expected, "{sources:?}");
        }
        assert_eq!(span_kind(&function(&[QUEUE, STREAM])), "consumer");
        assert_eq!(span_kind(&function(&[TIMER])), "server");
    }

    #[test]
    fn the_parent_is_the_segment_of_a_sampled_trace() {
        let header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=";
        let parent_of = |sampled| parse_parent_span(&format!("{header}{sampled}"));
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
            assert!(parse_parent_span(header).is_none(), "{header}");
        }
    }

    #[test]
    fn the_resource_has_no_alias() {
        let arn = "arn:aws:lambda:eu-central-1:123456789012:function:shop-submit";
        let split = FunctionArn { unqualified: arn.to_owned(), account: Some("123456789012") };
        assert_eq!(split_function_arn(&format!("{arn}:live")), split);
        assert_eq!(split_function_arn(arn), split);
        assert_eq!(split_function_arn("").account, None);
    }
}
