//! The source `kinesis`: a function that Lambda invokes with the records of a Kinesis data stream. This module
//! has the trigger, the consumer through which it can read, and its checks.
// See decision 0030.

use serde::Serialize;

use super::facts::{EventType, InvocationMode, RecordContent, SourceFacts};
use super::located_trigger::{
    LocatedTrigger, ResourcesByIdent, TriggeredFunction, check_destination,
    check_one_trigger_per_source,
};
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerResource, TriggerSource};
use crate::aws::arn;
use crate::aws::mapping::keys;
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::name::{ParameterName, StreamName};
use crate::aws::parameter_content::{ArnForm, ParameterContent};
use crate::aws::value::{ResourceReference, UsedParameter};
use crate::location::TriggerIndex;
use crate::message::Message;
use crate::messages::{loops, triggers as messages};
use crate::number_setting::NumberFields;
use crate::problem::Problems;
use crate::resource::stream::Stream;
use crate::resource::{
    Existing, KindDefinition as _, ResourceIdentity, ResourceKind, ResourceSettings,
};

/// The properties that all triggers of the source `kinesis` share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[
        EventType::whole("KinesisEvent").with_schema(&PayloadSchema::BATCH),
        EventType::record("KinesisEventRecord"),
        EventType::record("Data").with_content(RecordContent::Json("data")),
    ],
    invocation: InvocationMode::Polled,
    is_tick: false,
    batch_response: Some("KinesisEventResponse"),
};

/// The fields of a stream record that a filter can match. AWS: "Using event filtering with a Kinesis event
/// source".
pub const RECORD_FIELDS: &[&str] = &[
    "data",
    "partitionKey",
    "sequenceNumber",
    "approximateArrivalTimestamp",
    "kinesisSchemaVersion",
];

/// The IAM actions that Lambda needs in the function's role to poll the stream. AWS:
/// *`AWSLambdaKinesisExecutionRole`*.
pub const POLL_ACTIONS: &[&str] = &[
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
    "kinesis:ListStreams",
];

/// The IAM actions that Lambda needs in addition to [`POLL_ACTIONS`] for a consumer, to which Kinesis sends the
/// records.
pub const SUBSCRIBE_ACTIONS: &[&str] =
    &["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"];

/// The content of a template parameter with the ARN of a consumer.
const CONSUMER: ParameterContent = ParameterContent::arn(
    "ARN of a consumer of a Kinesis data stream",
    &[ArnForm {
        service: Stream::ARN_SERVICE,
        is_global: false,
        prefix: Stream::ARN_PREFIX,
        name: "[A-Za-z0-9_.-]+/consumer/[A-Za-z0-9_.-]+:[0-9]+",
    }],
);

/// The text between the ARN of a stream and the name of the consumer in the ARN of a consumer.
const CONSUMER_ARN: &str = "/consumer/";

/// A consumer of a stream, which has its own throughput: 2 MB per second and shard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Consumer {
    /// A consumer that the template creates for the trigger.
    Own,
    /// An existing consumer, by its ARN.
    Arn(String),
    /// An existing consumer, whose ARN is the value of a template parameter.
    Param(ParameterName),
}

impl Consumer {
    /// Returns the ARN of the stream from the ARN of a consumer. Returns `None` if the text is not the ARN of a
    /// consumer.
    #[must_use]
    pub fn stream_from_arn(arn: &str) -> Option<&str> {
        let (stream, rest) = arn.split_once(CONSUMER_ARN)?;
        let (name, created) = rest.split_once(':')?;
        let numeric = !created.is_empty() && created.bytes().all(|it| it.is_ascii_digit());
        let whole = StreamName::try_from(name).is_ok() && numeric && is_stream_arn(stream);
        whole.then_some(stream)
    }

    /// Returns the name of a consumer from its ARN. Returns `None` if the text does not have the form of a
    /// consumer's ARN.
    #[must_use]
    pub fn name_from_arn(arn: &str) -> Option<&str> {
        let (_, rest) = arn.split_once(CONSUMER_ARN)?;
        rest.split_once(':').map(|(name, _)| name)
    }

    /// Returns the message that a consumer belongs to another stream than `stream`, which is a name or an ARN.
    /// `arn` is the ARN of the consumer. Returns `None` if the consumer belongs to the stream, or if `arn` is
    /// not the ARN of a consumer.
    #[must_use]
    pub fn check_stream(arn: &str, stream: &str) -> Option<Message> {
        let of = Self::stream_from_arn(arn)?;
        let same = if stream.starts_with(arn::PREFIX) {
            stream == of
        } else {
            ResourceKind::Stream.name_from_arn(of) == Some(stream)
        };
        (!same).then(|| messages::consumer_of_another_stream(of))
    }
}

/// Returns whether the text is the ARN of a Kinesis data stream.
#[must_use]
pub fn is_stream_arn(arn: &str) -> bool {
    ResourceKind::Stream.name_from_arn(arn).is_some()
}

/// A trigger on a Kinesis data stream.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kinesis {
    /// The stream that triggers the function. If the user gave the ARN of a consumer, that ARN is in
    /// `consumer`.
    pub stream: ResourceReference<StreamName>,
    /// The consumer through which the trigger reads. `None` if the trigger shares the stream's throughput with
    /// other readers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consumer: Option<Consumer>,
    /// The settings of the event source mapping of the stream.
    #[serde(flatten)]
    pub mapping: StreamMapping,
}

