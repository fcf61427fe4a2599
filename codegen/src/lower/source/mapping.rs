//! The common parts of event source mappings of queues and streams. These are their properties, the calls that
//! Lambda makes to send failed events to a destination, and SAM's event, which has the same properties without the
//! function.
//!
//! A mapping enables partial batch responses wherever Lambda has them. They have no effect on a response that names no failures.
// See decision 0036, decision 0038 and decision 0041.

use skylift_model::App;
use skylift_model::aws::mapping::failure_destination::kind_from_arn;
use skylift_model::aws::mapping::stream::{StartingPosition, StreamMapping};
use skylift_model::aws::mapping::{EventSourceMapping, keys};
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::ArnReference;

use super::trigger::{LoweredTriggers, RoleCalls, TriggerContext};
use crate::lower::number::lower_number;
use crate::lower::text::text_nodes;
use crate::lower::{destination, invoke, resource, value};
use crate::stack::{self, Event, SamEvent};

/// The property of a mapping for the source, such as a queue.
pub(super) const SOURCE_PROPERTY: &str = "EventSourceArn";

/// The property of a mapping for the function.
pub(super) const FUNCTION_PROPERTY: &str = "FunctionName";

/// Returns the properties with which every event source mapping begins: the source's ARN and the function.
pub(super) fn source_and_function_properties(source: Node, context: &TriggerContext<'_>) -> Map {
    Map::new()
        .with(SOURCE_PROPERTY, source)
        .with(FUNCTION_PROPERTY, invoke::target_reference(context.function))
}

/// Adds an event source mapping to a function's lowered triggers, as an event. The event's name begins with `stem`,
/// and `fold` converts the event to SAM's event.
pub(super) fn add_mapping_event(
    stem: &str,
    properties: Map,
    context: &TriggerContext<'_>,
    lowered: &mut LoweredTriggers,
    fold: fn(Event) -> SamEvent,
) {
    let name = lowered.unique_name(stem);
    let id = format!("{}{name}", context.function.id);
    let mapping = stack::Resource::new(
        id,
        "AWS::Lambda::EventSourceMapping",
        context.event_owner(&name),
        properties,
    );
    lowered.add_event(name, vec![mapping], fold);
}

/// Folds an event source mapping into SAM's event of the type `kind`; `source` is the name of the event's property
/// for the source.
pub(super) fn fold_mapping(kind: &'static str, source: &str, event: Event) -> SamEvent {
    let mut properties = Map::new();
    for (key, value) in event.resources.into_iter().flat_map(|it| it.properties) {
        match key.as_str() {
            SOURCE_PROPERTY => properties.push(source, value),
            FUNCTION_PROPERTY => {}
            _ => properties.push(key, value),
        }
    }
    SamEvent { kind, properties }
}

/// Folds an event source mapping of a stream into SAM's event of the type `kind`.
pub(super) fn fold_stream_mapping(kind: &'static str, event: Event) -> SamEvent {
    fold_mapping(kind, "Stream", event)
}

/// Returns the properties of a stream's event source mapping, and the API calls that Lambda makes to send failed
/// events to a destination.
///
/// Lambda's special value for an unlimited record age is never written: it is the default.
pub(super) fn stream_mapping(
    stream: Node,
    mapping: &StreamMapping,
    context: &TriggerContext<'_>,
) -> (Map, RoleCalls) {
    let mut properties = source_and_function_properties(stream, context);
    let start = mapping.start();
    properties.set("StartingPosition", start.as_str());
    if let StartingPosition::At(timestamp) = start {
        properties.set("StartingPositionTimestamp", Node::from(timestamp.seconds()));
    }
    let parameters = &mapping.mapping.from_parameters;
    let number = |key, value| lower_number(parameters, key, value);
    let size = mapping.batch_size.map(|size| size.get());
    properties.set_some("BatchSize", number(keys::BATCH_SIZE, size));
    set_common_properties(&mapping.mapping, context.app, &mut properties);
    let factor = mapping.parallelization_factor.map(|it| it.get());
    properties.set_some("ParallelizationFactor", number(keys::PARALLELIZATION_FACTOR, factor));
    if mapping.bisects() {
        properties.set("BisectBatchOnFunctionError", true);
    }
    let age = mapping.max_record_age.map(|age| age.get());
    properties.set_some("MaximumRecordAgeInSeconds", number(keys::MAX_RECORD_AGE, age));
    let retries = mapping.retries.map(|retries| retries.get());
    properties.set_some("MaximumRetryAttempts", number(keys::RETRIES, retries));
    let window = mapping.tumbling_window.map(|it| it.get());
    properties.set_some("TumblingWindowInSeconds", number(keys::TUMBLING_WINDOW, window));
    let destination = mapping.on_failure.as_ref().and_then(|it| lower_destination(it, context.app));
    let Some(LoweredDestination { arn, calls }) = destination else {
        return (properties, RoleCalls::new());
    };
    let on_failure = Map::new().with("OnFailure", Map::new().with("Destination", arn));
    properties.set("DestinationConfig", on_failure);
    (properties, calls)
}

