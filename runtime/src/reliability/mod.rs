//! Reliability: functions that are idempotent, and functions whose work continues in a later invocation.

pub(crate) mod idempotency;
pub mod resume;
