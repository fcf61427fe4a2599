//! The trait [`TriggerSource`], which the trigger of each source implements. Code that has a
//! [`Trigger`](super::Trigger) calls this trait, and does not need to know the source.

use super::batch_concurrency::BatchConcurrency;
use super::facts::InvocationMode;
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use super::log_group::LogGroup;
use crate::aws::alarms::AgeMetric;
use crate::aws::mapping::EventSourceMapping;
use crate::aws::mapping::kafka::{KafkaDestination, KafkaMapping};
use crate::aws::mapping::secret_access::DeclaredSecret;
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::name::RuleName;
use crate::aws::node::Node;
use crate::aws::value::{ArnReference, CfnValue, UsedParameter};
use crate::message::Message;
use crate::number_setting::NumberFields;
use crate::problem::Problems;
use crate::resource::{ResourceIdentity, ResourceKind, ResourceSettings, ViewPart};
use crate::route::Route;

/// A trigger of a source. A method has a default implementation if it does not apply to most sources. Each
/// source has to decide about the methods without a default.
pub trait TriggerSource {
    /// Describes the trigger for people: `GET /orders/{id}`.
    fn summary(&self) -> String;

    /// Prepares the trigger for a function that resumes, which needs one event per invocation and no order
    /// between events. Returns the settings of the trigger that make this impossible.
    fn prepare_resume(&mut self) -> Vec<ResumeConflict>;

    /// Returns whether the `#[resource]` of the trigger declares the type of the messages, records or items
    /// that the handler gets.
    fn has_typed_payload(&self) -> bool;

    /// Checks all triggers of this source against each other, against the resources that they name, and against
    /// their functions. Records each mistake as a problem.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) where
        Self: Sized;

