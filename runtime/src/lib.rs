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
//! | what a handler may do with resources | [`Reader`], [`Writer`], [`ReadWriter`], [`Sender`], [`Publisher`], [`Putter`], [`Invoker`] |
//! | the resources and their typed clients | [`mod@resource`] |
//! | what a handler fails with | [`Error`], or any error with a text |
//! | an answer that comes bit by bit | [`Streaming`] |
//! | what is done before the process ends | [`on_shutdown`] |
//! | HTTP handlers | `http`, with the feature of that name |
//! | all of it at once | [`prelude`] |
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "_http")]
mod aws;
mod capability;
mod cold_start;
mod context;
mod decode;
mod error;
pub mod event;
mod handler;
mod host;
#[cfg(feature = "http")]
pub mod http;
mod idempotency;
mod log;
pub mod prelude;
mod race;
mod registry;
pub mod resource;
mod shutdown;
pub mod source;
mod state;
pub mod streaming;
#[cfg(test)]
mod testing;
mod tick;

pub use capability::{Invoker, Publisher, Putter, ReadWriter, Reader, Sender, Writer};
pub use context::Context;
pub use error::Error;
pub use shutdown::on_shutdown;
pub use skylift_macros::{Event, function, init, main, resource};
pub use source::{Event, TriggeredBy};
pub use state::State;
pub use streaming::Streaming;
