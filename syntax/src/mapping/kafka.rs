//! The arguments that the event source mappings of Kafka topics share: `topic = "orders"`, `start = latest`,
//! `batch_size = 100`, `consumer_group = "billing"`, `pollers(min = 1, max = 4, group = "shop")`, `retries = 3`,
//! `max_record_age = "1h"`, `bisect`, `on_failure = Lost`, `schema_registry(…)`, `log_level = info` and `metrics`,
//! beside the arguments of [every mapping](super::read_mapping).
// See decision 0109.

use skylift_model::aws::logs::SystemLogLevel;
use skylift_model::aws::mapping::kafka::{
    KafkaDestination, KafkaMapping, KafkaMetric, Pollers, RECORD_FIELDS,
};
use skylift_model::aws::mapping::stream::{StartingPosition, StreamBatchSize};
use skylift_model::aws::mapping::{failure_destination, keys};
use skylift_model::aws::name::KafkaTopicName;
use skylift_model::number_setting::NumberParameters;

use super::{RecordFields, kafka_access, read_settings, stream};
use crate::errors::Errors;
use crate::messages::{self, FamiliarWords, phrases};
use crate::readers::{
    accept, read_list, read_name, read_number, read_seconds, read_word, take_number,
};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// Other tools' words for the keys of a Kafka mapping.
pub(super) const WORDS: &[FamiliarWords] = &[
    (&["topics", "topicname", "kafkatopic"], "write `topic = \"orders\"`"),
    (&["consumergroupid", "groupid"], "write `consumer_group = \"billing\"`"),
    (
        &["provisionedpollerconfig", "minimumpollers", "maximumpollers", "pollergroupname"],
        "write `pollers(min = 1, max = 4)`",
    ),
    (
        &[
            "sourceaccessconfigurations",
            "accessconfigurations",
            "authenticationmethod",
            "saslscram512auth",
            "clientcertificatetlsauth",
        ],
        "write `auth = scram_512, secret = Credentials`",
    ),
    (&["secretsmanagerkmskeyid", "secretskey"], "write `secret_key = \"arn:…\"`"),
    (
        &["schemaregistryconfig", "registry"],
        "write `schema_registry(address = \"arn:…\", format = json, validate = value)`",
    ),
    (&["loggingconfig", "systemloglevel", "logging"], "write `log_level = info`"),
    (&["metricsconfig"], "write `metrics`, or `metrics = [event_count, kafka_metrics]`"),
];

/// The keys that every Kafka mapping needs.
const NEEDED: [&str; 2] = ["topic", "start"];

/// The arguments of a Kafka mapping, and the keys that are missing.
pub(crate) struct ReadKafka {
    /// The mapping. `None` if it has an error, or lacks a key.
    pub(crate) mapping: Option<KafkaMapping>,
    /// The keys that the user did not write and has to.
    pub(crate) missing: Vec<&'static str>,
}

/// Reads the arguments that the event source mapping of every Kafka topic has. `source` is the name of the source.
pub(crate) fn read_kafka_mapping(
    args: &Args,
    source: &'static str,
    errors: &mut Errors,
) -> ReadKafka {
    args.explain(WORDS);
    args.explain(stream::START_WORDS);
    args.explain(stream::WORDS);
    let records = RecordFields {
        source,
        fields: RECORD_FIELDS,
        values: &[("timestampType", &["CREATE_TIME", "LOG_APPEND_TIME"])],
    };
    let topic: Option<KafkaTopicName> = args.take("topic", read_name, errors);
    let start = |value: &ArgValue, errors: &mut Errors| stream::read_start(value, true, errors);
    let start: Option<StartingPosition> = args.take("start", start, errors);
    let missing = NEEDED.into_iter().filter(|key| !args.has_key(key)).collect();
    // The placeholders are never returned.
    let known_topic = topic.clone().or_else(|| KafkaTopicName::try_from("topic").ok());
    let Some(known_topic) = known_topic else { return ReadKafka { mapping: None, missing } };
    let mut parameters = NumberParameters::default();
    let mut mapping = KafkaMapping {
        topic: known_topic,
        start: start.unwrap_or(StartingPosition::Latest),
        batch_size: take_number(args, keys::BATCH_SIZE, read_number, &mut parameters, errors),
        consumer_group: args.take("consumer_group", read_name, errors),
        pollers: args.take_nested(
            "pollers",
            |args, errors| read_pollers(args, &mut parameters, errors),
            errors,
        ),
        bisect: args.take_flag("bisect", errors),
        max_record_age: stream::take_limit(
            args,
            keys::MAX_RECORD_AGE,
            read_seconds,
            &mut parameters,
            errors,
        ),
        retries: stream::take_limit(args, keys::RETRIES, read_number, &mut parameters, errors),
        on_failure: args.take(failure_destination::KEY, read_destination, errors),
        schema_registry: kafka_access::take_registry(args, errors),
        log_level: args.take("log_level", read_log_level, errors),
        kafka_metrics: args
            .take_flag_or("metrics", vec![KafkaMetric::EventCount], read_metrics, errors)
            .unwrap_or_default(),
        mapping: read_settings(args, records, errors),
    };
    mapping.mapping.from_parameters.add(parameters);
    check_mapping(args, &mapping, topic.is_some(), errors);
    let is_whole = topic.is_some() && start.is_some();
    ReadKafka { mapping: is_whole.then_some(mapping), missing }
}

