//! The source `sqs`: a function that Lambda invokes with the messages of a queue. This module has the trigger
//! and its checks.

use serde::Serialize;

use super::batch_concurrency::BatchConcurrency;
use super::facts::{EventType, InvocationMode, RecordContent, SourceFacts};
use super::located_trigger::{
    LocatedTrigger, ResourcesByIdent, TriggeredFunction, check_one_trigger_per_source,
};
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerResource, TriggerSource};
use crate::aws::alarms::AgeMetric;
use crate::aws::limits;
use crate::aws::mapping::{BatchWindow, EventSourceMapping, keys};
use crate::aws::name::QueueName;
use crate::aws::value::{ResourceReference, UsedParameter};
use crate::bounded::bounded;
use crate::location::TriggerIndex;
use crate::message::Message;
use crate::messages::{loops, parameters, triggers as messages};
use crate::number_setting::NumberFields;
use crate::problem::Problems;
use crate::resource::KnownBy;
use crate::resource::queue::Queue;
use crate::resource::{Resource, ResourceIdentity, ResourceKind, ResourceSettings};

/// The properties that all triggers of the source `sqs` share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[
        EventType::whole("SqsEvent").with_schema(&PayloadSchema::BATCH),
        EventType::record("SqsMessage"),
        EventType::record("Message").with_content(RecordContent::Json("body")),
    ],
    invocation: InvocationMode::Polled,
    is_tick: false,
    batch_response: Some("SqsBatchResponse"),
};

/// The fields of a queue's record that a filter can match. AWS: "Using event filtering with an Amazon SQS event
/// source".
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
    /// The maximum number of messages in a batch of a queue; Lambda's default is 10.
    QueueBatchSize: limits::SQS_BATCH_SIZE, "batch size", "",
        parameter "Maximum number of messages in a batch";
    /// The maximum number of concurrent invocations for the queue.
    MaxConcurrency: limits::SQS_MAX_CONCURRENCY, "maximum concurrency", "",
        parameter "Maximum concurrency of a queue";
}

impl QueueBatchSize {
    /// A batch size of one message.
    pub const ONE: Self = Self(1);
}

/// A trigger on a queue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sqs {
    /// The queue that triggers the function.
    pub queue: ResourceReference<QueueName>,
    /// The maximum number of messages in a batch, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<QueueBatchSize>,
    /// The maximum number of concurrent invocations for the queue, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_concurrency: Option<MaxConcurrency>,
    /// The number of messages of one batch that the runtime processes at the same time, if the user set it. The
    /// number does not appear in the template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_concurrency: Option<BatchConcurrency>,
    /// Whether other functions take messages of the queue too, so that each message goes to one of them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub shared: bool,
    /// The settings of the event source mapping of the queue.
    #[serde(flatten)]
    pub mapping: EventSourceMapping,
}

impl Sqs {
    /// Returns the key of the trigger whose value a FIFO queue does not accept, with the message. Returns
    /// `None` if a FIFO queue accepts the trigger.
    #[must_use]
    pub fn check_fifo(&self) -> Option<(&'static str, Message)> {
        if let Some(size) = self.batch_size.filter(|size| size.get() > limits::SQS_FIFO_BATCH_SIZE)
        {
            let message = messages::fifo_batch_size(size.get());
            let limit = limits::SQS_FIFO_BATCH_SIZE;
            return Some((keys::BATCH_SIZE, self.limit_parameter(message, limit)));
        }
        let window = self.mapping.batch_window.filter(|window| window.get() > 0);
        window.map(|_| (keys::BATCH_WINDOW, messages::fifo_batch_window()))
    }

    /// Returns the message that the batch size needs a batch window. Without a batch window, Lambda gathers at
    /// most ten messages. Returns `None` if the batch size is accepted.
    #[must_use]
    pub fn check_window(&self) -> Option<Message> {
        let size = self.batch_size?.get();
        let parameters = &self.mapping.from_parameters;
        let window = self.mapping.batch_window.map_or(0, BatchWindow::get);
        let limit = limits::SQS_BATCH_SIZE_WITHOUT_WINDOW;
        if size <= limit || parameters.least(keys::BATCH_WINDOW, window) > 0 {
            return None;
        }
        let message = messages::batch_needs_window(size);
        Some(match parameters.find(keys::BATCH_WINDOW) {
            Some(window) => parameters::limit(message, &window.param, "min", 1),
            None => self.limit_parameter(message, limit),
        })
    }

    /// Adds the remedy to a message about the batch size, if that is a parameter.
    fn limit_parameter(&self, message: Message, most: u32) -> Message {
        match self.mapping.from_parameters.find(keys::BATCH_SIZE) {
            Some(size) => parameters::limit(message, &size.param, "max", most),
            None => message,
        }
    }