/// Sets the properties that event source mappings of queues and streams have.
pub(super) fn set_common_properties(mapping: &EventSourceMapping, app: &App, properties: &mut Map) {
    let metrics = mapping.metrics.then_some("EventCount");
    set_properties(mapping, true, &metrics.into_iter().collect::<Vec<_>>(), app, properties);
}

/// Sets the properties that event source mappings of every source have. `reports` is whether Lambda reads which records
/// of a batch failed, and `metrics` are Lambda's names of the metrics.
pub(super) fn set_properties(
    mapping: &EventSourceMapping,
    reports: bool,
    metrics: &[&str],
    app: &App,
    properties: &mut Map,
) {
    let window = mapping.batch_window.map(|window| window.get());
    let window = lower_number(&mapping.from_parameters, keys::BATCH_WINDOW, window);
    properties.set_some("MaximumBatchingWindowInSeconds", window);
    if reports {
        properties.set("FunctionResponseTypes", text_nodes(["ReportBatchItemFailures"]));
    }
    if let Some(parameter) = &mapping.enabled_by {
        properties.set("Enabled", Node::reference(parameter.as_str()));
    } else if !mapping.enabled {
        properties.set("Enabled", false);
    }
    if !mapping.filters.is_empty() {
        let filter = |pattern: &Node| {
            Map::new().with("Pattern", serde_json::to_string(pattern).unwrap_or_default()).into()
        };
        let filters: Vec<Node> = mapping.filters.iter().map(filter).collect();
        properties.set("FilterCriteria", Map::new().with("Filters", filters));
    }
    properties
        .set_some("KmsKeyArn", mapping.kms_key.as_ref().map(|key| value::lower_value(key, app)));
    if !metrics.is_empty() {
        let metrics = text_nodes(metrics.iter().copied());
        properties.set("MetricsConfig", Map::new().with("Metrics", metrics));
    }
}

/// The destination to which Lambda sends failed events of a mapping.
pub(super) struct LoweredDestination {
    /// The ARN of the destination. It is a reference if the stack creates the destination, and otherwise the ARN or
    /// the template parameter that the user wrote. With a reference, the destination exists before the mapping, as
    /// it must because Lambda checks it. Nothing refers to a mapping, so the reference is not circular.
    pub(super) arn: Node,
    /// The API calls by which Lambda sends failed events to the destination.
    pub(super) calls: RoleCalls,
}

/// Returns the destination that `named` refers to. Returns `None` if the application has no such resource, or if
/// Lambda does not send failed events to the service in the ARN.
pub(super) fn lower_destination(named: &ArnReference, app: &App) -> Option<LoweredDestination> {
    Some(match named {
        ArnReference::Declared(ident) => {
            let resource = app.resource(ident)?;
            let calls =
                destination::destination_calls(resource.kind(), &resource::resource_arn(resource));
            LoweredDestination { arn: resource::arn_by_reference(resource), calls }
        }
        ArnReference::Arn(arn) => {
            let whole = Node::from(arn);
            LoweredDestination {
                calls: destination::destination_calls(kind_from_arn(arn)?, &whole),
                arn: whole,
            }
        }
        ArnReference::Param(name) => {
            let arn = Node::reference(name.as_str());
            LoweredDestination { calls: destination::any_destination_calls(&arn), arn }
        }
    })
}
