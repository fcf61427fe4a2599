//! The common parts of event source mappings of queues and streams: their properties, the calls that Lambda makes to
//! send failed events to a destination, and SAM's event, which has the same properties without the function.
//!
//! A mapping always enables partial batch responses. They have no effect on a response that names no failures.

use skylift_model::App;
use skylift_model::aws::mapping::EventSourceMapping;
use skylift_model::aws::mapping::failure_destination::kind_from_arn;
use skylift_model::aws::mapping::stream::{StartingPosition, StreamMapping};
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::ArnReference;

use super::lowered::{Calls, Lowered, Of};
use crate::lower::text::texts;
use crate::lower::{destination, invoke, resource, value};
use crate::stack::{self, Event, SamEvent};

/// The property for the source.
const SOURCE: &str = "EventSourceArn";

/// The property for the function.
const FUNCTION: &str = "FunctionName";

/// Returns the first properties of every mapping: the source and the function.
pub(super) fn begin(source: Node, of: &Of<'_>) -> Map {
    Map::new().with(SOURCE, source).with(FUNCTION, invoke::function_name(of.function))
}

/// Adds a mapping as an event whose name has this stem.
pub(super) fn event(
    stem: &str,
    properties: Map,
    of: &Of<'_>,
    to: &mut Lowered,
    fold: fn(Event) -> SamEvent,
) {
    let name = to.name(stem);
    let id = format!("{}{name}", of.function.id);
    let mapping =
        stack::Resource::new(id, "AWS::Lambda::EventSourceMapping", of.part(&name), properties);
    to.event(name, vec![mapping], fold);
}

/// Folds a mapping into SAM's event of this type; `source` is the event's property for the source.
pub(super) fn fold(kind: &'static str, source: &str, event: Event) -> SamEvent {
    let mut properties = Map::new();
    for (key, value) in event.resources.into_iter().flat_map(|it| it.properties) {
        match key.as_str() {
            SOURCE => properties.push(source, value),
            FUNCTION => {}
            _ => properties.push(key, value),
        }
    }
    SamEvent { kind, properties }
}

/// Folds a mapping of a stream into SAM's event of this type.
pub(super) fn fold_stream(kind: &'static str, event: Event) -> SamEvent {
    fold(kind, "Stream", event)
}

/// Returns the properties of a mapping of a stream, and the calls that Lambda makes to send failures.
///
/// Lambda's special value for an unlimited record age is never written: it is the default.
pub(super) fn of_stream(stream: Node, mapping: &StreamMapping, of: &Of<'_>) -> (Map, Calls) {
    let mut properties = begin(stream, of);
    let start = mapping.start();
    properties.set("StartingPosition", start.as_str());
    if let StartingPosition::At(timestamp) = start {
        properties.set("StartingPositionTimestamp", Node::Int(timestamp.seconds()));
    }
    properties.set_some("BatchSize", mapping.batch_size.map(|size| size.get()));
    set(&mapping.mapping, of.app, &mut properties);
    properties.set_some("ParallelizationFactor", mapping.parallelization_factor.map(|it| it.get()));
    if mapping.bisects() {
        properties.set("BisectBatchOnFunctionError", true);
    }
    properties.set_some("MaximumRecordAgeInSeconds", mapping.max_record_age.map(|age| age.get()));
    properties.set_some("MaximumRetryAttempts", mapping.retries.map(|retries| retries.get()));
    properties.set_some("TumblingWindowInSeconds", mapping.tumbling_window.map(|it| it.get()));
    let destination = mapping.on_failure.as_ref().and_then(|it| to(it, of.app));
    let Some(Destination { arn, calls }) = destination else {
        return (properties, Calls::new());
    };
    let on_failure = Map::new().with("OnFailure", Map::new().with("Destination", arn));
    properties.set("DestinationConfig", on_failure);
    (properties, calls)
}

/// Sets the properties that mappings of every source have.
pub(super) fn set(mapping: &EventSourceMapping, app: &App, properties: &mut Map) {
    let window = mapping.batch_window.map(|window| window.get());
    properties.set_some("MaximumBatchingWindowInSeconds", window);
    properties.set("FunctionResponseTypes", texts(["ReportBatchItemFailures"]));
    if !mapping.enabled {
        properties.set("Enabled", false);
    }
    if !mapping.filters.is_empty() {
        let filter = |pattern: &Node| {
            Map::new().with("Pattern", serde_json::to_string(pattern).unwrap_or_default()).into()
        };
        let filters: Vec<Node> = mapping.filters.iter().map(filter).collect();
        properties.set("FilterCriteria", Map::new().with("Filters", filters));
    }
    properties.set_some("KmsKeyArn", mapping.kms_key.as_ref().map(|key| value::lower(key, app)));
    if mapping.metrics {
        properties.set("MetricsConfig", Map::new().with("Metrics", texts(["EventCount"])));
    }
}

/// The destination to which Lambda sends failed events.
struct Destination {
    /// The ARN, as a reference if the stack creates the destination: it must exist before the mapping, because Lambda
    /// checks it. Nothing refers to a mapping, so this is not circular.
    arn: Node,
    /// The calls that send to it.
    calls: Calls,
}

fn to(named: &ArnReference, app: &App) -> Option<Destination> {
    Some(match named {
        ArnReference::Declared(ident) => {
            let resource = app.resource(ident)?;
            let calls = destination::calls(resource.kind(), &resource::arn(resource));
            Destination { arn: resource::arn_by_reference(resource), calls }
        }
        ArnReference::Arn(arn) => {
            let whole = Node::from(arn);
            Destination { calls: destination::calls(kind_from_arn(arn)?, &whole), arn: whole }
        }
        ArnReference::Param(name) => {
            let arn = Node::reference(name.as_str());
            Destination { calls: destination::calls_of_any(&arn), arn }
        }
    })
}
