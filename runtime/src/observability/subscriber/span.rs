//! Creates the `tracing` span of an invocation. The fields of the span identify the invocation, and every event
//! within the span has these fields.

use tracing::Span;

use crate::invocation::process::is_cold_start;
use crate::observability::log_format::RUNTIME_TARGET;
use crate::observability::trace_header::TraceHeader;
use crate::registry::FunctionEntry;
use crate::{Context, Error};

/// The target of the span of an invocation. Every filter allows this target, so that every log line has the fields of
/// the span.
pub(super) const SPAN_TARGET: &str = "skylift::invocation";

/// The names of the fields of the span of an invocation, as Lambda and its other runtimes name them.
pub(super) const INVOCATION_FIELDS: [&str; 4] =
    ["requestId", "functionName", "coldStart", "xrayTraceId"];

/// Creates the span of an invocation.
pub(crate) fn invocation_span(function: &FunctionEntry, context: &Context) -> Span {
    new_invocation_span(function, context, is_cold_start(context))
}

/// Creates the `tracing` span of an invocation. `cold` says that the process was started for this invocation.
#[cfg_attr(not(feature = "otel"), expect(unused_variables, reason = "only spans have a kind"))]
pub(super) fn new_invocation_span(function: &FunctionEntry, context: &Context, cold: bool) -> Span {
    let name = context.function_name();
    #[cfg(feature = "otel")]
    let (otel_name, otel_kind) =
        (Some(name), Some(crate::observability::otel::span::span_kind(function)));
    #[cfg(not(feature = "otel"))]
    let (otel_name, otel_kind) = (None::<&str>, None::<&str>);
    let span = tracing::error_span!(
        target: SPAN_TARGET,
        parent: None,
        "invocation",
        requestId = context.request_id(),
        functionName = name,
        coldStart = cold,
        xrayTraceId = parse_trace_id(context),
        // For the layer of OpenTelemetry. Log lines do not have them.
        otel.name = otel_name,
        otel.kind = otel_kind,
    );
    #[cfg(feature = "otel")]
    crate::observability::otel::span::set_start_attributes(&span, context, function, cold);
    span
}

/// Logs that an invocation failed, with the fields of its span: the span has ended or never began.
pub(crate) fn log_failure(context: &Context, error: &Error, message: &str) {
    tracing::error!(
        target: RUNTIME_TARGET,
        requestId = context.request_id(),
        functionName = context.function_name(),
        coldStart = is_cold_start(context),
        xrayTraceId = parse_trace_id(context),
        errorType = error.name(),
        "{message}"
    );
}

/// Returns the id of the X-Ray trace of an invocation, or `None` if the invocation has no trace header.
fn parse_trace_id(context: &Context) -> Option<&str> {
    context.trace_id().and_then(|header| TraceHeader::parse(header).root)
}
