//! Skylift: annotate handlers, build, deploy. This crate is what an application depends on: the
//! attributes, the types that handlers take and return, and the hosts that call them.
//!
//! A binary with `skylift::main!()` serves every function of its package. Under AWS Lambda, `_HANDLER`
//! picks one; started by hand, a debug build serves them all on a loopback port (feature `local`): HTTP routes
//! as API Gateway would route them, and every function by AWS's Invoke API.
//!
//! | what | where |
//! | --- | --- |
//! | events that triggers deliver | [`event`] |
//! | what else a handler can take | [`Context`], [`State`] |
//! | work that takes longer than a function may | [`mod@resume`], [`Progress`], [`Resume`] |
//! | what a handler may do with resources | [`Reader`], [`Writer`], [`ReadWriter`], [`Sender`], [`Publisher`], [`Putter`], [`Invoker`] |
//! | the resources and their typed clients | [`mod@resource`] |
//! | what a handler fails with | [`Error`], or any error with a text; of a text alone, [`Error::msg`] |
//! | what becomes of what fails, and how a handler is tested | [`function`](macro@function) |
//! | an answer that comes bit by bit | [`Streaming`] |
//! | what is done before the process ends | [`on_shutdown`] |
//! | HTTP handlers | `http`, with the feature of that name |
//! | what can be seen of it from outside | [Observability](#observability) |
//! | all of it at once | [`prelude`] |
//!
//! # Observability
//!
//! Three features, each of which costs nothing where it is off:
//!
//! - **`tracing`**: events of the crate `tracing` are lines of the log, with the fields of the spans
//!   around them and the ids of their invocation: `requestId`, `functionName`, `coldStart`,
//!   `xrayTraceId`. They are JSON where the function has `log_format = json`, else text; `RUST_LOG`
//!   (`info,my_crate=debug`) or else `log_level` says which are written. The runtime's own lines and
//!   panics are among them. It is the process's subscriber before anything of yours runs: where you
//!   want another one, leave the feature off.
//! - **`metrics`**: `metric!` and the module `metrics`.
//! - **`otel`**: the spans of `tracing` go to a collector by OpenTelemetry's protocol (OTLP, protobuf
//!   over plain HTTP), within one for each invocation, after its answer was posted. The collector is at
//!   `localhost:4318`, where OpenTelemetry's layers for Lambda have it, or where
//!   `OTEL_EXPORTER_OTLP_ENDPOINT` says. `RUST_LOG` says which spans, else those of `INFO` and
//!   above. An invocation that X-Ray traces (`tracing = active`) is part of X-Ray's trace.
//!
//! The clients that capabilities lead to send the trace header of the invocation along, whichever is on. One
//! that you make yourself has to be given it, as [`Context::trace_id`] says it.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "_http")]
mod aws;
mod cold_start;
mod error;
pub mod event;
mod handler;
mod host;
#[cfg(feature = "http")]
pub mod http;
mod invocation;
mod messages;
mod observability;
pub mod prelude;
mod registry;
mod reliability;
pub mod resource;
pub mod source;
#[cfg(test)]
mod testing;

pub use error::Error;
pub use host::on_shutdown;
pub use invocation::{Context, State, Streaming, streaming};
#[cfg(feature = "metrics")]
pub use observability::metrics;
pub use reliability::resume;
pub use reliability::resume::{Progress, Resume};
pub use resource::capability::parameters::{
    Invoker, Publisher, Putter, ReadWriter, Reader, Sender, Writer,
};
pub use skylift_macros::{Event, function, init, main, resource};
pub use source::{Event, TriggeredBy};
