//! [`SourceEntry`]: the entry of a source that triggers a function. The module of each source defines its
//! value.

/// A source of events.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SourceEntry {
    /// The source's name in attributes, such as `s3`.
    pub name: &'static str,
    /// The attribute `faas.trigger` of a span, by OpenTelemetry's "Semantic conventions for `FaaS` spans":
    /// `datasource`, `http`, `pubsub`, `timer` or `other`.
    pub trigger: &'static str,
}
