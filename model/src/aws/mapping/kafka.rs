//! The event source mappings of Kafka topics, of a cluster of MSK or of a self-managed one. In provisioned mode, which
//! the user turns on with pollers, Lambda retries, splits and gives up failed batches as for streams. AWS: "Configuring
//! error handling controls for Kafka event sources".
// See decision 0109.

use serde::Serialize;

use super::kafka_access::SchemaRegistry;
use super::stream::{MaxRecordAge, StartingPosition, StreamBatchSize, StreamRetries};
use super::{EventSourceMapping, failure_destination, keys};
use crate::aws::limits;
use crate::aws::logs::SystemLogLevel;
use crate::aws::name::{ConsumerGroupId, KafkaTopicName, PollerGroupName};
use crate::aws::value::{ArnReference, UsedParameter};
use crate::bounded::bounded;
use crate::message::Message;
use crate::messages::{kafka as messages, parameters, triggers};
use crate::number_setting::{NumberField, NumberFields};

bounded! {
    /// The number of pollers that a mapping always has; Lambda's default is 1.
    MinPollers: limits::KAFKA_MIN_POLLERS, "minimum of pollers", "",
        parameter "Minimum of pollers";
    /// The number of pollers that a mapping has at most; Lambda's default is 200.
    MaxPollers: limits::KAFKA_MAX_POLLERS, "maximum of pollers", "",
        parameter "Maximum of pollers";
}

/// The fields of a Kafka record that a filter can match, beginning with the most likely. AWS: "Using event filtering
/// with an Amazon MSK event source".
pub const RECORD_FIELDS: &[&str] =
    &["value", "key", "headers", "topic", "partition", "offset", "timestamp", "timestampType"];

/// The IAM actions that Lambda needs on a schema registry of Glue.
pub const REGISTRY_ACTIONS: &[&str] = &["glue:GetRegistry", "glue:GetSchemaVersion"];

/// The IAM action that Lambda needs on the schemas of a registry of Glue.
pub const SCHEMA_ACTIONS: &[&str] = &["glue:GetSchemaVersion"];

/// The provisioned pollers of a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Pollers {
    /// The number of pollers that the mapping always has, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<MinPollers>,
    /// The number of pollers that the mapping has at most, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<MaxPollers>,
    /// The group of mappings that share their pollers, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<PollerGroupName>,
}

impl Pollers {
    /// Returns the message that the minimum is above the maximum. Returns `None` if Lambda accepts the two.
    #[must_use]
    pub fn check_range(&self) -> Option<Message> {
        let min = self.min?.get();
        let max = self.max.map_or(limits::DEFAULT_KAFKA_MAX_POLLERS, MaxPollers::get);
        (min > max).then(|| messages::more_pollers_than_maximum(min, max))
    }
}

/// Metrics of a mapping of Kafka.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KafkaMetric {
    /// The records that the mapping reads, drops and delivers.
    EventCount,
    /// The errors of the mapping.
    ErrorCount,
    /// The consumer of Kafka, such as its lag.
    KafkaMetrics,
}

impl KafkaMetric {
    /// The metrics, each with its word in the grammar.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("event_count", Self::EventCount),
        ("error_count", Self::ErrorCount),
        ("kafka_metrics", Self::KafkaMetrics),
    ];

    /// Returns Lambda's name for the metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EventCount => "EventCount",
            Self::ErrorCount => "ErrorCount",
            Self::KafkaMetrics => "KafkaMetrics",
        }
    }
}

/// The destination of failed records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KafkaDestination {
    /// A queue, a topic of SNS or a bucket.
    Resource(ArnReference),
    /// Another topic of the same Kafka cluster.
    Topic(KafkaTopicName),
}

impl KafkaDestination {
    /// The beginning of a Kafka topic as a destination, as Lambda writes it.
    pub const SCHEME: &'static str = "kafka://";

    /// Returns the resource, and `None` if the destination is a Kafka topic.
    #[must_use]
    pub const fn resource(&self) -> Option<&ArnReference> {
        match self {
            Self::Resource(resource) => Some(resource),
            Self::Topic(_) => None,
        }
    }

    /// Returns the Kafka topic, and `None` if the destination is a resource.
    #[must_use]
    pub const fn topic(&self) -> Option<&KafkaTopicName> {
        match self {
            Self::Topic(topic) => Some(topic),
            Self::Resource(_) => None,
        }
    }
}

/// The settings of an event source mapping of a Kafka topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KafkaMapping {
    /// The topic whose records trigger the function.
    pub topic: KafkaTopicName,
    /// The position in the topic at which the mapping begins to read.
    pub start: StartingPosition,
    /// The maximum number of records in a batch, if the user set it; Lambda's default is 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<StreamBatchSize>,
    /// The consumer group that the mapping joins, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consumer_group: Option<ConsumerGroupId>,
    /// The provisioned pollers. Without them, Lambda scales the pollers itself, and retries a failed batch as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pollers: Option<Pollers>,
    /// Whether Lambda splits a failed batch, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bisect: Option<bool>,
    /// The age at which Lambda gives up failed records, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_record_age: Option<MaxRecordAge>,
    /// How often Lambda retries a failed batch, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retries: Option<StreamRetries>,
    /// The destination of records that Lambda gave up, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_failure: Option<KafkaDestination>,
    /// The registry with whose schemas Lambda decodes the records, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema_registry: Option<SchemaRegistry>,
    /// The level of the log lines of the mapping, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_level: Option<SystemLogLevel>,
    /// The metrics of the mapping.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kafka_metrics: Vec<KafkaMetric>,
    /// The settings that every event source mapping can have.
    #[serde(flatten)]
    pub mapping: EventSourceMapping,
}