/// Checks the settings of a mapping against each other. `has_topic` is whether the topic was read.
fn check_mapping(args: &Args, mapping: &KafkaMapping, has_topic: bool, errors: &mut Errors) {
    if !args.has_key("pollers") {
        // The settings need one thing.
        if let Some((key, message)) = mapping.check_pollers().into_iter().next() {
            errors.push(args.span_of(key), message);
        }
    }
    if let Some(message) = mapping.check_destination().filter(|_| has_topic) {
        errors.push(args.span_of(failure_destination::KEY), message);
    }
    if let Some(message) = mapping.check_bisect() {
        errors.push(args.span_of("bisect"), message);
    }
    let batch_size = mapping.batch_size.map(StreamBatchSize::get);
    if let Some(message) = mapping.mapping.check_window(batch_size) {
        errors.push(args.span_of("batch_window"), message);
    }
}

/// Reads the arguments of `pollers(…)`.
fn read_pollers(args: &Args, parameters: &mut NumberParameters, errors: &mut Errors) -> Pollers {
    let read = args.read_all("pollers", errors, |args, errors| {
        let pollers = Pollers {
            min: take_number(args, keys::MIN_POLLERS, read_number, parameters, errors),
            max: take_number(args, keys::MAX_POLLERS, read_number, parameters, errors),
            group: args.take("group", read_name, errors),
        };
        let is_known = !parameters.has(keys::MAX_POLLERS);
        if let Some(message) = pollers.check_range().filter(|_| is_known) {
            errors.push(args.span_of("min"), message);
        }
        Some(pollers)
    });
    read.unwrap_or_default()
}

/// Reads the value of `on_failure`: a resource, or a topic of the same cluster as `kafka://orders-lost`.
fn read_destination(value: &ArgValue, errors: &mut Errors) -> Option<KafkaDestination> {
    if let ArgValueKind::Str(text) = &value.kind
        && let Some(topic) = text.strip_prefix(KafkaDestination::SCHEME)
    {
        return accept(KafkaTopicName::try_from(topic), value, errors).map(KafkaDestination::Topic);
    }
    stream::read_on_failure(value, errors).map(KafkaDestination::Resource)
}

/// Reads the value of `log_level`.
fn read_log_level(value: &ArgValue, errors: &mut Errors) -> Option<SystemLogLevel> {
    read_word(value, phrases::SYSTEM_LOG_LEVEL, &SystemLogLevel::ALL, errors)
}

/// Reads the value of `metrics`: one metric, or a list of them.
fn read_metrics(value: &ArgValue, errors: &mut Errors) -> Option<Vec<KafkaMetric>> {
    kafka_access::read_words(value, phrases::MAPPING_METRIC, KafkaMetric::WORDS, errors)
}

/// Reads a list of values, or one value. Returns `None` after an error was recorded.
pub(crate) fn read_values<T>(
    key: &str,
    limit: usize,
    value: &ArgValue,
    errors: &mut Errors,
    read: impl Fn(&ArgValue, &mut Errors) -> Option<T>,
) -> Option<Vec<T>> {
    errors.scope(|errors| {
        let items = read_list(value);
        if items.is_empty() {
            errors.push(&value.span, messages::list_empty(key));
        }
        if items.len() > limit {
            errors.push(&value.span, messages::list_too_long(key, items.len(), limit));
        }
        Some(items.iter().filter_map(|item| read(item, errors)).collect())
    })
}
