//! `sqs`: a function fed with the messages of a queue.

use serde::Serialize;

use super::batch_concurrency::BatchConcurrency;
use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{
    LocatedTrigger, ResourcesByIdent, TriggeredFunction, check_one_trigger_per_source,
};
use super::payload_shape::PayloadShape;
use super::trigger_source::{ResumeConflict, TriggerResource, TriggerSource};
use crate::aws::limits;
use crate::aws::mapping::EventSourceMapping;
use crate::aws::name::{ParameterName, QueueName};
use crate::aws::value::ResourceReference;
use crate::bounded::bounded;
use crate::problem::Problems;
use crate::resource::queue::Queue;
use crate::resource::{Resource, ResourceKind, ResourceSettings};

/// What is so for every trigger of it.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[
        EventType::whole("SqsEvent").with_shape(&PayloadShape::BATCH),
        EventType::record("SqsMessage"),
        EventType::record("Message"),
    ],
    invocation: InvocationMode::Polled,
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
    QueueBatchSize: limits::SQS_BATCH_SIZE, "batch size", "";
    /// How many invocations the queue may have at once.
    MaxConcurrency: limits::SQS_MAX_CONCURRENCY, "maximum concurrency", "";
}

impl QueueBatchSize {
    /// A message an invocation.
    pub const ONE: Self = Self(1);
}

/// A trigger on a queue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sqs {
    /// The queue.
    pub queue: ResourceReference<QueueName>,
    /// How many messages one invocation gets at the most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<QueueBatchSize>,
    /// How many invocations the queue may have at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_concurrency: Option<MaxConcurrency>,
    /// How many messages of one batch the runtime works on at once; nothing that the template says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_concurrency: Option<BatchConcurrency>,
    /// What every mapping has.
    #[serde(flatten)]
    pub mapping: EventSourceMapping,
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
    fn check_queue(
        &self,
        placed: &LocatedTrigger<'_, Self>,
        queue: &Resource,
        problems: &mut Problems,
    ) {
        let ResourceSettings::Queue(settings) = &queue.settings else { return };
        let (index, TriggeredFunction { timeout, resumes, .. }) = (placed.index, placed.function);
        if settings.fifo && resumes {
            problems.push_for_trigger_key(index, "queue", NEVER_RESUMES.0).help(NEVER_RESUMES.1);
        }
        if let Some((key, message)) = settings.fifo.then(|| self.check_fifo()).flatten() {
            problems.push_for_trigger_key(index, key, message);
        }
        if let Some(visibility) =
            settings.visibility.filter(|visibility| visibility.get() < timeout)
        {
            let (ident, visible) = (&queue.ident, visibility.get());
            let advised = timeout * limits::SQS_VISIBILITY_ADVISED_TIMEOUTS;
            problems
                .push_for_trigger_key(index, "queue", format!("messages of `{ident}` are visible again after {visible} s, before this function's timeout of {timeout} s is over"))
                .help(format!("Lambda refuses such a queue: give `{ident}` a visibility of {advised} s, {} times the timeout, or lower the timeout", limits::SQS_VISIBILITY_ADVISED_TIMEOUTS));
        }
    }
}

impl TriggerSource for Sqs {
    fn resource(&self) -> Option<TriggerResource<'_>> {
        self.queue.declared().map(|ident| TriggerResource {
            key: "queue",
            ident,
            kind: ResourceKind::Queue,
        })
    }

    fn own_resource(&self) -> Option<(&'static str, ResourceSettings)> {
        (self.queue == ResourceReference::Own)
            .then(|| ("Queue", ResourceSettings::Queue(Queue::default())))
    }

    fn use_own_resource(&mut self, ident: &str) {
        self.queue = ResourceReference::Declared(ident.to_owned());
    }

    fn has_typed_payload(&self) -> bool {
        true
    }

    fn template_parameters(&self) -> Vec<(&ParameterName, &'static str)> {
        let queue =
            self.queue.param().map(|name| (name, ResourceKind::Queue.parameter_description()));
        queue.into_iter().chain(self.mapping.template_parameters()).collect()
    }

    fn summary(&self) -> String {
        self.queue.described("sqs queue")
    }

    fn batch_concurrency(&self) -> Option<BatchConcurrency> {
        self.batch_concurrency
    }

    fn mapping(&self) -> Option<&EventSourceMapping> {
        Some(&self.mapping)
    }

    /// A function that resumes takes one message an invocation, in no order.
    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        let mut refusals = Vec::new();
        let size = *self.batch_size.get_or_insert(QueueBatchSize::ONE);
        if size != QueueBatchSize::ONE {
            let size = size.get();
            refusals.push(ResumeConflict {
                key: Some("batch_size"),
                message: format!("a batch of {size} messages for a function that resumes, which takes one: the others would wait for its work, and come again"),
                help: "write `batch_size = 1`, or leave it out",
            });
        }
        let fifo = match &self.queue {
            ResourceReference::Named(name) => name.is_fifo(),
            ResourceReference::Arn(arn) => ResourceKind::Queue.is_fifo_name(arn),
            ResourceReference::Own
            | ResourceReference::Declared(_)
            | ResourceReference::Param(_) => false,
        };
        if fifo {
            let (message, help) = NEVER_RESUMES;
            refusals.push(ResumeConflict { key: Some("queue"), message: message.to_owned(), help });
        }
        refusals
    }

    /// A queue feeds a function once, and hides a message for as long as the function may take.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        for placed in triggers {
            if let Some(queue) = resources.find(placed.trigger.queue.declared()) {
                placed.trigger.check_queue(placed, queue, problems);
            }
        }
        check_one_trigger_per_source(
            triggers,
            |sqs| resources.resolve(&sqs.queue),
            "queue",
            problems,
        );
    }
}
