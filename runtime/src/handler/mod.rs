//! Handlers: the user's functions, and how they are called. What is here sees types and payloads, and no
//! source, resource or host, which are all built on it.

pub(crate) mod delivery;
pub(crate) mod function;
pub(crate) mod init;
mod once;
pub(crate) mod outcome;
pub(crate) mod parameter;
pub(crate) mod shutdown;

pub use delivery::{Deliverer, Delivery, Handle};
pub use function::{Payload, direct, nothing, triggered};
pub use init::{Started, init};
pub use outcome::Outcome;
pub use parameter::FromInvocation;
#[cfg(feature = "http")]
pub(crate) use parameter::call_of;
