//! The marker of HTTP and its value for the registry, whether or not its feature is on.

use crate::registry::SourceEntry;

/// An API Gateway HTTP API: `trigger = http`. Mirrors the SAM event `HttpApi`. Its handlers are axum
/// handlers, so no event type belongs to it.
pub enum Http {}

/// As registrations of functions have it.
pub const SOURCE: SourceEntry = SourceEntry { name: "http", trigger: "http" };
