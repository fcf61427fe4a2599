//! `kinesis`: a function fed with the records of a Kinesis data stream.

use serde::Serialize;

use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{
    LocatedTrigger, ResourcesByIdent, check_destination, check_one_trigger_per_source,
};
use super::payload_shape::PayloadShape;
use super::trigger_source::{ResumeConflict, TriggerResource, TriggerSource};
use crate::aws::arn;
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::name::{ParameterName, StreamName};
use crate::aws::value::ResourceReference;
use crate::location::TriggerIndex;
use crate::problem::Problems;
use crate::resource::stream::Stream;
use crate::resource::{Existing, Resource, ResourceKind, ResourceSettings};

/// What is so for every trigger of it.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[
        EventType::whole("KinesisEvent").with_shape(&PayloadShape::BATCH),
        EventType::record("KinesisEventRecord"),
        EventType::record("Data"),
    ],
    invocation: InvocationMode::Polled,
    is_tick: false,
};

/// What a filter can be about. AWS: "Using event filtering with a Kinesis event source".
pub const RECORD_FIELDS: &[&str] = &[
    "data",
    "partitionKey",
    "sequenceNumber",
    "approximateArrivalTimestamp",
    "kinesisSchemaVersion",
];

/// What Lambda does on behalf of the function that the stream feeds, with the function's own role.
/// AWS: *`AWSLambdaKinesisExecutionRole`*.
pub const POLL_ACTIONS: &[&str] = &[
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
    "kinesis:ListStreams",
];

/// The same with a consumer, which Kinesis sends the records to.
pub const SUBSCRIBE_ACTIONS: &[&str] =
    &["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"];

/// What a parameter of the template is that names a consumer.
const CONSUMER: &str = "ARN of a consumer of a Kinesis data stream";

/// What stands before the name of a consumer in its ARN, behind that of its stream.
const CONSUMER_ARN: &str = "/consumer/";

/// A consumer of a stream, with throughput of its own: 2 MB a second of each shard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Consumer {
    /// The template makes one for the trigger.
    Own,
    /// One that exists.
    Arn(String),
    /// One that exists, whose ARN is given to the template when it is deployed.
    Param(ParameterName),
}

impl Consumer {
    /// The ARN of the stream in that of a consumer.
    #[must_use]
    pub fn stream_from_arn(arn: &str) -> Option<&str> {
        let (stream, rest) = arn.split_once(CONSUMER_ARN)?;
        let (name, created) = rest.split_once(':')?;
        let numeric = !created.is_empty() && created.bytes().all(|it| it.is_ascii_digit());
        let whole = StreamName::try_from(name).is_ok() && numeric && is_stream_arn(stream);
        whole.then_some(stream)
    }

    /// What a consumer with this ARN is called.
    #[must_use]
    pub fn name_from_arn(arn: &str) -> Option<&str> {
        let (_, rest) = arn.split_once(CONSUMER_ARN)?;
        rest.split_once(':').map(|(name, _)| name)
    }

    /// Why the consumer with this ARN does not read the stream that is called so, by name or ARN, with
    /// what to do; nothing where it does.
    #[must_use]
    pub fn check_stream(arn: &str, stream: &str) -> Option<(String, &'static str)> {
        let of = Self::stream_from_arn(arn)?;
        let same = if stream.starts_with(arn::PREFIX) {
            stream == of
        } else {
            ResourceKind::Stream.name_from_arn(of) == Some(stream)
        };
        (!same)
            .then(|| (format!("this consumer is one of another stream: `{of}`"), LEAVE_STREAM_OUT))
    }
}

/// What to do where a consumer and a stream do not belong together.
const LEAVE_STREAM_OUT: &str = "leave `stream` out: the consumer says which it is";

/// Whether an ARN is that of a stream.
#[must_use]
pub fn is_stream_arn(arn: &str) -> bool {
    ResourceKind::Stream.name_from_arn(arn).is_some()
}

/// A trigger on a Kinesis data stream.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kinesis {
    /// The stream; never by the ARN of a consumer, which `consumer` holds.
    pub stream: ResourceReference<StreamName>,
    /// The consumer, where the stream's throughput is not shared with others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consumer: Option<Consumer>,
    /// What the mapping of every stream has.
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
        let stream = Stream { name: None, shards: None, retention: None };
        (self.stream == ResourceReference::Own)
            .then_some(("Stream", ResourceSettings::Stream(stream)))
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
        vec![ResumeConflict::never_resumes(StreamMapping::NEVER_RESUMES)]
    }

    fn template_parameters(&self) -> Vec<(&ParameterName, &'static str)> {
        let stream =
            self.stream.param().map(|name| (name, ResourceKind::Stream.parameter_description()));
        let consumer = match &self.consumer {
            Some(Consumer::Param(name)) => Some((name, CONSUMER)),
            _ => None,
        };
        stream.into_iter().chain(consumer).chain(self.mapping.template_parameters()).collect()
    }

    fn summary(&self) -> String {
        self.stream.described("kinesis stream")
    }

    /// A stream feeds a function once, from where the user says if it was there before.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        for LocatedTrigger { index, trigger, .. } in triggers {
            let resource = resources.find(trigger.stream.declared());
            let existing = resource.and_then(|resource| resource.existing.as_ref());
            let was_there = existing.is_some_and(|it| !matches!(it, Existing::Overlay(_)));
            if let Some((message, help)) = trigger.mapping.check_start().filter(|_| was_there) {
                problems.push_for_trigger_key(*index, "stream", message).help(help);
            }
            trigger.check_consumer(*index, resources, problems);
            check_destination(&trigger.mapping, *index, resources, problems);
        }
        // Consumers of one stream are apart: each reads all of it.
        let of = |it: &Self| (resources.resolve(&it.stream), it.consumer.clone());
        check_one_trigger_per_source(triggers, of, "stream", problems);
    }
}

impl Kinesis {
    /// A consumer that exists is one of a stream that exists, and of this one.
    fn check_consumer(
        &self,
        index: TriggerIndex,
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        let Some(Consumer::Arn(arn)) = &self.consumer else { return };
        let Some(resource) = resources.find(self.stream.declared()) else { return };
        let (message, help) = match &resource.existing {
            Some(Existing::Name(stream) | Existing::Arn(stream)) => {
                let Some(wrong) = Consumer::check_stream(arn, stream) else { return };
                wrong
            }
            // Which one it is shows when the stack is deployed.
            Some(Existing::Param(_) | Existing::Overlay(_)) => return,
            None => {
                let Resource { ident, origin, .. } = resource;
                let message = format!(
                    "stream `{ident}` (declared at {origin}) is made with the stack, and no consumer of it exists"
                );
                (message, "write `consumer` alone for one of the function's own")
            }
        };
        problems.push_for_trigger_key(index, "consumer", message).help(help);
    }
}
