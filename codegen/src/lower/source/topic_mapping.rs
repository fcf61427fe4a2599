//! The common parts of event source mappings of Kafka topics, of the sources `msk` and `kafka`: their properties, the
//! API calls that Lambda makes with the secrets and the schema registry, and SAM's event.
// See decision 0109.

use skylift_model::App;
use skylift_model::aws::mapping::kafka::{
    KafkaDestination, KafkaMapping, KafkaMetric, Pollers, REGISTRY_ACTIONS, SCHEMA_ACTIONS,
};
use skylift_model::aws::mapping::kafka_access::{
    KafkaCredentials, RegistryAddress, SchemaRegistry, glue_registry_name,
};
use skylift_model::aws::mapping::keys;
use skylift_model::aws::mapping::stream::StartingPosition;
use skylift_model::aws::node::{Map, Node};
use skylift_model::number_setting::NumberParameters;

use super::mapping::{self, FUNCTION_PROPERTY};
use super::source_access::{ACCESS, access_entry, secret_calls, secret_uri};
use super::trigger::{LoweredTriggers, TriggerContext};
use crate::lower::invoke;
use crate::lower::number::lower_number;
use crate::lower::text::text_nodes;

/// Returns the properties with which the mapping of a Kafka topic begins. `source` are those of the cluster, and `access`
/// are the entries of `SourceAccessConfigurations`.
pub(super) fn first_properties(
    source: Map,
    access: Vec<Node>,
    mapping: &KafkaMapping,
    context: &TriggerContext<'_>,
) -> Map {
    let mut properties = source;
    properties.set(FUNCTION_PROPERTY, invoke::target_reference(context.function));
    properties.set("Topics", text_nodes([mapping.topic.as_str()]));
    properties.set("StartingPosition", mapping.start.as_str());
    if let StartingPosition::At(timestamp) = mapping.start {
        properties.set("StartingPositionTimestamp", Node::from(timestamp.seconds()));
    }
    if !access.is_empty() {
        properties.set(ACCESS, access);
    }
    properties
}

/// Adds the properties that the mappings of all Kafka topics have to `properties`, and the calls that Lambda makes for
/// them to `lowered`. `config` is the property with the consumer group and the schema registry.
pub(super) fn add_properties(
    mapping: &KafkaMapping,
    config: &str,
    context: &TriggerContext<'_>,
    properties: &mut Map,
    lowered: &mut LoweredTriggers,
) {
    let parameters = &mapping.mapping.from_parameters;
    let size = mapping.batch_size.map(|size| size.get());
    properties.set_some("BatchSize", lower_number(parameters, keys::BATCH_SIZE, size));
    let metrics: Vec<&str> =
        mapping.kafka_metrics.iter().copied().map(KafkaMetric::as_str).collect();
    let reports = mapping.reports_failures();
    mapping::set_properties(&mapping.mapping, reports, &metrics, context.app, properties);
    if mapping.bisects() {
        properties.set("BisectBatchOnFunctionError", true);
    }
    let age = mapping.max_record_age.map(|age| age.get());
    let age = lower_number(parameters, keys::MAX_RECORD_AGE, age);
    properties.set_some("MaximumRecordAgeInSeconds", age);
    let retries = mapping.retries.map(|retries| retries.get());
    let retries = lower_number(parameters, keys::RETRIES, retries);
    properties.set_some("MaximumRetryAttempts", retries);
    properties.set_some(
        "ProvisionedPollerConfig",
        mapping.pollers.as_ref().map(|it| lower_pollers(it, parameters)),
    );
    let mut of_kafka = Map::new();
    of_kafka.set_some("ConsumerGroupId", mapping.consumer_group.as_ref().map(|id| id.as_str()));
    if let Some(registry) = &mapping.schema_registry {
        of_kafka.set("SchemaRegistryConfig", lower_registry(registry, context.app, lowered));
    }
    if !of_kafka.is_empty() {
        properties.set(config, of_kafka);
    }
    if let Some(level) = mapping.log_level {
        properties.set("LoggingConfig", Map::new().with("SystemLogLevel", level.as_str()));
    }
    let destination = match &mapping.on_failure {
        Some(KafkaDestination::Topic(topic)) => {
            Some(Node::from(format!("{}{topic}", KafkaDestination::SCHEME)))
        }
        Some(KafkaDestination::Resource(named)) => mapping::lower_destination(named, context.app)
            .map(|destination| {
                lowered.add_calls(destination.calls);
                destination.arn
            }),
        None => None,
    };
    if let Some(destination) = destination {
        let on_failure = Map::new().with("OnFailure", Map::new().with("Destination", destination));
        properties.set("DestinationConfig", on_failure);
    }
}

/// Returns the provisioned pollers of a mapping. Without numbers, the least number turns the mode on.
fn lower_pollers(pollers: &Pollers, parameters: &NumberParameters) -> Map {
    let mut config = Map::new();
    let min = lower_number(parameters, keys::MIN_POLLERS, pollers.min.map(|min| min.get()));
    let max = lower_number(parameters, keys::MAX_POLLERS, pollers.max.map(|max| max.get()));
    let is_set = min.is_some() || max.is_some();
    config.set_some("MinimumPollers", min);
    config.set_some("MaximumPollers", max);
    config.set_some("PollerGroupName", pollers.group.as_ref().map(|group| group.as_str()));
    if !is_set {
        config.set("MinimumPollers", 1_u32);
    }
    config
}

/// Returns the configuration of a schema registry, and adds the calls that Lambda makes to it.
fn lower_registry(registry: &SchemaRegistry, app: &App, lowered: &mut LoweredTriggers) -> Map {
    let mut config = Map::new()
        .with("SchemaRegistryURI", registry.address.as_str())
        .with("EventRecordFormat", registry.format.as_str());
    let part = |name: &'static str| Node::from(Map::new().with("Attribute", name));
    let parts: Vec<Node> = registry.validate.iter().map(|it| part(it.as_str())).collect();
    config.set("SchemaValidationConfigs", parts);
    let access: Vec<Node> = registry
        .access()
        .map(|(name, secret)| access_entry(name, secret_uri(secret, app)))
        .collect();
    if !access.is_empty() {
        config.set("AccessConfigs", access);
    }
    for (_, secret) in registry.access() {
        lowered.add_calls(secret_calls(secret, app));
    }
    if let RegistryAddress::Glue(arn) = &registry.address {
        let name = glue_registry_name(arn).unwrap_or_default();
        let schemas = arn.replace(&format!(":registry/{name}"), &format!(":schema/{name}/*"));
        lowered.add_calls(vec![
            (REGISTRY_ACTIONS.into(), Node::from(arn)),
            (SCHEMA_ACTIONS.into(), Node::from(schemas)),
        ]);
    }
    config
}

/// Returns the entry for the credentials, and adds the calls that Lambda makes with them.
pub(super) fn lower_credentials(
    credentials: &KafkaCredentials,
    app: &App,
    lowered: &mut LoweredTriggers,
) -> Vec<Node> {
    let auth = credentials.auth.filter(|auth| auth.has_secret());
    let kind = auth.and_then(|auth| auth.type_name());
    let entry = kind.zip(credentials.secret.as_ref()).map(|(kind, secret)| {
        lowered.add_calls(secret_calls(secret, app));
        access_entry(kind, secret_uri(secret, app))
    });
    entry.into_iter().collect()
}
