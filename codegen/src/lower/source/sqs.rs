//! Lowers a trigger on a queue to an event source mapping, which is folded into SAM's event `SQS`.

use skylift_model::aws::limits;
use skylift_model::aws::mapping::keys;
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::ResourceReference;
use skylift_model::message::Message;
use skylift_model::resource::ResourceKind;
use skylift_model::resource::queue::POLL_ACTIONS;
use skylift_model::source::sqs::Sqs;

use super::mapping;
use super::trigger::{LowerTrigger, LoweredTriggers, TriggerContext, undeclared_source};
use crate::lower::number::lower_number;
use crate::lower::resource;
use crate::messages;
use crate::overlay::{OverlayEntry, PropertyValue};
use crate::stack::{Event, SamEvent};

/// SAM's event type for a queue. It is also the name of an event if the queue's name has no letter or digit.
const SAM_EVENT: &str = "SQS";

impl LowerTrigger for Sqs {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let (stem, queue) = match &self.queue {
            ResourceReference::Declared(ident) => {
                let Some(resource) = context.app.resource(ident) else { return };
                // Not named after the function's own queue: SAM would concatenate function and event to the
                // queue's id.
                let stem = if resource.owner.is_some() { "Messages" } else { resource.id.as_str() };
                (stem.to_owned(), resource::resource_arn(resource))
            }
            other => match undeclared_source(other, ResourceKind::Queue, SAM_EVENT) {
                Some(named) => named,
                None => return,
            },
        };
        add_queue_mapping(self, &stem, queue, context, lowered);
    }

    /// Reports that the visibility timeout of a queue in the overlay is shorter than the function's timeout. Lambda
    /// rejects such a queue when the stack is deployed.
    fn check_overlay(&self, entry: &OverlayEntry, context: &TriggerContext<'_>) -> Option<Message> {
        let visible = match entry.property(&["VisibilityTimeout"]) {
            PropertyValue::Missing => limits::SQS_DEFAULT_VISIBILITY_SECONDS,
            PropertyValue::Value(Node::Int(seconds)) => u32::try_from(*seconds).ok()?,
            PropertyValue::Value(Node::Str(seconds)) => seconds.parse().ok()?,
            PropertyValue::Value(_) | PropertyValue::Unknown => return None,
        };
        let timeout = context.function.timeout(&context.app.defaults).get();
        if visible >= timeout {
            return None;
        }
        Some(messages::overlay_visibility_too_short(
            (&entry.name, &entry.origin),
            visible,
            timeout,
            limits::SQS_VISIBILITY_ADVISED_TIMEOUTS,
        ))
    }
}

/// Adds the event source mapping of a queue to a function's lowered triggers, and the calls by which Lambda reads
/// the queue. `queue` is the queue's ARN, and the event's name begins with `stem`.
pub(super) fn add_queue_mapping(
    sqs: &Sqs,
    stem: &str,
    queue: Node,
    context: &TriggerContext<'_>,
    lowered: &mut LoweredTriggers,
) {
    lowered.add_calls(vec![(POLL_ACTIONS.into(), queue.clone())]);
    let mut properties = mapping::source_and_function_properties(queue, context);
    let parameters = &sqs.mapping.from_parameters;
    let size = sqs.batch_size.map(|size| size.get());
    properties.set_some("BatchSize", lower_number(parameters, keys::BATCH_SIZE, size));
    let most = sqs.max_concurrency.map(|most| most.get());
    if let Some(most) = lower_number(parameters, keys::MAX_CONCURRENCY, most) {
        properties.set("ScalingConfig", Map::new().with("MaximumConcurrency", most));
    }
    mapping::set_common_properties(&sqs.mapping, context.app, &mut properties);
    mapping::add_mapping_event(stem, properties, context, lowered, fold_event);
}

