//! OpenTelemetry: sends the spans of `tracing`, within a span for each invocation, to a collector by OTLP over HTTP. Spans
//! are buffered while a handler runs, and sent after its answer was posted and before the next event is requested. So
//! callers do not wait for them, and Lambda does not freeze the process while a request is half sent.
//!
//! The collector runs beside the function as an extension, at `localhost:4318` by default; `OTEL_EXPORTER_OTLP_ENDPOINT`
//! sets another address. The SDK reads OpenTelemetry's other environment variables: for headers, timeouts, samplers
//! and resources, and for switching it off.

mod http_client;
mod processor;
mod resource;
pub(crate) mod span;

use std::env::var;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{
    Protocol, RetryPolicy, SpanExporter, WithExportConfig as _, WithHttpConfig as _,
};
use opentelemetry_sdk::trace::{SdkTracerProvider, SpanExporter as _, Tracer};
use tracing::Subscriber;
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::registry::LookupSpan;

use processor::{BufferingProcessor, SpanSender};

use crate::{Context, messages};

/// How long the process may take at its end to send its last spans. Lambda gives a process half a second to end.
const LAST_FLUSH: Duration = Duration::from_millis(100);

/// The sender of the spans of this process. It is set only if spans are sent.
static SENDER: OnceLock<Arc<SpanSender>> = OnceLock::new();

/// Makes the layer that turns spans of `tracing` into spans of OpenTelemetry. Returns `None` if the environment
/// disables the sending of spans. The error says why no spans can be sent. `local` says that the process runs outside
/// Lambda.
pub(crate) fn span_layer<S>(local: bool) -> Result<Option<OpenTelemetryLayer<S, Tracer>>, String>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    if !is_enabled(local, |name| var(name).ok()) {
        return Ok(None);
    }
    let mut exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(http_client::CollectorClient)
        .with_protocol(Protocol::HttpBinary)
        // A retry would block the only thread of the process.
        .with_retry_policy(RetryPolicy::disabled())
        .build()
        .map_err(|why| messages::observability::no_spans(&why))?;
    let resource = resource::detect_resource(|name| var(name).ok());
    exporter.set_resource(&resource);
    let sender = Arc::new(SpanSender::new(exporter));
    let provider = SdkTracerProvider::builder()
        .with_resource(resource)
        .with_span_processor(BufferingProcessor(Arc::clone(&sender)))
        .build();
    let tracer = provider.tracer("skylift");
    // For code that uses OpenTelemetry directly. It also keeps the provider alive, which would be dropped here.
    opentelemetry::global::set_tracer_provider(provider);
    let _ = SENDER.set(sender);
    Ok(Some(tracing_opentelemetry::layer().with_tracer(tracer)))
}

/// Returns whether this process sends its spans to a collector. Outside Lambda (`local`) it sends them only if the
/// environment has the endpoint of a collector. `variable` returns the value of an environment variable.
fn is_enabled(local: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let is = |name, value: &str| variable(name).is_some_and(|it| it.eq_ignore_ascii_case(value));
    if is("OTEL_SDK_DISABLED", "true") || is("OTEL_TRACES_EXPORTER", "none") {
        return false;
    }
    let endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
    !local || endpoints.iter().any(|name| variable(name).is_some_and(|it| !it.is_empty()))
}

/// Records that an invocation starts, so that spans may be sent until the deadline of the invocation.
pub(crate) fn invocation_started(context: &Context) {
    if let Some(sender) = SENDER.get() {
        sender.extend_deadline(context.deadline());
    }
}

/// Sends the spans that remain when the process ends. Gives up after a short time.
pub(crate) async fn stop() {
    if let Some(sender) = SENDER.get() {
        sender.set_deadline(SystemTime::now() + LAST_FLUSH);
        sender.flush().await;
    }
}

/// Sends the spans that are buffered. Does nothing if this process sends no spans.
pub(crate) async fn flush_spans() {
    if let Some(sender) = SENDER.get() {
        sender.flush().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_sent_in_lambda_and_elsewhere_if_there_is_an_endpoint() {
        let enabled = |local, variables: &[(&str, &str)]| {
            let find = |name: &str| variables.iter().find(|(known, _)| *known == name);
            is_enabled(local, |name| find(name).map(|(_, value)| (*value).to_owned()))
        };
        let endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318");
        assert!(enabled(false, &[]));
        assert!(!enabled(true, &[]));
        assert!(enabled(true, &[endpoint]));
        assert!(enabled(true, &[("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://a/v1/traces")]));
        assert!(!enabled(false, &[endpoint, ("OTEL_SDK_DISABLED", "TRUE")]));
        assert!(!enabled(false, &[endpoint, ("OTEL_TRACES_EXPORTER", "none")]));
    }
}
