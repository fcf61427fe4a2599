//! `sqs`: a function fed with the messages of a queue.

use serde::Serialize;

use super::{Document, EventType, Place, Source, Uses};
use crate::App;
use crate::bounded::bounded;
use crate::limits;
use crate::mapping::{self, Mapping};
use crate::name::{ParameterName, QueueName};
use crate::problem::Problems;
use crate::resource::queue::Queue;
use crate::resource::{Kind, Settings};
use crate::value::Reference;

/// The types of its events.
pub(super) const TYPES: &[EventType] = &[
    EventType::whole("SqsEvent").of(&Document::BATCH),
    EventType::record("SqsMessage"),
    EventType::record("Message"),
];

/// What a filter can be about. AWS: "Using event filtering with an Amazon SQS event source".
pub const RECORD_FIELDS: &[&str] = &[
    "body",
    "messageAttributes",
    "attributes",
    "messageId",
    "receiptHandle",
    "md5OfBody",
    "md5OfMessageAttributes",
    "eventSource",
    "eventSourceARN",
    "awsRegion",
];

bounded! {
    /// How many messages one invocation gets at the most; Lambda's default is 10.
    BatchSize: limits::SQS_BATCH_SIZE, "batch size", "";
    /// How many invocations the queue may have at once.
    MaxConcurrency: limits::SQS_MAX_CONCURRENCY, "maximum concurrency", "";
    /// How many messages of one batch the runtime works on at once.
    Concurrency: limits::SQS_CONCURRENCY, "concurrency", "", of "Skylift";
}

impl Concurrency {
    /// That of a trigger that says nothing.
    pub const DEFAULT: Self = Self(limits::DEFAULT_SQS_CONCURRENCY);
}

impl BatchSize {
    /// A message an invocation.
    pub const ONE: Self = Self(1);
}

/// A trigger on a queue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sqs {
    /// The queue.
    pub queue: Reference<QueueName>,
    /// How many messages one invocation gets at the most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<BatchSize>,
    /// How many invocations the queue may have at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_concurrency: Option<MaxConcurrency>,
    /// How many messages of one batch the runtime works on at once; nothing that the template says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concurrency: Option<Concurrency>,
    /// What every mapping has.
    #[serde(flatten)]
    pub mapping: Mapping,
}

impl Sqs {
    /// What a FIFO queue does not take, with the key that asks for it.
    #[must_use]
    pub fn check_fifo(&self) -> Option<(&'static str, String)> {
        if let Some(size) = self.batch_size.filter(|size| size.get() > limits::SQS_FIFO_BATCH_SIZE)
        {
            let most = limits::SQS_FIFO_BATCH_SIZE;
            return Some((
                "batch_size",
                format!(
                    "batch size of {} on a FIFO queue, which gives {most} at the most",
                    size.get()
                ),
            ));
        }
        let window = self.mapping.batch_window.filter(|window| window.get() > 0);
        window
            .map(|_| ("batch_window", "batch window on a FIFO queue, which takes none".to_owned()))
    }

    /// A standard queue gathers more than ten messages only over a window.
    #[must_use]
    pub fn check_window(&self) -> Option<String> {
        let size = self.batch_size?.get();
        let none = self.mapping.batch_window.is_none_or(|window| window.get() == 0);
        let most = limits::SQS_BATCH_SIZE_WITHOUT_WINDOW;
        (none && size > most).then(|| format!("batch size of {size} needs a batch window: without one, a batch has {most} messages at the most"))
    }

    fn check_queue(&self, place: Place, app: &App, problems: &mut Problems) {
        let Some(resource) = self.queue.declared().and_then(|ident| app.resource(ident)) else {
            return;
        };
        let Settings::Queue(queue) = &resource.settings else {
            return;
        };
        if let Some((key, message)) = queue.fifo.then(|| self.check_fifo()).flatten() {
            place.key(key, problems, message);
        }
        let timeout = app.functions[place.function].timeout(&app.defaults).get();
        if let Some(visibility) = queue.visibility.filter(|visibility| visibility.get() < timeout) {
            let (ident, visible) = (&resource.ident, visibility.get());
            let advised = timeout * limits::SQS_VISIBILITY_ADVISED_TIMEOUTS;
            place
                .key("queue", problems, format!("messages of `{ident}` are visible again after {visible} s, before this function's timeout of {timeout} s is over"))
                .help(format!("Lambda refuses such a queue: give `{ident}` a visibility of {advised} s, {} times the timeout, or lower the timeout", limits::SQS_VISIBILITY_ADVISED_TIMEOUTS));
        }
    }
}

impl Source for Sqs {
    fn uses(&self) -> Option<Uses<'_>> {
        self.queue.declared().map(|ident| Uses { key: "queue", ident, kind: Kind::Queue })
    }

    fn own(&self) -> Option<(&'static str, Settings)> {
        (self.queue == Reference::Own).then(|| ("Queue", Settings::Queue(Queue::default())))
    }

    fn take_own(&mut self, ident: &str) {
        self.queue = Reference::Declared(ident.to_owned());
    }

    fn is_typed(&self) -> bool {
        true
    }

    fn parameters(&self) -> Vec<(&ParameterName, &'static str)> {
        let queue = self.queue.param().map(|name| (name, Kind::Queue.parameter()));
        queue.into_iter().chain(self.mapping.parameters()).collect()
    }

    fn summary(&self) -> String {
        self.queue.described("sqs queue")
    }
}

/// A queue feeds a function once, and is hidden for as long as the function may take.
pub(super) fn check(triggers: &[(Place, &Sqs)], app: &App, problems: &mut Problems) {
    for (place, sqs) in triggers {
        sqs.check_queue(*place, app, problems);
    }
    mapping::check_once(triggers, |sqs| sqs.queue.in_app(app), "queue", problems);
}
