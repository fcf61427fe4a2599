//! OpenTelemetry: the spans of `tracing`, with one for each invocation around them, to a collector by
//! OTLP over HTTP. They are gathered while a handler runs and sent when its answer was posted, before
//! the next event is asked for: nobody waits for them, and Lambda freezes no half-sent request.
//!
//! A collector runs beside the function as an extension, at `localhost:4318`, unless
//! `OTEL_EXPORTER_OTLP_ENDPOINT` says otherwise. The variables of OpenTelemetry's specification for
//! headers, timeouts, samplers, resources and switching it off are those of its SDK.

mod client;
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

use processor::{Gathering, Sender};

use crate::Context;

/// What is left for the last spans of the half second that Lambda gives a process to end.
const AT_THE_END: Duration = Duration::from_millis(100);

/// What sends the spans of this process, where any are sent.
static SENDER: OnceLock<Arc<Sender>> = OnceLock::new();

/// The layer that makes spans of OpenTelemetry of those of `tracing`; none where the environment says
/// that nobody takes them, or why there can be none.
pub(crate) fn layer<S>(local: bool) -> Result<Option<OpenTelemetryLayer<S, Tracer>>, String>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    if !is_wanted(local, |name| var(name).ok()) {
        return Ok(None);
    }
    let mut exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(client::Client)
        .with_protocol(Protocol::HttpBinary)
        // It would put the process's one thread to sleep.
        .with_retry_policy(RetryPolicy::disabled())
        .build()
        .map_err(|error| format!("no spans are sent: {error}"))?;
    let resource = resource::of(|name| var(name).ok());
    exporter.set_resource(&resource);
    let sender = Arc::new(Sender::new(exporter));
    let provider = SdkTracerProvider::builder()
        .with_resource(resource)
        .with_span_processor(Gathering(Arc::clone(&sender)))
        .build();
    let tracer = provider.tracer("skylift");
    // For whoever uses OpenTelemetry's own interface. It keeps the provider, which would end with us.
    opentelemetry::global::set_tracer_provider(provider);
    let _ = SENDER.set(sender);
    Ok(Some(tracing_opentelemetry::layer().with_tracer(tracer)))
}

/// On a developer's machine nobody listens, unless the environment says so.
fn is_wanted(local: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let is = |name, value: &str| variable(name).is_some_and(|it| it.eq_ignore_ascii_case(value));
    if is("OTEL_SDK_DISABLED", "true") || is("OTEL_TRACES_EXPORTER", "none") {
        return false;
    }
    let endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
    !local || endpoints.iter().any(|name| variable(name).is_some_and(|it| !it.is_empty()))
}

/// An invocation begins: what is sent from now on has until its deadline.
pub(crate) fn begin(context: &Context) {
    if let Some(sender) = SENDER.get() {
        sender.begin(context.deadline());
    }
}

/// The process ends.
pub(crate) async fn stop() {
    if let Some(sender) = SENDER.get() {
        sender.end(SystemTime::now() + AT_THE_END);
        sender.settle().await;
    }
}

/// Sends what was gathered.
pub(crate) async fn settle() {
    if let Some(sender) = SENDER.get() {
        sender.settle().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_sent_from_lambda_and_elsewhere_where_somebody_listens() {
        let wanted = |local, variables: &[(&str, &str)]| {
            let find = |name: &str| variables.iter().find(|(known, _)| *known == name);
            is_wanted(local, |name| find(name).map(|(_, value)| (*value).to_owned()))
        };
        let endpoint = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318");
        assert!(wanted(false, &[]));
        assert!(!wanted(true, &[]));
        assert!(wanted(true, &[endpoint]));
        assert!(wanted(true, &[("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://a/v1/traces")]));
        assert!(!wanted(false, &[endpoint, ("OTEL_SDK_DISABLED", "TRUE")]));
        assert!(!wanted(false, &[endpoint, ("OTEL_TRACES_EXPORTER", "none")]));
    }
}
