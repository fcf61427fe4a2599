//! The source `http`, whether its feature is on or not: its marker and its registry entry.

use crate::registry::SourceEntry;

/// An API Gateway HTTP API: `trigger = http`. Mirrors the SAM event `HttpApi`. Its handlers are axum
/// handlers, so no event type belongs to it.
pub enum Http {}

/// The entry for the registry.
pub const SOURCE: SourceEntry = SourceEntry { name: "http", trigger: "http" };
