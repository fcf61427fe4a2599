//! Observability: what can be seen of the process from outside. Log lines, metrics and spans carry the ids of
//! the invocation that they belong to. Each part but the runtime's own log is a Cargo feature, and nothing of
//! it is there without.

#[cfg(feature = "_invocation")]
pub(crate) mod current;
pub(crate) mod lifetime;
pub(crate) mod log;
#[cfg(feature = "tracing")]
pub(crate) mod logging;
#[cfg(feature = "metrics")]
pub mod metrics;
#[cfg(feature = "otel")]
pub(crate) mod otel;
#[cfg(feature = "_invocation")]
pub(crate) mod scope;
pub(crate) mod settings;
pub(crate) mod timestamp;
#[cfg(any(feature = "metrics", feature = "tracing"))]
pub(crate) mod trace_header;
