//! `sqs`: a function fed with the messages of a queue.

use serde::Serialize;

use super::concurrency::Concurrency;
use super::contract::{Refusal, Source, Uses};
use super::document::Document;
use super::facts::{EventType, Facts, Invocation};
use super::placed::{Invoked, Placed, Resources, check_once};
use crate::aws::limits;
use crate::aws::mapping::Mapping;
use crate::aws::name::{ParameterName, QueueName};
use crate::aws::value::Reference;
use crate::bounded::bounded;
use crate::problem::Problems;
use crate::resource::queue::Queue;
use crate::resource::{Kind, Resource, Settings};

/// What is so for every trigger of it.
pub(super) const FACTS: &Facts = &Facts {
    events: &[
        EventType::whole("SqsEvent").of(&Document::BATCH),
        EventType::record("SqsMessage"),
        EventType::record("Message"),
    ],
    invocation: Invocation::Polled,
    is_tick: false,
};

/// Why a function that resumes cannot take the messages of a FIFO queue, and what to do.
const NEVER_RESUMES: (&str, &str) = (
    "a function that resumes cannot keep the order of a FIFO queue: the next message would overtake work that goes on later",
    "use a standard queue, or leave `resume` out",
);

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

    /// What is wrong beside the declared queue.
    fn check_queue(&self, placed: &Placed<'_, Self>, queue: &Resource, problems: &mut Problems) {
        let Settings::Queue(settings) = &queue.settings else { return };
        let (place, Invoked { timeout, resumes, .. }) = (placed.place, placed.function);
        if settings.fifo && resumes {
            problems.trigger_key(place, "queue", NEVER_RESUMES.0).help(NEVER_RESUMES.1);
        }
        if let Some((key, message)) = settings.fifo.then(|| self.check_fifo()).flatten() {
            problems.trigger_key(place, key, message);
        }
        if let Some(visibility) =
            settings.visibility.filter(|visibility| visibility.get() < timeout)
        {
            let (ident, visible) = (&queue.ident, visibility.get());
            let advised = timeout * limits::SQS_VISIBILITY_ADVISED_TIMEOUTS;
            problems
                .trigger_key(place, "queue", format!("messages of `{ident}` are visible again after {visible} s, before this function's timeout of {timeout} s is over"))
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

    fn concurrency(&self) -> Option<Concurrency> {
        self.concurrency
    }

    fn mapping(&self) -> Option<&Mapping> {
        Some(&self.mapping)
    }

    /// A function that resumes takes one message an invocation, in no order.
    fn resume(&mut self) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        let size = *self.batch_size.get_or_insert(BatchSize::ONE);
        if size != BatchSize::ONE {
            let size = size.get();
            refusals.push(Refusal {
                key: Some("batch_size"),
                message: format!("a batch of {size} messages for a function that resumes, which takes one: the others would wait for its work, and come again"),
                help: "write `batch_size = 1`, or leave it out",
            });
        }
        let fifo = match &self.queue {
            Reference::Named(name) => name.is_fifo(),
            Reference::Arn(arn) => Kind::Queue.is_fifo_name(arn),
            Reference::Own | Reference::Declared(_) | Reference::Param(_) => false,
        };
        if fifo {
            let (message, help) = NEVER_RESUMES;
            refusals.push(Refusal { key: Some("queue"), message: message.to_owned(), help });
        }
        refusals
    }

    /// A queue feeds a function once, and hides a message for as long as the function may take.
    fn check(triggers: &[Placed<'_, Self>], resources: &Resources<'_>, problems: &mut Problems) {
        for placed in triggers {
            if let Some(queue) = resources.find(placed.trigger.queue.declared()) {
                placed.trigger.check_queue(placed, queue, problems);
            }
        }
        check_once(triggers, |sqs| resources.resolve(&sqs.queue), "queue", problems);
    }
}
