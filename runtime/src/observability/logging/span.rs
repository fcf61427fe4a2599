//! The span of an invocation, with what tells one invocation from the others. What is logged within
//! it, however deep, has its fields.

use std::fmt::Arguments;

use tracing::Span;

use crate::invocation::process::is_cold;
use crate::observability::settings;
use crate::observability::trace_header::TraceHeader;
use crate::registry::Function;
use crate::{Context, Error};

/// Where the span comes from: a filter that lets nothing else through lets it through, so that
/// whatever is logged has its ids.
pub(super) const TARGET: &str = "skylift::invocation";

/// The fields of the span, as Lambda and its other runtimes name them.
pub(super) const FIELDS: [&str; 4] = ["requestId", "functionName", "coldStart", "xrayTraceId"];

/// The span of an invocation.
pub(crate) fn span(function: &Function, context: &Context) -> Span {
    begin(function, context, is_cold(context))
}

/// The span, where it is known whether the process was started for it.
#[cfg_attr(not(feature = "otel"), expect(unused_variables, reason = "lines do not tell"))]
pub(super) fn begin(function: &Function, context: &Context, cold: bool) -> Span {
    let name = context.function_name();
    #[cfg(feature = "otel")]
    let (otel_name, otel_kind) =
        (Some(name), Some(crate::observability::otel::span::kind(function)));
    #[cfg(not(feature = "otel"))]
    let (otel_name, otel_kind) = (None::<&str>, None::<&str>);
    let span = tracing::error_span!(
        target: TARGET,
        parent: None,
        "invocation",
        requestId = context.request_id(),
        functionName = name,
        coldStart = cold,
        xrayTraceId = trace(context),
        // Read by the layer of OpenTelemetry, and by nobody else.
        otel.name = otel_name,
        otel.kind = otel_kind,
    );
    #[cfg(feature = "otel")]
    crate::observability::otel::span::begun(&span, context, function, cold);
    span
}

/// Writes that an invocation failed, with the same fields: its span is over, or never began.
pub(crate) fn failed(context: &Context, error: &Error, message: Arguments<'_>) {
    tracing::error!(
        target: settings::TARGET,
        requestId = context.request_id(),
        functionName = context.function_name(),
        coldStart = is_cold(context),
        xrayTraceId = trace(context),
        errorType = error.name(),
        "{message}"
    );
}

fn trace(context: &Context) -> Option<&str> {
    context.trace_id().and_then(|header| TraceHeader::read(header).root)
}