/// Folds the mapping of a queue into SAM's event `SQS`.
fn fold_event(event: Event) -> SamEvent {
    mapping::fold_mapping(SAM_EVENT, "Queue", event)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    fn stack_with_trigger(arguments: &str) -> Stack {
        stack_from_source(&format!(
            "#[resource(queue)]\npub struct Jobs;\n#[function(trigger = sqs({arguments}))]\nasync fn take(event: SqsEvent) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    #[test]
    fn the_mapping_of_a_queue_enables_partial_batch_responses() {
        let stack = stack_with_trigger("queue = Jobs");
        let mapping = stack.resource("TakeJobs");
        assert_eq!(mapping.kind(), "AWS::Lambda::EventSourceMapping");
        assert_eq!(
            *mapping.properties(),
            json!({
                "EventSourceArn": { "Fn::GetAtt": "Jobs.Arn" },
                "FunctionName": { "Ref": "Take" },
                "FunctionResponseTypes": ["ReportBatchItemFailures"],
            })
        );
    }

    #[test]
    fn every_setting_of_a_trigger_sets_a_property_of_its_mapping() {
        let stack = stack_with_trigger(
            "queue = Jobs, batch_size = 500, batch_window = \"20s\", max_concurrency = 5, enabled = false, metrics, filters = [{ \"body\": { \"a\": [1] } }], kms_key = param(\"Key\")",
        );
        let mapping = stack.resource("TakeJobs");
        for (path, value) in [
            ("BatchSize", json!(500)),
            ("ScalingConfig", json!({ "MaximumConcurrency": 5 })),
            ("MaximumBatchingWindowInSeconds", json!(20)),
            ("Enabled", json!(false)),
            ("FilterCriteria", json!({ "Filters": [{ "Pattern": r#"{"body":{"a":[1]}}"# }] })),
            ("KmsKeyArn", json!({ "Ref": "Key" })),
            ("MetricsConfig", json!({ "Metrics": ["EventCount"] })),
        ] {
            assert_eq!(mapping.property(path), value, "{path}");
        }
        let plain = stack_with_trigger("queue = Jobs");
        for path in ["Enabled", "FilterCriteria", "MetricsConfig", "ScalingConfig"] {
            assert!(plain.resource("TakeJobs").property(path).is_null(), "{path}");
        }
    }

    #[test]
    fn a_queue_can_be_named_in_every_form() {
        let source = |arguments: &str, id: &str| {
            stack_with_trigger(arguments).resource(id).property("EventSourceArn")
        };
        let here = "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:jobs";
        assert_eq!(source("queue = \"jobs\"", "TakeJobs"), json!({ "Fn::Sub": here }));
        let arn = "arn:aws:sqs:eu-west-1:123456789012:old-jobs";
        assert_eq!(source(&format!("queue = \"{arn}\""), "TakeOldJobs"), arn);
        assert_eq!(
            source("queue = param(\"QueueArn\")", "TakeQueueArn"),
            json!({ "Ref": "QueueArn" })
        );
        let own = stack_from_source(
            "#[function(trigger = sqs)]\nasync fn take(event: SqsEvent) -> Result<(), Error> { Ok(()) }",
        );
        assert_eq!(
            own.resource("TakeMessages").property("EventSourceArn"),
            json!({ "Fn::GetAtt": "TakeQueue.Arn" })
        );
    }

    #[test]
    fn the_mapping_of_a_function_with_an_alias_has_the_alias() {
        let stack = stack_from_source(
            "#[function(trigger = sqs, provisioned_concurrency = 1)]\nasync fn take(event: SqsEvent) -> Result<(), Error> { Ok(()) }",
        );
        let mapping = stack.resource("TakeMessages");
        assert_eq!(mapping.property("FunctionName"), json!({ "Ref": "TakeAliaslive" }));
    }

    #[test]
    fn sams_event_has_the_properties_of_the_mapping_without_the_function() {
        let mut stack = stack_with_trigger("queue = Jobs, batch_size = 5");
        let event = stack.functions[0].events.remove(0);
        let sam = (event.fold)(event);
        assert_eq!(sam.kind, "SQS");
        assert_eq!(
            serde_json::to_string(&sam.properties).unwrap(),
            r#"{"Queue":{"Fn::GetAtt":"Jobs.Arn"},"BatchSize":5,"FunctionResponseTypes":["ReportBatchItemFailures"]}"#
        );
    }
}
