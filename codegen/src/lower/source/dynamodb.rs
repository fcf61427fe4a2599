//! Lowers a trigger on a table to an event source mapping on the table's stream; the mapping is folded into SAM's
//! event `DynamoDB`. The stream's ARN ends in the time at which the stream was enabled, so only the table itself can
//! return it.

use skylift_model::aws::node::Node;
use skylift_model::aws::value::ArnReference;
use skylift_model::message::Message;
use skylift_model::resource::{Existing, name_from_arn};
use skylift_model::source::dynamodb::{DynamoDb, POLL_ACTIONS, table_from_stream_arn};

use super::mapping;
use super::trigger::{LowerTrigger, LoweredTriggers, TriggerContext, event_stem};
use crate::lower::resource::related_variable;
use crate::lower::text::camel_case;
use crate::messages;
use crate::overlay::{OverlayEntry, PropertyValue};
use crate::stack::{Event, SamEvent};

/// SAM's event type for a table's stream. It is also the name of an event if the table's name has no letter or
/// digit.
const SAM_EVENT: &str = "DynamoDB";

impl LowerTrigger for DynamoDb {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let (stem, stream) = match &self.table {
            ArnReference::Declared(ident) => {
                let Some(resource) = context.app.resource(ident) else { return };
                let stream = match &resource.existing {
                    None => Node::attribute(&resource.id, "StreamArn"),
                    Some(Existing::Overlay(id)) => Node::attribute(id, "StreamArn"),
                    Some(Existing::Env(variable)) => {
                        Node::reference(related_variable(variable.as_str(), "STREAM_ARN"))
                    }
                    // The model's check reports that this ARN cannot be determined.
                    Some(Existing::Name(_) | Existing::Arn(_) | Existing::Param(_)) => return,
                };
                (resource.id.to_string(), stream)
            }
            ArnReference::Arn(arn) => {
                let table = table_from_stream_arn(arn).and_then(name_from_arn).unwrap_or_default();
                (event_stem(table, SAM_EVENT), Node::from(arn))
            }
            ArnReference::Param(name) => {
                (camel_case(name.as_str()), Node::reference(name.as_str()))
            }
        };
        lowered.add_calls(vec![(POLL_ACTIONS.into(), stream.clone())]);
        let (properties, further) = mapping::stream_mapping(stream, &self.mapping, context);
        lowered.add_calls(further);
        mapping::add_mapping_event(&stem, properties, context, lowered, fold_event);
    }

    /// Reports that a table of the overlay has no stream. SAM's own table type has no property for a stream.
    fn check_overlay(
        &self,
        entry: &OverlayEntry,
        _context: &TriggerContext<'_>,
    ) -> Option<Message> {
        let none = matches!(entry.property(&["StreamSpecification"]), PropertyValue::Missing);
        none.then(|| messages::overlay_table_without_stream(&entry.name, &entry.origin))
    }
}

/// Folds the mapping of a table's stream into SAM's event `DynamoDB`.
fn fold_event(event: Event) -> SamEvent {
    mapping::fold_stream_mapping(SAM_EVENT, event)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    fn stack_with_trigger(arguments: &str) -> Stack {
        stack_from_source(&format!(
            "#[resource(topic)]\npub struct Lost;\n#[resource(table(key = \"id\", stream = new_and_old))]\npub struct Orders;\n#[function(trigger = dynamodb({arguments}))]\nasync fn take(event: DynamoDbEvent) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    #[test]
    fn the_mapping_reads_the_tables_stream_from_the_oldest_change() {
        let bisects = stack_with_trigger("table = Orders, retries = 3").resource("TakeOrders");
        assert_eq!(bisects.property("BisectBatchOnFunctionError"), true);
        let mapping = stack_with_trigger("table = Orders").resource("TakeOrders");
        assert_eq!(mapping.kind(), "AWS::Lambda::EventSourceMapping");
        assert_eq!(
            *mapping.properties(),
            json!({
                "EventSourceArn": { "Fn::GetAtt": "Orders.StreamArn" },
                "FunctionName": { "Ref": "Take" },
                "StartingPosition": "TRIM_HORIZON",
                "FunctionResponseTypes": ["ReportBatchItemFailures"],
            })
        );
    }

    #[test]
    fn every_setting_of_a_trigger_sets_a_property_of_its_mapping() {
        let stack = stack_with_trigger(
            "table = Orders, start = latest, batch_size = 500, batch_window = \"20s\", parallelization_factor = 4, bisect = false, max_record_age = \"1h\", retries = 3, on_failure = Lost, enabled = false",
        );
        let mapping = stack.resource("TakeOrders");
        for (path, value) in [
            ("StartingPosition", json!("LATEST")),
            ("BatchSize", json!(500)),
            ("MaximumBatchingWindowInSeconds", json!(20)),
            ("ParallelizationFactor", json!(4)),
            ("BisectBatchOnFunctionError", json!(null)),
            ("MaximumRecordAgeInSeconds", json!(3600)),
            ("MaximumRetryAttempts", json!(3)),
            ("DestinationConfig", json!({ "OnFailure": { "Destination": { "Ref": "Lost" } } })),
            ("Enabled", json!(false)),
        ] {
            assert_eq!(mapping.property(path), value, "{path}");
        }
    }

    #[test]
    fn an_existing_table_is_named_by_its_stream() {
        let source = |arguments: &str, id: &str| {
            stack_with_trigger(arguments).resource(id).property("EventSourceArn")
        };
        let arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/old-orders/stream/2026-01-01T00:00:00.000";
        let start = "start = trim_horizon";
        assert_eq!(source(&format!("table = \"{arn}\", {start}"), "TakeOldOrders"), arn);
        assert_eq!(
            source(&format!("table = param(\"StreamArn\"), {start}"), "TakeStreamArn"),
            json!({ "Ref": "StreamArn" })
        );
    }

    #[test]
    fn sams_event_has_the_properties_of_the_mapping_without_the_function() {
        let mut stack = stack_with_trigger("table = Orders, bisect = false");
        let event = stack.functions[0].events.remove(0);
        let sam = (event.fold)(event);
        assert_eq!(sam.kind, "DynamoDB");
        assert_eq!(
            serde_json::to_string(&sam.properties).unwrap(),
            r#"{"Stream":{"Fn::GetAtt":"Orders.StreamArn"},"StartingPosition":"TRIM_HORIZON","FunctionResponseTypes":["ReportBatchItemFailures"]}"#
        );
    }
}