    /// Checks the numbers that are parameters against the other settings. The reader of the attribute checked all other
    /// numbers.
    fn check_parameters(&self, index: TriggerIndex, problems: &mut Problems) {
        let parameters = &self.mapping.from_parameters;
        if !parameters.has(keys::BATCH_SIZE) && !parameters.has(keys::BATCH_WINDOW) {
            return;
        }
        let is_fifo = match &self.queue {
            ResourceReference::Named(name) => name.is_fifo(),
            ResourceReference::Arn(arn) => ResourceKind::Queue.is_fifo_name(arn),
            _ => false,
        };
        let fifo = is_fifo.then(|| self.check_fifo()).flatten();
        let window = || self.check_window().map(|message| (keys::BATCH_SIZE, message));
        let concurrency = self.check_batch_concurrency();
        let size = self.batch_size.map(QueueBatchSize::get);
        let found = fifo
            .or_else(window)
            .into_iter()
            .chain(self.mapping.check_parameters(size))
            .chain(concurrency.map(|message| (BatchConcurrency::KEY, message)));
        for (key, message) in found {
            problems.push_for_trigger_key(index, key, message);
        }
    }

    /// Returns the message that the runtime cannot process more messages at the same time than a batch has. Returns
    /// `None` if the batch concurrency is accepted.
    #[must_use]
    pub fn check_batch_concurrency(&self) -> Option<Message> {
        let concurrency = self.batch_concurrency?.get();
        let size = self.batch_size.map_or(limits::DEFAULT_SQS_BATCH_SIZE, QueueBatchSize::get);
        (concurrency > size).then(|| messages::batch_concurrency_beyond_batch(concurrency, size))
    }

    /// Checks the trigger against the queue that it names.
    fn check_queue(
        &self,
        located: &LocatedTrigger<'_, Self>,
        queue: &Resource,
        problems: &mut Problems,
    ) {
        let ResourceSettings::Queue(settings) = &queue.settings else { return };
        let (index, TriggeredFunction { timeout, resumes, .. }) = (located.index, located.function);
        if settings.fifo && resumes {
            problems.push_for_trigger_key(index, "queue", messages::fifo_queue_cannot_resume());
        }
        if let Some((key, message)) = settings.fifo.then(|| self.check_fifo()).flatten() {
            problems.push_for_trigger_key(index, key, message);
        }
        let from_parameters = &settings.from_parameters;
        let visibility =
            settings.visibility.map(|it| from_parameters.least(Queue::VISIBILITY, it.get()));
        if let Some(visibility) = visibility.filter(|visibility| *visibility < timeout) {
            let message = messages::visible_before_timeout(&queue.ident, visibility, timeout);
            let message = match from_parameters.find(Queue::VISIBILITY) {
                Some(it) => parameters::limit(message, &it.param, "min", timeout),
                None => message,
            };
            problems.push_for_trigger_key(index, "queue", message);
        }
        // The template gives a queue without a visibility timeout several times this function's timeout, or more.
        let computed = timeout.saturating_mul(limits::SQS_VISIBILITY_ADVISED_TIMEOUTS);
        let is_computed = settings.visibility.is_none() && queue.existing.is_none();
        let retention =
            settings.retention.map(|it| from_parameters.least(Queue::RETENTION, it.get()));
        if let Some(retention) = retention.filter(|it| is_computed && *it < computed) {
            let message = messages::gone_before_retry(&queue.ident, retention, computed);
            let message = match from_parameters.find(Queue::RETENTION) {
                Some(it) => parameters::limit(message, &it.param, "min", computed),
                None => message,
            };
            problems.push_for_trigger_key(index, "queue", message);
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

    fn event_source(&self, resources: &ResourcesByIdent<'_>) -> Option<ResourceIdentity> {
        resources.identify(ResourceKind::Queue, &self.queue)
    }

    fn remedy_against_own_writes(&self) -> Option<&'static str> {
        self.mapping.delivers_every_record().then_some(loops::SEND_ELSEWHERE)
    }

    fn use_own_resource(&mut self, ident: &str) {
        self.queue = ResourceReference::Declared(ident.to_owned());
    }

    fn has_typed_payload(&self) -> bool {
        true
    }

    fn numbers(&mut self) -> Option<NumberFields<'_>> {
        Some(NumberFields {
            parameters: &mut self.mapping.from_parameters,
            fields: vec![
                (keys::BATCH_SIZE, &mut self.batch_size),
                (keys::MAX_CONCURRENCY, &mut self.max_concurrency),
                (keys::BATCH_WINDOW, &mut self.mapping.batch_window),
            ],
        })
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let queue = self.queue.param().map(|name| UsedParameter {
            key: "queue",
            name,
            content: ResourceKind::Queue.parameter_content(),
        });
        queue.into_iter().chain(self.mapping.template_parameters()).collect()
    }

