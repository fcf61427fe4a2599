//! What is the same for all triggers of a source: the types of its events, and how it invokes a
//! function. Each source says it once, in its file, as a [`SourceFacts`].

use super::payload_shape::PayloadShape;

/// What is so for every trigger of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceFacts {
    /// The types of its events; none where handlers take requests.
    pub events: &'static [EventType],
    /// How it invokes a function.
    pub invocation: InvocationMode,
    /// Whether its events are ticks of the clock, which may also keep a function warm.
    pub is_tick: bool,
}

/// How a source invokes a function. AWS: "Understanding Lambda function invocation methods".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvocationMode {
    /// Nobody waits for the answer, and Lambda drops an event after it has tried three times.
    Asynchronous,
    /// A caller waits for the answer to a request, which has this form.
    Request(&'static PayloadShape),
    /// Lambda polls the source, which keeps what failed.
    Polled,
}

/// A type that a source delivers, by its own name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventType {
    /// The type's name, without the path to it.
    pub name: &'static str,
    /// Whether it is one record of a batch, with which the handler is called once for each.
    pub record: bool,
    /// The JSON that it is read from, where its form is known; that of a message is the user's.
    pub shape: Option<&'static PayloadShape>,
}

impl EventType {
    /// The whole event.
    pub(super) const fn whole(name: &'static str) -> Self {
        Self { name, record: false, shape: None }
    }

    /// The same, read from JSON of a known form.
    pub(super) const fn with_shape(self, shape: &'static PayloadShape) -> Self {
        Self { shape: Some(shape), ..self }
    }

    /// One record of it.
    pub(super) const fn record(name: &'static str) -> Self {
        Self { name, record: true, shape: None }
    }
}

/// A source by its names, and what is so for every trigger of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceInfo {
    /// The source's name in the grammar, and in traces.
    pub name: &'static str,
    /// The runtime's name for the source.
    pub runtime_name: &'static str,
    /// The types of its events, and what else is so for every trigger of it.
    pub facts: &'static SourceFacts,
}