impl KafkaMapping {
    /// Returns whether Lambda reads which records of a batch failed. It does so in provisioned mode alone.
    #[must_use]
    pub const fn reports_failures(&self) -> bool {
        self.pollers.is_some()
    }

    /// Returns whether Lambda splits a failed batch. Lambda gives up whole batches, so a batch that it can give up is
    /// split first. With a destination, Lambda gives up a batch after ten retries.
    // See decision 0039.
    #[must_use]
    pub fn bisects(&self) -> bool {
        let gives_up =
            self.retries.is_some() || self.max_record_age.is_some() || self.on_failure.is_some();
        self.bisect.unwrap_or(self.pollers.is_some() && gives_up)
    }

    /// Returns the keys whose settings need provisioned pollers, which the mapping does not have, each with the message.
    #[must_use]
    pub fn check_pollers(&self) -> Vec<(&'static str, Message)> {
        if self.pollers.is_some() {
            return Vec::new();
        }
        let to_topic = self.on_failure.as_ref().is_some_and(|it| it.topic().is_some());
        let set = [
            ("bisect", self.bisect == Some(true)),
            (keys::MAX_RECORD_AGE, self.max_record_age.is_some()),
            (keys::RETRIES, self.retries.is_some()),
            (failure_destination::KEY, to_topic),
            ("schema_registry", self.schema_registry.is_some()),
            ("log_level", self.log_level.is_some()),
        ];
        let is_set =
            |(key, is_set): &(&str, bool)| *is_set || self.mapping.from_parameters.has(key);
        let keys = set.into_iter().filter(is_set).map(|(key, _)| key);
        keys.map(|key| (key, messages::setting_without_pollers(key))).collect()
    }

    /// Returns the message that the topic is its own failure destination. Returns `None` if it is not.
    #[must_use]
    pub fn check_destination(&self) -> Option<Message> {
        let topic = self.on_failure.as_ref()?.topic()?;
        (*topic == self.topic).then(|| messages::topic_as_its_own_destination(topic.as_str()))
    }

    /// Returns the message that a batch of one record cannot be split. Returns `None` if it is not to be split.
    #[must_use]
    pub fn check_bisect(&self) -> Option<Message> {
        let is_one = self.batch_size.is_some_and(|size| size.get() == 1);
        (is_one && self.bisect == Some(true)).then(triggers::split_of_one_record)
    }

    /// Returns the numbers that template parameters can have.
    pub(crate) fn numbers(&mut self) -> NumberFields<'_> {
        let mut fields: Vec<(&str, &mut dyn NumberField)> = vec![
            (keys::BATCH_SIZE, &mut self.batch_size),
            (keys::MAX_RECORD_AGE, &mut self.max_record_age),
            (keys::RETRIES, &mut self.retries),
            (keys::BATCH_WINDOW, &mut self.mapping.batch_window),
        ];
        if let Some(pollers) = &mut self.pollers {
            fields.push((keys::MIN_POLLERS, &mut pollers.min));
            fields.push((keys::MAX_POLLERS, &mut pollers.max));
        }
        NumberFields { parameters: &mut self.mapping.from_parameters, fields }
    }

    /// Returns the keys of numbers that are parameters and whose worst values do not fit another setting, each with the
    /// message. The reader of the attribute checked all other numbers.
    #[must_use]
    pub(crate) fn check_parameters(&self) -> Vec<(&'static str, Message)> {
        let parameters = &self.mapping.from_parameters;
        let bisect = self.check_bisect().filter(|_| parameters.has(keys::BATCH_SIZE));
        let batch_size = self.batch_size.map(StreamBatchSize::get);
        let pollers = self.check_poller_parameters().map(|message| ("pollers", message));
        bisect
            .map(|message| ("bisect", message))
            .into_iter()
            .chain(self.mapping.check_parameters(batch_size))
            .chain(pollers)
            .collect()
    }

    /// Returns the message that the greatest minimum of pollers is above the least maximum. Returns `None` if none of the
    /// two is a parameter.
    fn check_poller_parameters(&self) -> Option<Message> {
        let parameters = &self.mapping.from_parameters;
        let Pollers { min, max, .. } = self.pollers.as_ref()?;
        let (min, max) = (min.map(MinPollers::get)?, max.map(MaxPollers::get));
        let max = max.unwrap_or(limits::DEFAULT_KAFKA_MAX_POLLERS);
        let least = parameters.least(keys::MAX_POLLERS, max);
        let message = || messages::more_pollers_than_maximum(min, least);
        match (parameters.find(keys::MIN_POLLERS), parameters.find(keys::MAX_POLLERS)) {
            _ if min <= least => None,
            (Some(it), _) => Some(parameters::limit(message(), &it.param, "max", least)),
            (None, Some(it)) => Some(parameters::limit(message(), &it.param, "min", min)),
            (None, None) => None,
        }
    }

    /// Returns the template parameters that the mapping refers to, each with the content that it has to have.
    pub(crate) fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let destination = self.on_failure.as_ref().and_then(KafkaDestination::resource);
        let destination = destination.and_then(ArnReference::param).map(|name| UsedParameter {
            key: failure_destination::KEY,
            name,
            content: failure_destination::PARAMETER,
        });
        let registry = self.schema_registry.iter().flat_map(SchemaRegistry::template_parameters);
        destination.into_iter().chain(registry).chain(self.mapping.template_parameters()).collect()
    }
}
