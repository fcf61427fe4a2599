//! The properties that all triggers of a source share: the types of its events, and how it invokes a
//! function. Each source defines them once, in its file, as a [`SourceFacts`].

use super::payload_schema::PayloadSchema;

/// The properties that all triggers of a source share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceFacts {
    /// The types of its events; empty if handlers get requests.
    pub events: &'static [EventType],
    /// How it invokes a function.
    pub invocation: InvocationMode,
    /// Whether its events are ticks of a schedule, which can also keep a function warm.
    pub is_tick: bool,
}

/// How a source invokes a function. AWS: "Understanding Lambda function invocation methods".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvocationMode {
    /// No caller waits for the result, and Lambda drops an event after three attempts.
    Asynchronous,
    /// A client waits for the response to a request, whose payload has this schema.
    Request(&'static PayloadSchema),
    /// Lambda polls the source, which keeps failed records.
    Polled,
}

/// A Rust type for the events of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventType {
    /// The type's name, without the path to it.
    pub name: &'static str,
    /// Whether it is one record of a batch. The runtime then calls the handler once for each record.
    pub record: bool,
    /// The schema of its JSON, if it is known. The user defines the JSON of a message.
    pub schema: Option<&'static PayloadSchema>,
}

impl EventType {
    /// Creates the type of a whole event.
    pub(super) const fn whole(name: &'static str) -> Self {
        Self { name, record: false, schema: None }
    }

    /// Adds the schema of the JSON.
    pub(super) const fn with_schema(self, schema: &'static PayloadSchema) -> Self {
        Self { schema: Some(schema), ..self }
    }

    /// Creates the type of one record of an event.
    pub(super) const fn record(name: &'static str) -> Self {
        Self { name, record: true, schema: None }
    }
}

/// A source: its names, and the properties of its triggers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceInfo {
    /// The source's name in the grammar, and in traces.
    pub name: &'static str,
    /// The name of the source's type in the runtime.
    pub runtime_name: &'static str,
    /// The properties that all its triggers share.
    pub facts: &'static SourceFacts,
}
