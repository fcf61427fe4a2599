//! Observability: log lines, metrics and spans, each with the ids of the invocation that it belongs to. The runtime's
//! own log is always compiled in. Each other part is a Cargo feature, and costs nothing if the feature is not
//! enabled.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`log`] | the runtime's own log lines |
//! | [`log_format`] | the format and the level of the log, as Lambda sets them |
//! | `subscriber` | the events of `tracing` as log lines (feature `tracing`) |
//! | `metrics` | metrics in CloudWatch's embedded metric format (feature `metrics`) |
//! | `otel` | the spans of `tracing` for OpenTelemetry (feature `otel`) |
//! | `current_invocation` | finds the invocation that the running code belongs to |
//! | `handler_observation` | observes a handler, so that its log lines, metrics and spans belong to its invocation |
//! | [`lifecycle`] | starts and stops observability with the process |

#[cfg(feature = "_invocation")]
pub(crate) mod current_invocation;
#[cfg(feature = "_invocation")]
pub(crate) mod handler_observation;
pub(crate) mod lifecycle;
pub(crate) mod log;
pub(crate) mod log_format;
#[cfg(feature = "metrics")]
pub mod metrics;
#[cfg(feature = "otel")]
pub(crate) mod otel;
#[cfg(feature = "tracing")]
pub(crate) mod subscriber;
pub(crate) mod timestamp;
#[cfg(any(feature = "metrics", feature = "tracing"))]
pub(crate) mod trace_header;
