//! [`SourceEntry`]: the registry entry of an event source that triggers functions. The module of each source
//! defines its own entry.

/// The registry entry of an event source.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SourceEntry {
    /// The name of the source in attributes, such as `s3`.
    pub name: &'static str,
    /// The value of the span attribute `faas.trigger` for invocations by this source, from OpenTelemetry's
    /// "Semantic conventions for `FaaS` spans": `datasource`, `http`, `pubsub`, `timer` or `other`.
    pub trigger: &'static str,
}
