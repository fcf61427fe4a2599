//! Lowers a trigger on a Kinesis data stream to an event source mapping with the trigger's starting position. The
//! mapping is folded into SAM's event `Kinesis`. A consumer that Skylift creates for the trigger is a separate
//! resource.

use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::ResourceReference;
use skylift_model::resource::ResourceKind;
use skylift_model::source::kinesis::{Consumer, Kinesis, POLL_ACTIONS, SUBSCRIBE_ACTIONS};

use super::mapping;
use super::trigger::{
    LowerTrigger, LoweredTriggers, TriggerContext, name_in_ids, undeclared_source,
};
use crate::lower::resource::{self, computed};
use crate::lower::text::camel_case;
use crate::stack::{Event, IdOwner, Purpose, Resource, SamEvent};

/// SAM's event type for a Kinesis stream. It is also the name of an event if the stream's name has no letter or
/// digit.
const SAM_EVENT: &str = "Kinesis";

impl LowerTrigger for Kinesis {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let Some(TriggerStream { name, event, arn }) = find_stream(self, context) else { return };
        let consumer_suffix = self.consumer.as_ref().map(consumer_suffix).unwrap_or_default();
        let event = format!("{event}{consumer_suffix}");
        let consumer = self.consumer.as_ref().map(|consumer| match consumer {
            Consumer::Own => {
                let id = context.function.id.join(&format!("{name}Consumer")).to_string();
                lowered.add_resource_once(lower_consumer(&id, context, arn.clone()));
                Node::reference(id)
            }
            Consumer::Arn(arn) => Node::from(arn),
            Consumer::Param(name) => Node::reference(name.as_str()),
        });
        lowered.add_calls(vec![(POLL_ACTIONS.into(), arn.clone())]);
        lowered.add_calls(
            consumer.iter().map(|consumer| (SUBSCRIBE_ACTIONS.into(), consumer.clone())).collect(),
        );
        let (properties, further) =
            mapping::stream_mapping(consumer.unwrap_or(arn), &self.mapping, context);
        lowered.add_calls(further);
        mapping::add_mapping_event(&event, properties, context, lowered, fold_event);
    }
}

/// Folds the mapping of a Kinesis stream into SAM's event `Kinesis`.
fn fold_event(event: Event) -> SamEvent {
    mapping::fold_stream_mapping(SAM_EVENT, event)
}

/// The Kinesis stream of a trigger.
struct TriggerStream {
    /// The stream's name in logical ids, which follows the function's id.
    name: String,
    /// The name of the stream's event. It is never `Stream`: SAM would concatenate the function's id and the
    /// event's name, and the result would be the id of the function's own stream.
    event: String,
    arn: Node,
}

/// Returns the stream that a trigger names, or `None` if the application does not contain it.
fn find_stream(kinesis: &Kinesis, context: &TriggerContext<'_>) -> Option<TriggerStream> {
    Some(match &kinesis.stream {
        ResourceReference::Declared(ident) => {
            let resource = context.app.resource(ident)?;
            let name = name_in_ids(resource, context.function).to_owned();
            let event = if resource.owner.is_some() { "Records".to_owned() } else { name.clone() };
            TriggerStream { name, event, arn: resource::resource_arn(resource) }
        }
        other => {
            let (name, arn) = undeclared_source(other, ResourceKind::Stream, SAM_EVENT)?;
            TriggerStream { event: name.clone(), name, arn }
        }
    })
}

/// Returns the suffix that distinguishes the events of two consumers of one stream. The suffix does not depend on
/// the order of the triggers: if the name of a mapping changed, CloudFormation would create a new mapping beside
/// the old one, which Lambda rejects.
fn consumer_suffix(consumer: &Consumer) -> String {
    match consumer {
        // Not `Consumer`: the id of the consumer itself ends with it.
        Consumer::Own => "FanOut".to_owned(),
        Consumer::Arn(arn) => camel_case(Consumer::name_from_arn(arn).unwrap_or_default()),
        Consumer::Param(name) => camel_case(name.as_str()),
    }
}

