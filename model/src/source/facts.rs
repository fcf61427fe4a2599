//! The properties that all triggers of a source share: the types of the source's events, and how the source
//! invokes a function. Each source defines these properties once, in its file, as a [`SourceFacts`].

use super::payload_schema::PayloadSchema;

/// The properties that all triggers of a source share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceFacts {
    /// The types of the source's events; empty if handlers get requests instead of events, or if the user defines the
    /// events.
    pub events: &'static [EventType],
    /// How the source invokes a function.
    pub invocation: InvocationMode,
    /// Whether the source's events are ticks of a schedule, which can also keep a function warm.
    pub is_tick: bool,
    /// The name of the type with which a handler of a whole batch names the records that failed. `None` if the source
    /// has no such response.
    pub batch_response: Option<&'static str>,
}

impl SourceFacts {
    /// Returns whether the source delivers the event type with this name.
    #[must_use]
    pub fn has_event(&self, name: &str) -> bool {
        self.events.iter().any(|event| event.name == name)
    }

    /// Returns whether each kind of the source's triggers has an event type of its own, so that an enum of events can
    /// have several of them.
    #[must_use]
    pub fn has_event_of_each_trigger(&self) -> bool {
        self.invocation == InvocationMode::Answered
    }
}

/// How a source invokes a function. AWS: "Understanding Lambda function invocation methods".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvocationMode {
    /// No caller waits for the result, and Lambda drops an event after three attempts.
    Asynchronous,
    /// A client waits for the response to a request, whose payload has this schema.
    Request(&'static PayloadSchema),
    /// The service waits for the answer, which is the event with its response filled in. Each kind of trigger has an
    /// event type of its own.
    Answered,
    /// The service waits for the answer, which has a type of its own.
    Synchronous,
    /// No caller waits for the result, and Lambda drops an event after three attempts. The runtime sends the answer, which
    /// has a type of its own, to the service.
    Reported,
    /// Lambda polls the source, which keeps failed records.
    Polled,
}

/// A Rust type for the events of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventType {
    /// The name of the type, without the path to it.
    pub name: &'static str,
    /// Whether the type is one record of a batch. The runtime then calls the handler once for each record.
    pub record: bool,
    /// The schema of the type's JSON. `None` for a message, whose JSON the user defines.
    pub schema: Option<&'static PayloadSchema>,
    /// Where the fields of the user's type are in a record. `None` if the event type has no type of the user's.
    pub content: Option<RecordContent>,
}

/// Where the fields of the user's type are in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordContent {
    /// The field with this name has the JSON of the type.
    Json(&'static str),
    /// The record has images of an item of a table, with its attributes in DynamoDB's JSON.
    Images,
}

impl EventType {
    /// Creates the event type of a whole event, without a schema.
    pub(super) const fn whole(name: &'static str) -> Self {
        Self { name, record: false, schema: None, content: None }
    }

    /// Adds the schema of the event type's JSON.
    pub(super) const fn with_schema(self, schema: &'static PayloadSchema) -> Self {
        Self { schema: Some(schema), ..self }
    }

    /// Adds the place of the user's type in a record.
    pub(super) const fn with_content(self, content: RecordContent) -> Self {
        Self { content: Some(content), ..self }
    }

    /// Creates the event type of one record of a batch, without a schema.
    pub(super) const fn record(name: &'static str) -> Self {
        Self { name, record: true, schema: None, content: None }
    }
}

/// A source: its names, and the properties of its triggers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceInfo {
    /// The source's name in the grammar, and in traces.
    pub name: &'static str,
    /// The name of the source's type in the runtime.
    pub runtime_name: &'static str,
    /// The properties that all triggers of the source share.
    pub facts: &'static SourceFacts,
}