    /// Returns the `#[resource]` that is the event source of the trigger. Returns `None` if the trigger names
    /// no `#[resource]`.
    fn resource(&self) -> Option<TriggerResource<'_>> {
        None
    }

    /// Returns the identity of the event source of the trigger. Returns `None` if the trigger has no event source
    /// that a function could write to.
    fn event_source(&self, _resources: &ResourcesByIdent<'_>) -> Option<ResourceIdentity> {
        None
    }

    /// Returns how the trigger can leave out what its own function writes to the event source, for messages.
    /// Returns `None` if not every write to the event source invokes the function.
    fn remedy_against_own_writes(&self) -> Option<&'static str> {
        None
    }

    /// Returns how the trigger can leave out what its own function writes through a view of the event source. Returns
    /// `None` if not every write through the view invokes the function.
    fn remedy_against_writes_of(&self, _view: &ViewPart) -> Option<&'static str> {
        self.remedy_against_own_writes()
    }

    /// Returns how the trigger invokes the function. Returns `None` if it does as every trigger of its source.
    fn own_invocation(&self) -> Option<InvocationMode> {
        None
    }

    /// Returns the log group that triggers the function. Returns `None` for other sources.
    fn log_group(&self) -> Option<&LogGroup> {
        None
    }

    /// Returns the resource that Skylift adds as the event source of a trigger that names none: the suffix of
    /// the resource's logical id, and its settings. Returns `None` if Skylift adds no resource for the trigger.
    fn own_resource(&self) -> Option<(&'static str, ResourceSettings)> {
        None
    }

    /// Sets the resource that Skylift added as the event source of the trigger. `ident` is the identifier of
    /// the resource.
    fn use_own_resource(&mut self, _ident: &str) {}

    /// Returns the names of the event types that the handler has to take, all of them. The list is empty if it can take
    /// any event type of the source.
    fn delivered_events(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// Returns the name that the user gave the trigger's rule or schedule of EventBridge, and before it the scope in
    /// which the name must be unique: the bus or the group. Returns `None` if the user gave it no name.
    fn rule_name(&self) -> Option<(String, &RuleName)> {
        None
    }

    /// Returns the route of the trigger. Returns `None` if the trigger handles events instead of requests.
    fn route(&self) -> Option<&Route> {
        None
    }

    /// Returns the payload of the trigger's events if the user sets it. Such a payload does not identify the
    /// trigger.
    fn custom_input(&self) -> Option<&Node> {
        None
    }

    /// Returns whether the user sets the payload of the trigger's events.
    fn has_custom_input(&self) -> bool {
        self.custom_input().is_some()
    }

    /// Returns the number of records of one batch that the runtime processes at the same time. Returns `None`
    /// if the trigger does not set it.
    fn batch_concurrency(&self) -> Option<BatchConcurrency> {
        None
    }

    /// Returns the maximum number of concurrent invocations for the event source. Returns `None` if the trigger does
    /// not set it.
    fn max_concurrency(&self) -> Option<u32> {
        None
    }

    /// Returns the settings of the event source mapping. Returns `None` if Lambda does not poll the source.
    fn mapping(&self) -> Option<&EventSourceMapping> {
        let kafka = || self.kafka_mapping().map(|kafka| &kafka.mapping);
        self.stream_mapping().map(|stream| &stream.mapping).or_else(kafka)
    }

    /// Returns the settings of the event source mapping of a stream. Returns `None` if the source is not a
    /// stream.
    fn stream_mapping(&self) -> Option<&StreamMapping> {
        None
    }

    /// Returns the settings of the event source mapping of Kafka. Returns `None` if the source is not Kafka.
    fn kafka_mapping(&self) -> Option<&KafkaMapping> {
        None
    }

    /// Returns the `#[resource]` structs of secrets with which Lambda connects to the event source.
    fn secrets(&self) -> Vec<TriggerResource<'_>> {
        Vec::new()
    }

    /// Returns the value of `kms_key`: the KMS key of what the service keeps or sends for the trigger. Returns `None` if
    /// the trigger does not set it.
    fn kms_key(&self) -> Option<&CfnValue> {
        self.mapping()?.kms_key.as_ref()
    }

    /// Returns the destination of failed records. Returns `None` if the trigger sets no destination.
    fn on_failure(&self) -> Option<&ArnReference> {
        match self.kafka_mapping() {
            Some(mapping) => mapping.on_failure.as_ref().and_then(KafkaDestination::resource),
            None => self.stream_mapping()?.on_failure.as_ref(),
        }
    }

    /// Returns the queue for what the service could not deliver. Returns `None` if the trigger names none.
    fn dead_letters(&self) -> Option<&ArnReference> {
        None
    }

    /// Returns the resource that gets what the service could not invoke the function with. Returns `None` if the trigger
    /// names none.
    fn error_action(&self) -> Option<TriggerDestination<'_>> {
        None
    }

    /// Returns whether the trigger has tumbling windows. Returns `None` if the source cannot have them.
    fn has_window(&self) -> Option<bool> {
        self.stream_mapping().map(StreamMapping::has_window)
    }

    /// Returns the metric that has the age of the events of a source that Lambda polls. Returns `None` if no metric has
    /// it.
    fn polled_age_metric(&self) -> Option<AgeMetric> {
        self.stream_mapping().map(|_| AgeMetric::IteratorAge)
    }

    /// Returns the numbers of the trigger that template parameters can have. Returns `None` if it has none.
    fn numbers(&mut self) -> Option<NumberFields<'_>> {
        None
    }

    /// Returns the template parameters that the trigger refers to, each with the content that it has to have.
    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        Vec::new()
    }
}

/// The `#[resource]` that is the event source of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TriggerResource<'a> {
    /// The key of the trigger that names the resource.
    pub key: &'static str,
    /// The identifier of the resource's struct.
    pub ident: &'a str,
    /// The kind that the resource has to be.
    pub kind: ResourceKind,
}

/// The `#[resource]` to which the service of a trigger sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TriggerDestination<'a> {
    /// The key of the trigger that names the resource.
    pub key: &'static str,
    /// The identifier of the resource's struct.
    pub ident: &'a str,
}

/// Converts the secrets of a trigger to the resources that it names.
pub(super) fn secret_resources<'a>(
    secrets: impl IntoIterator<Item = DeclaredSecret<'a>>,
) -> Vec<TriggerResource<'a>> {
    let kind = ResourceKind::Secret;
    secrets.into_iter().map(|(key, ident)| TriggerResource { key, ident, kind }).collect()
}

/// A setting of a trigger that a function that resumes cannot have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResumeConflict {
    /// The key of the trigger that sets the conflicting value. `None` if the whole trigger conflicts.
    pub key: Option<&'static str>,
    /// The reason of the conflict, and what the user can do about it.
    pub message: Message,
}

impl ResumeConflict {
    /// Creates a conflict of the whole trigger.
    pub(super) fn whole_trigger(message: Message) -> Self {
        Self { key: None, message }
    }

    /// Creates a conflict of one key of the trigger.
    pub(super) fn at_key(key: &'static str, message: Message) -> Self {
        Self { key: Some(key), message }
    }
}
