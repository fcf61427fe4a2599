//! Reliability: idempotent functions, and work that continues in a later invocation.

pub(crate) mod idempotency;
pub mod resume;
