//! The part of the source `http` that exists whether its feature is on or not: the marker and the registry
//! entry.

use crate::registry::SourceEntry;

/// An API Gateway HTTP API: `trigger = http`. Mirrors the SAM event `HttpApi`. The handlers of an HTTP API are
/// axum handlers, so this source has no event type.
pub enum Http {}

/// The registry entry of the source `http`.
pub const SOURCE: SourceEntry = SourceEntry { name: "http", trigger: "http" };
