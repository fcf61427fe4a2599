//! Reliability: work that is done once for a key, and work that goes on in a later invocation.

pub(crate) mod idempotency;
pub mod resume;