impl TriggerSource for Kinesis {
    fn resource(&self) -> Option<TriggerResource<'_>> {
        self.stream.declared().map(|ident| TriggerResource {
            key: "stream",
            ident,
            kind: ResourceKind::Stream,
        })
    }

    fn own_resource(&self) -> Option<(&'static str, ResourceSettings)> {
        let stream = Stream::default();
        (self.stream == ResourceReference::Own)
            .then_some(("Stream", ResourceSettings::Stream(stream)))
    }

    fn event_source(&self, resources: &ResourcesByIdent<'_>) -> Option<ResourceIdentity> {
        resources.identify(ResourceKind::Stream, &self.stream)
    }

    fn remedy_against_own_writes(&self) -> Option<&'static str> {
        self.mapping.mapping.delivers_every_record().then_some(loops::FILTER_RECORDS)
    }

    fn use_own_resource(&mut self, ident: &str) {
        self.stream = ResourceReference::Declared(ident.to_owned());
    }

    fn stream_mapping(&self) -> Option<&StreamMapping> {
        Some(&self.mapping)
    }

    fn has_typed_payload(&self) -> bool {
        true
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        vec![ResumeConflict::whole_trigger(messages::stream_cannot_resume())]
    }

    fn numbers(&mut self) -> Option<NumberFields<'_>> {
        Some(self.mapping.numbers())
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let stream = self.stream.param().map(|name| UsedParameter {
            key: "stream",
            name,
            content: ResourceKind::Stream.parameter_content(),
        });
        let consumer = match &self.consumer {
            Some(Consumer::Param(name)) => {
                Some(UsedParameter { key: "consumer", name, content: CONSUMER })
            }
            _ => None,
        };
        stream.into_iter().chain(consumer).chain(self.mapping.template_parameters()).collect()
    }

    fn summary(&self) -> String {
        self.stream.describe("kinesis stream")
    }

    /// Checks that a function has at most one trigger on a stream, and that a trigger on an existing stream
    /// has a starting position.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        for LocatedTrigger { index, trigger, .. } in triggers {
            let resource = resources.find(trigger.stream.declared());
            let existing = resource.and_then(|resource| resource.existing.as_ref());
            let exists_already = existing.is_some_and(|it| !matches!(it, Existing::Overlay(_)));
            if let Some(message) = trigger.mapping.check_start().filter(|_| exists_already) {
                problems.push_for_trigger_key(*index, "stream", message);
            }
            trigger.check_consumer(*index, resources, problems);
            for (key, message) in trigger.mapping.check_parameters() {
                problems.push_for_trigger_key(*index, key, message);
            }
            let created = resource.filter(|it| it.existing.is_none()).map(|it| &it.settings);
            if let Some(ResourceSettings::Stream(stream)) = created {
                let retention = stream.least_retention();
                if let Some(message) = trigger.mapping.check_record_age(retention) {
                    problems.push_for_trigger_key(*index, keys::MAX_RECORD_AGE, message);
                }
            }
            check_destination(trigger.mapping.on_failure.as_ref(), *index, resources, problems);
        }
        // Two consumers of one stream are two event sources: each reads the whole stream.
        let source = |it: &Self| (resources.resolve(&it.stream), it.consumer.clone());
        let message = messages::two_triggers_on_one_source("stream");
        check_one_trigger_per_source(triggers, source, &message, problems);
        check_consumers(triggers, problems);
    }
}

impl Kinesis {
    /// Checks that an existing consumer belongs to the stream of the trigger, which then has to exist too.
    fn check_consumer(
        &self,
        index: TriggerIndex,
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        let Some(Consumer::Arn(arn)) = &self.consumer else { return };
        let Some(resource) = resources.find(self.stream.declared()) else { return };
        let message = match &resource.existing {
            Some(Existing::Name(stream) | Existing::Arn(stream)) => {
                Consumer::check_stream(arn, stream)
            }
            // The stream is known only when the stack is deployed.
            Some(Existing::Param(_) | Existing::Overlay(_) | Existing::Env(_)) => None,
            None => Some(messages::consumer_of_new_stream(&resource.ident, &resource.origin)),
        };
        if let Some(message) = message {
            problems.push_for_trigger_key(index, "consumer", message);
        }
    }
}

/// Checks that no two functions read through one existing consumer. Kinesis sends the records of a shard to the
/// function that subscribed last.
fn check_consumers(triggers: &[LocatedTrigger<'_, Kinesis>], problems: &mut Problems) {
    let existing = |kinesis: &Kinesis| kinesis.consumer.clone().filter(|it| *it != Consumer::Own);
    for (position, located) in triggers.iter().enumerate() {
        let Some(consumer) = existing(located.trigger) else { continue };
        let is_shared = |other: &&LocatedTrigger<'_, Kinesis>| {
            other.index.function != located.index.function
                && existing(other.trigger).as_ref() == Some(&consumer)
        };
        if let Some(other) = triggers[..position].iter().find(is_shared) {
            let TriggeredFunction { handler, origin, .. } = other.function;
            let message = loops::shared_consumer(handler, origin);
            problems.push_for_trigger_key(located.index, "consumer", message);
        }
    }
}
