//! Skylift turns annotated Rust functions into a deployable serverless application on AWS.
//!
//! You write a handler and say what triggers it. `cargo build` then makes the Lambda binary, and the SAM and
//! CloudFormation templates that deploy it. This crate is what an application depends on: the attributes, the types that
//! handlers take and return, the typed clients of AWS resources, and the runtime.
//!
//! ```
//! use serde::{Deserialize, Serialize};
//! use skylift::{Error, function};
//!
//! #[derive(Deserialize)]
//! struct Order { article: String, count: u32 }
//!
//! #[derive(Serialize)]
//! struct Receipt { total: u32 }
//!
//! /// Deployed as a Lambda function of its own.
//! #[function(memory = 256)]
//! async fn submit(order: Order) -> Result<Receipt, Error> {
//!     if order.count == 0 {
//!         return Err(Error::new("EmptyOrder", format!("no {} ordered", order.article)));
//!     }
//!     Ok(Receipt { total: 199 * order.count })
//! }
//! ```
//!
//! A binary with `skylift::main!();` serves every function of its package. In AWS Lambda, the environment variable
//! `_HANDLER` selects one. Started on a developer's machine, a debug build serves all of them on a loopback port (feature
//! `local`): HTTP routes as API Gateway routes them, and every function by AWS's Invoke API.
//!
//! # Where to find what
//!
//! | topic | item |
//! | --- | --- |
//! | a page for each source, each kind of resource and each question | [`guide`] |
//! | declaring a function: triggers, settings, retries, dead letters, testing | [`function`](macro@function) |
//! | declaring a resource | [`resource`](macro@resource) |
//! | state that is made once per process | [`init`](macro@init), [`State`] |
//! | the binary | [`main`](macro@main) |
//! | the events that triggers deliver | [`event`], [`Event`](macro@Event) |
//! | what else a handler can take | [`Context`], [`State`] |
//! | what a handler can do with resources | [`Reader`], [`Writer`], [`ReadWriter`], [`DownloadSigner`], [`UploadSigner`], [`Sender`], [`Publisher`], [`Putter`], [`Starter`], [`Invoker`] |
//! | the resources and their typed clients | [`mod@resource`] |
//! | errors of handlers | [`Error`], or any error type with a `Display`; for a plain message, [`Error::msg`] |
//! | work that takes longer than a function may run | [`mod@resume`], [`Progress`], [`Resume`] |
//! | a response that is sent piece by piece | [`Streaming`] |
//! | code that runs before the process ends | [`on_shutdown`] |
//! | HTTP handlers (feature `http`) | `http` |
//! | logs, metrics and traces | [Observability](#observability) |
//! | the most common items together | [`prelude`] |
//!
//! # Cargo features
//!
//! Each event source, each typed client and each part of the observability is a feature, so that a binary contains only
//! what it uses. Only `local` is enabled by default.
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `local` | the host for a developer's machine, in debug builds |
//! | `s3`, `sqs`, `sns`, `event`, `logs`, `cognito`, `alexa`, `custom_resource`, `deployment_hook`, `kinesis`, `dynamodb`, `msk`, `kafka`, `mq`, `documentdb`, `schedule` | the [events](event) of the source |
//! | `http` | axum handlers behind an API Gateway HTTP API |
//! | `url` | axum handlers behind the URL of a function, which can stream |
//! | `bucket`, `table`, `queue`, `topic`, `stream`, `bus`, `secret`, `parameter`, `state_machine`, `invoke` | the [typed client](mod@resource) of the resource |
//! | `bucket-sdk` | `client()` of the typed client of a bucket, which returns the client of the AWS SDK |
//! | `aws` | `aws::config()`, the configuration of the typed clients for other services |
//! | `idempotency` | `idempotent(…)` of [`function`](macro@function) |
//! | `resume` | `resume = queue` of [`function`](macro@function), see [`mod@resume`] |
//! | `tracing`, `metrics`, `otel` | [observability](#observability) |
//!
//! # Observability
//!
//! - **`tracing`**: events of the crate `tracing` are log lines, with the fields of the spans around them and the ids of
//!   their invocation: `requestId`, `functionName`, `coldStart`, `xrayTraceId`. The lines are JSON if the function has
//!   `log_format = json`, else text. `RUST_LOG` (`info,my_crate=debug`) selects which events are logged; if it is not
//!   set, `log_level` does; the default is `INFO`. The runtime's own lines and panics are events too. The feature
//!   installs the subscriber of the process before any of your code runs: to use another subscriber, do not enable it.
//! - **`metrics`**: [`metric!`](crate::metric) and the module [`metrics`].
//! - **`otel`**: the spans of `tracing` are sent to a collector by OpenTelemetry's protocol (OTLP, protobuf over plain
//!   HTTP), within a span for each invocation, after the answer of the invocation was posted. The collector is at
//!   `localhost:4318`, the address of OpenTelemetry's layers for Lambda; `OTEL_EXPORTER_OTLP_ENDPOINT` sets another.
//!   `RUST_LOG` selects which spans are sent; the default is `INFO` and above. An invocation that X-Ray traces
//!   (`tracing = active`) is part of X-Ray's trace.
//!
//! The typed clients send the trace header of the invocation with every request, whichever feature is enabled, and so does a
//! client with the configuration of `aws::config()`. Any other client has to be given the header: [`Context::trace_id`]
//! returns it.
//!
//! # Public dependencies
//!
//! Types and traits of these crates are part of the public interface. A new major version of one of them (for `0.x`, a new
//! minor version) is a new major version of Skylift:
//!
//! | crate | where | feature |
//! | --- | --- | --- |
//! | `serde`, `serde_json` | events, answers, messages and items; `serde_json::Value` if a resource names no type | |
//! | `bytes` | the content of objects, the chunks of [`Streaming`] | |
//! | `futures-core` | the trait `Stream` in [`Streaming::from_stream`] | |
//! | `aws_lambda_events` | [`event`] | `s3`, `sqs`, `sns`, `event`, `logs`, `cognito`, `kinesis`, `dynamodb`, `schedule` |
//! | `axum`, `http` | the module `http` | `http` |
//! | `aws-sdk-sqs`, `aws-sdk-sns`, `aws-sdk-kinesis`, `aws-sdk-eventbridge`, `aws-sdk-dynamodb`, `aws-sdk-secretsmanager`, `aws-sdk-ssm`, `aws-sdk-lambda`, `aws-sdk-s3` | `client()` of the typed clients | that of the client; `bucket-sdk` for S3 |
//! | `aws-types` | `aws::config()` | `aws` |
//! | `tokio` | handlers run on a current-thread runtime of it | |
//! | `tracing`, `opentelemetry` | the global subscriber and the global tracer provider | `tracing`, `otel` |
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "aws")]
#[cfg_attr(docsrs, doc(cfg(feature = "aws")))]
pub mod aws;
#[cfg(all(feature = "_connector", not(feature = "aws")))]
mod aws;
mod cold_start;
mod const_text;
mod error;
pub mod event;
#[cfg(any(doc, doctest))]
pub mod guide;
mod handler;
mod host;
#[cfg_attr(not(feature = "http"), doc(hidden))]
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
pub mod http;
mod invocation;
mod messages;
mod observability;
pub mod prelude;
mod probe;
mod registry;
mod reliability;
pub mod resource;
mod sealed;
pub mod source;
mod stand_in;
#[cfg(test)]
mod testing;

pub use error::Error;
pub use host::on_shutdown;
pub use invocation::{Context, State, Streaming, streaming};
#[cfg(feature = "metrics")]
#[cfg_attr(docsrs, doc(cfg(feature = "metrics")))]
pub use observability::metrics;
pub use reliability::resume;
pub use reliability::resume::{Progress, Resume};
pub use resource::calls;
pub use resource::capability::parameters::{
    DownloadSigner, Invoker, Publisher, Putter, ReadWriter, Reader, Sender, Starter, UploadSigner,
    Writer,
};
pub use skylift_macros::{Event, function, init, main, resource};
pub use source::{Event, TriggeredBy};
