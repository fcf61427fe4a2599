//! `kinesis`: a function fed with the records of a Kinesis data stream.

use serde::Serialize;

use super::contract::{Refusal, Source, Uses};
use super::document::Document;
use super::facts::{EventType, Facts, Invocation};
use super::placed::{Placed, Resources, check_destination, check_once};
use crate::aws::arn;
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::name::{ParameterName, StreamName};
use crate::aws::value::Reference;
use crate::place::Place;
use crate::problem::Problems;
use crate::resource::stream::Stream;
use crate::resource::{Existing, Kind, Resource, Settings};

/// What is so for every trigger of it.
pub(super) const FACTS: &Facts = &Facts {
    events: &[
        EventType::whole("KinesisEvent").of(&Document::BATCH),
        EventType::record("KinesisEventRecord"),
        EventType::record("Data"),
    ],
    invocation: Invocation::Polled,
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
pub const POLL: &[&str] = &[
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
    "kinesis:ListStreams",
];

/// The same with a consumer, which Kinesis sends the records to.
pub const SUBSCRIBE: &[&str] = &["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"];

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
    pub fn stream_of(arn: &str) -> Option<&str> {
        let (stream, rest) = arn.split_once(CONSUMER_ARN)?;
        let (name, created) = rest.split_once(':')?;
        let numeric = !created.is_empty() && created.bytes().all(|it| it.is_ascii_digit());
        let whole = StreamName::try_from(name).is_ok() && numeric && is_stream(stream);
        whole.then_some(stream)
    }

    /// What a consumer with this ARN is called.
    #[must_use]
    pub fn name_in(arn: &str) -> Option<&str> {
        let (_, rest) = arn.split_once(CONSUMER_ARN)?;
        rest.split_once(':').map(|(name, _)| name)
    }

    /// Why the consumer with this ARN does not read the stream that is called so, by name or ARN, with
    /// what to do; nothing where it does.
    #[must_use]
    pub fn check_stream(arn: &str, stream: &str) -> Option<(String, &'static str)> {
        let of = Self::stream_of(arn)?;
        let same = if stream.starts_with(arn::PREFIX) {
            stream == of
        } else {
            Kind::Stream.arn_name(of) == Some(stream)
        };
        (!same)
            .then(|| (format!("this consumer is one of another stream: `{of}`"), LEAVE_STREAM_OUT))
    }
}

/// What to do where a consumer and a stream do not belong together.
const LEAVE_STREAM_OUT: &str = "leave `stream` out: the consumer says which it is";

/// Whether an ARN is that of a stream.
#[must_use]
pub fn is_stream(arn: &str) -> bool {
    Kind::Stream.arn_name(arn).is_some()
}

/// A trigger on a Kinesis data stream.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kinesis {
    /// The stream; never by the ARN of a consumer, which `consumer` holds.
    pub stream: Reference<StreamName>,
    /// The consumer, where the stream's throughput is not shared with others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consumer: Option<Consumer>,
    /// What the mapping of every stream has.
    #[serde(flatten)]
    pub mapping: StreamMapping,
}

impl Source for Kinesis {
    fn uses(&self) -> Option<Uses<'_>> {
        self.stream.declared().map(|ident| Uses { key: "stream", ident, kind: Kind::Stream })
    }

    fn own(&self) -> Option<(&'static str, Settings)> {
        let stream = Stream { name: None, shards: None, retention: None };
        (self.stream == Reference::Own).then_some(("Stream", Settings::Stream(stream)))
    }

    fn take_own(&mut self, ident: &str) {
        self.stream = Reference::Declared(ident.to_owned());
    }

    fn stream_mapping(&self) -> Option<&StreamMapping> {
        Some(&self.mapping)
    }

    fn is_typed(&self) -> bool {
        true
    }

    fn resume(&mut self) -> Vec<Refusal> {
        vec![Refusal::never_resumes(StreamMapping::NEVER_RESUMES)]
    }

    fn parameters(&self) -> Vec<(&ParameterName, &'static str)> {
        let stream = self.stream.param().map(|name| (name, Kind::Stream.parameter()));
        let consumer = match &self.consumer {
            Some(Consumer::Param(name)) => Some((name, CONSUMER)),
            _ => None,
        };
        stream.into_iter().chain(consumer).chain(self.mapping.parameters()).collect()
    }

    fn summary(&self) -> String {
        self.stream.described("kinesis stream")
    }

    /// A stream feeds a function once, from where the user says if it was there before.
    fn check(triggers: &[Placed<'_, Self>], resources: &Resources<'_>, problems: &mut Problems) {
        for Placed { place, trigger, .. } in triggers {
            let resource = resources.find(trigger.stream.declared());
            let existing = resource.and_then(|resource| resource.existing.as_ref());
            let was_there = existing.is_some_and(|it| !matches!(it, Existing::Overlay(_)));
            if let Some((message, help)) = trigger.mapping.check_start().filter(|_| was_there) {
                problems.trigger_key(*place, "stream", message).help(help);
            }
            trigger.check_consumer(*place, resources, problems);
            check_destination(&trigger.mapping, *place, resources, problems);
        }
        // Consumers of one stream are apart: each reads all of it.
        let of = |it: &Self| (resources.resolve(&it.stream), it.consumer.clone());
        check_once(triggers, of, "stream", problems);
    }
}

impl Kinesis {
    /// A consumer that exists is one of a stream that exists, and of this one.
    fn check_consumer(&self, place: Place, resources: &Resources<'_>, problems: &mut Problems) {
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
        problems.trigger_key(place, "consumer", message).help(help);
    }
}
