//! One invocation: its context, the other things that it has besides its event, its response, and the tools
//! that all other modules use (decoding JSON, catching a panic, time limits). It imports only `error` and
//! `messages`.

pub(crate) mod call;
pub(crate) mod context;
pub(crate) mod decode;
pub(crate) mod future;
#[cfg(any(feature = "_records", feature = "idempotency"))]
pub(crate) mod idempotency;
pub(crate) mod panic;
pub(crate) mod process;
pub(crate) mod response;
pub(crate) mod resume_step;
pub(crate) mod state;
pub mod streaming;
pub(crate) mod streaming_probe;
#[cfg(any(feature = "_records", feature = "idempotency"))]
pub(crate) mod time_limit;
pub(crate) mod user_error;

pub use call::Call;
pub(crate) use call::Capabilities;
pub use context::Context;
pub use future::BoxFuture;
pub use response::FunctionResponse;
pub(crate) use response::{ResponseFuture, check_response};
pub use state::State;
pub(crate) use state::{Shared, States};
pub use streaming::Streaming;
#[cfg(any(feature = "_records", feature = "idempotency"))]
pub(crate) use time_limit::TimeLimit;
pub(crate) use user_error::catch_failure;
