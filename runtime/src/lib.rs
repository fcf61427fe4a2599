//! Skylift: annotate handlers, build, deploy. This crate is what an application depends on: the
//! attributes, the types that handlers take and return, and the hosts that call them.
//!
//! A binary with `skylift::main!()` serves every function of its package. Under AWS Lambda, `_HANDLER`
//! picks one; started by hand, it serves them all on a loopback port (feature `local`): HTTP routes
//! as API Gateway would route them, and every function by AWS's Invoke API.
//!
//! | what | where |
//! | --- | --- |
//! | events that triggers deliver | [`event`] |
//! | what else a handler can take | [`Context`], [`State`] |
//! | work that takes longer than a function may | [`mod@resume`], [`Progress`], [`Resume`] |
//! | what a handler may do with resources | [`Reader`], [`Writer`], [`ReadWriter`], [`Sender`], [`Publisher`], [`Putter`], [`Invoker`] |
//! | the resources and their typed clients | [`mod@resource`] |
//! | what a handler fails with | [`Error`], or any error with a text |
//! | HTTP handlers | `http`, with the feature of that name |
//! | all of it at once | [`prelude`] |
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "_http")]
mod aws;
mod capability;
mod context;
mod decode;
mod error;
pub mod event;
mod handler;
mod host;
#[cfg(feature = "http")]
pub mod http;
mod log;
pub mod prelude;
mod registry;
pub mod resource;
pub mod resume;
pub mod source;
mod state;
#[cfg(test)]
mod testing;
mod tick;

pub use capability::{Invoker, Publisher, Putter, ReadWriter, Reader, Sender, Writer};
pub use context::Context;
pub use error::Error;
pub use resume::{Progress, Resume};
pub use skylift_macros::{Event, function, init, main, resource};
pub use source::{Event, TriggeredBy};
pub use state::State;