/// Returns the consumer that Skylift creates for a function; `id` is its logical id, and `stream` the stream's ARN.
/// The consumer's name must be unique among the stream's consumers.
fn lower_consumer(id: &str, context: &TriggerContext<'_>, stream: Node) -> Resource {
    let function = context.function;
    let name = computed::consumer_name(function.id.as_str(), function.stacks);
    let name = computed::sub_with_stack(name);
    let properties = Map::new().with("ConsumerName", name).with("StreamARN", stream);
    let part = IdOwner::for_function(context.index, Purpose::Beside("a consumer", context.cause));
    Resource::new(id, "AWS::Kinesis::StreamConsumer", part, properties)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use skylift_model::aws::mapping::stream::StreamMapping;
    use skylift_model::aws::name::{ParameterName, StreamName};

    use super::*;
    use crate::fixtures::{build_stack, function_with_trigger, kinesis, one_of_each};

    #[test]
    fn events_of_one_stream_are_named_after_their_consumers_and_not_by_their_order() {
        let arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks/consumer/fast:1700000000";
        for (consumer, name) in [
            (None, "Clicks"),
            (Some(Consumer::Own), "ClicksFanOut"),
            (Some(Consumer::Arn(arn.to_owned())), "ClicksFast"),
            (Some(Consumer::Param(ParameterName::try_from("Quick").unwrap())), "ClicksQuick"),
        ] {
            let stream = ResourceReference::Named(StreamName::try_from("clicks").unwrap());
            let kinesis = Kinesis { stream, consumer, mapping: StreamMapping::default() };
            let stack = build_stack(vec![function_with_trigger("Count", kinesis)], Vec::new());
            let names: Vec<&str> =
                stack.functions[0].events.iter().map(|event| event.name.as_str()).collect();
            assert_eq!(names, [name]);
            // The id that SAM generates for the event is not that of the consumer.
            let id = format!("Count{name}");
            assert_eq!(stack.ids().iter().filter(|it| **it == id).count(), 1, "{id}");
        }
    }

    #[test]
    fn the_mapping_reads_from_the_functions_own_consumer() {
        let declared = || ResourceReference::Declared("Stream".to_owned());
        let own = Kinesis { consumer: Some(Consumer::Own), ..kinesis(declared()) };
        let stack = build_stack(vec![function_with_trigger("Count", own)], one_of_each());
        let consumer = stack.resource("CountStreamConsumer");
        assert_eq!(consumer.kind(), "AWS::Kinesis::StreamConsumer");
        assert_eq!(consumer.property("StreamARN"), json!({ "Fn::GetAtt": "Stream.Arn" }));
        assert_eq!(consumer.property("ConsumerName.Fn::Sub.0"), "Count-${Stack}");
        let mapping = stack.resource("CountStreamFanOut");
        assert_eq!(mapping.property("EventSourceArn"), json!({ "Ref": "CountStreamConsumer" }));
    }

    #[test]
    fn the_mapping_has_the_arn_of_the_stream() {
        let arn_of = |stream, id: &str| {
            let stack =
                build_stack(vec![function_with_trigger("Count", kinesis(stream))], one_of_each());
            stack.resource(id).property("EventSourceArn")
        };
        let here = "arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:stream/";
        let arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks";
        let name = StreamName::try_from("clicks").unwrap();
        let sub = |text| json!({ "Fn::Sub": format!("{here}{text}") });
        assert_eq!(arn_of(ResourceReference::Named(name), "CountClicks"), sub("clicks"));
        assert_eq!(arn_of(ResourceReference::Arn(arn.to_owned()), "CountClicks"), arn);
        let param = ParameterName::try_from("Name").unwrap();
        assert_eq!(arn_of(ResourceReference::Param(param), "CountName"), sub("${Name}"));
        assert_eq!(
            arn_of(ResourceReference::Own, "CountRecords"),
            json!({ "Fn::GetAtt": "CountStream.Arn" })
        );
    }
}
