//! [`SourceEntry`]: what the entry of a function says of the sources that trigger it. Each source's own room
//! has the value.

/// A source of events.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SourceEntry {
    /// Its name, as attributes have it: `s3`.
    pub name: &'static str,
    /// `faas.trigger` of a span, as the "Semantic conventions for `FaaS` spans" of OpenTelemetry have it:
    /// `datasource`, `http`, `pubsub`, `timer` or `other`.
    pub trigger: &'static str,
}