    fn summary(&self) -> String {
        self.queue.describe("sqs queue")
    }

    fn batch_concurrency(&self) -> Option<BatchConcurrency> {
        self.batch_concurrency
    }

    fn max_concurrency(&self) -> Option<u32> {
        self.max_concurrency.map(MaxConcurrency::get)
    }

    fn polled_age_metric(&self) -> Option<AgeMetric> {
        Some(AgeMetric::OldestMessage)
    }

    fn mapping(&self) -> Option<&EventSourceMapping> {
        Some(&self.mapping)
    }

    /// Sets the batch size to one message if the user did not set it, because a function that resumes gets one
    /// message per invocation, in no order. Returns the settings of the trigger that exclude this.
    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        let mut conflicts = Vec::new();
        if self.mapping.from_parameters.has(keys::BATCH_SIZE) {
            let message = messages::batch_parameter_cannot_resume(keys::BATCH_SIZE);
            conflicts.push(ResumeConflict::at_key(keys::BATCH_SIZE, message));
        } else if self.batch_size.is_none() {
            let window = self.mapping.batch_window.is_some_and(|window| window.get() > 0)
                || self.mapping.from_parameters.has(keys::BATCH_WINDOW);
            let concurrency = self.batch_concurrency.is_some_and(|it| it.get() > 1);
            for (key, _) in [(keys::BATCH_WINDOW, window), (BatchConcurrency::KEY, concurrency)]
                .into_iter()
                .filter(|(_, is_set)| *is_set)
            {
                let message = messages::batch_setting_cannot_resume(key);
                conflicts.push(ResumeConflict::at_key(key, message));
            }
        }
        let size = *self.batch_size.get_or_insert(QueueBatchSize::ONE);
        if size != QueueBatchSize::ONE {
            let message = messages::batch_cannot_resume(size.get());
            conflicts.push(ResumeConflict::at_key(keys::BATCH_SIZE, message));
        }
        let fifo = match &self.queue {
            ResourceReference::Named(name) => name.is_fifo(),
            ResourceReference::Arn(arn) => ResourceKind::Queue.is_fifo_name(arn),
            ResourceReference::Own
            | ResourceReference::Declared(_)
            | ResourceReference::Param(_) => false,
        };
        if fifo {
            conflicts.push(ResumeConflict::at_key("queue", messages::fifo_queue_cannot_resume()));
        }
        conflicts
    }

    /// Checks that a function has at most one trigger on a queue, that functions share a queue only if the user
    /// says so, and that the queue hides a message at least for the function's timeout.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        for located in triggers {
            located.trigger.check_parameters(located.index, problems);
            if let Some(queue) = resources.find(located.trigger.queue.declared()) {
                located.trigger.check_queue(located, queue, problems);
            }
        }
        check_one_trigger_per_source(
            triggers,
            |sqs| resources.resolve(&sqs.queue),
            &messages::two_triggers_on_one_source("queue"),
            problems,
        );
        check_sharing(triggers, resources, problems);
    }
}

/// Checks that each queue triggers one function, unless all its triggers are `shared`. Reports one problem for each
/// queue.
fn check_sharing(
    triggers: &[LocatedTrigger<'_, Sqs>],
    resources: &ResourcesByIdent<'_>,
    problems: &mut Problems,
) {
    let mut queues: Vec<(ResourceIdentity, Vec<&LocatedTrigger<'_, Sqs>>)> = Vec::new();
    for located in triggers {
        let Some(queue) = located.trigger.event_source(resources) else { continue };
        match queues.iter_mut().find(|(known, _)| *known == queue) {
            Some((_, sharing)) => sharing.push(located),
            None => queues.push((queue, vec![located])),
        }
    }
    for (queue, sharing) in queues {
        // The first trigger was there before the others, so it is the last that a problem is reported at.
        let mut candidates = sharing.iter().skip(1).chain(sharing.first());
        let Some(found) = candidates.find(|it| !it.trigger.shared) else { continue };
        let is_other = |it: &&&LocatedTrigger<'_, Sqs>| it.index.function != found.index.function;
        let Some(other) = sharing.iter().find(is_other) else { continue };
        let TriggeredFunction { handler, origin, .. } = other.function;
        let message = loops::shared_queue(&describe_queue(&queue), handler, origin);
        problems.push_for_trigger_key(found.index, "queue", message);
    }
}

/// Describes a queue for a message.
fn describe_queue(queue: &ResourceIdentity) -> String {
    match &queue.known_by {
        KnownBy::Struct(name) | KnownBy::Name(name) => loops::named_queue(name),
        KnownBy::Parameter(name) => loops::queue_of_parameter(name),
        KnownBy::Overlay(id) => loops::queue_of_overlay(id),
        KnownBy::Variable(name) => loops::queue_of_variable(name),
    }
}
