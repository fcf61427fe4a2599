//! The source `url`: the URL of a function, which Lambda serves without an API. A request has API Gateway's payload
//! format 2.0, so the handlers are those of the source `http`.

use crate::registry::SourceEntry;

/// A function URL: `trigger = url(auth = …)`. Mirrors `FunctionUrlConfig` of SAM's function. The handlers of a URL are
/// axum handlers, so this source has no event type.
pub enum Url {}

/// The registry entry of the source `url`.
pub const SOURCE: SourceEntry = SourceEntry { name: "url", trigger: "http" };
