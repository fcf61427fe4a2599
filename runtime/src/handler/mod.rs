//! Handlers: the user's functions, and the code that calls them. This module has only payloads and Rust types;
//! the modules of sources, resources and hosts use it.

pub(crate) mod delivery;
pub(crate) mod function;
mod idempotency;
pub(crate) mod init;
pub(crate) mod output;
pub(crate) mod parameter;
pub(crate) mod parts;
pub(crate) mod shutdown;

pub use delivery::{Deliverer, Delivery, EventHandler};
pub use function::{
    DirectEvent, direct_handler, eventless_handler, input_handler, triggered_handler,
};
pub use init::{InitOutput, state_builder};
pub use output::HandlerOutput;
pub use parameter::FromInvocation;
#[cfg(feature = "http")]
pub(crate) use parameter::call_from_request;
