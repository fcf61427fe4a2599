//! A Kinesis data stream is SAM's `Kinesis` event: an event source mapping that begins where the trigger
//! says. A consumer of the trigger's own is a resource beside the function.

use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::aws::value::Reference;
use skylift_model::resource::{Kind, arn_name};
use skylift_model::source::kinesis::{Consumer, Kinesis, POLL, SUBSCRIBE};
use skylift_model::{App, Function};

use super::{Beside, Emitted, Event, EventType, camel, event_stem, mapping, stem};
use crate::resource;
use crate::resource::arn::arn_of;
use crate::resource::computed;

pub(super) fn emit(kinesis: &Kinesis, function: &Function, app: &App) -> Emitted {
    // What the stream is called behind the function's id, and what its event: SAM would join the
    // function and an event `Stream` to the id of the function's own stream.
    let (name, event, arn) = match &kinesis.stream {
        Reference::Declared(ident) => {
            let Some(resource) = app.resource(ident) else { return Emitted::default() };
            let name = stem(resource, function).to_owned();
            let event = if resource.owner.is_some() { "Records".to_owned() } else { name.clone() };
            (name, event, resource::arn(resource))
        }
        Reference::Named(name) => {
            let arn = Node::sub(arn_of(Kind::Stream, &escape_sub(name.as_str())));
            let name = event_stem(name.as_str(), EventType::Kinesis);
            (name.clone(), name, arn)
        }
        Reference::Arn(arn) => {
            let name = event_stem(arn_name(arn).unwrap_or_default(), EventType::Kinesis);
            (name.clone(), name, Node::from(arn))
        }
        Reference::Param(name) => {
            let arn = Node::sub(arn_of(Kind::Stream, &format!("${{{name}}}")));
            (camel(name.as_str()), camel(name.as_str()), arn)
        }
        Reference::Own => return Emitted::default(),
    };
    let event =
        format!("{event}{}", kinesis.consumer.as_ref().map(of_consumer).unwrap_or_default());
    let mut resources = Vec::new();
    let consumer = kinesis.consumer.as_ref().map(|consumer| match consumer {
        Consumer::Own => {
            let id = function.id.join(&format!("{name}Consumer")).to_string();
            let node = itself(function, arn.clone());
            resources.push(Beside { id: id.clone(), what: "a consumer", node });
            Node::reference(id)
        }
        Consumer::Arn(arn) => Node::from(arn),
        Consumer::Param(name) => Node::reference(name.as_str()),
    });
    let mut calls = vec![(POLL, arn.clone())];
    calls.extend(consumer.clone().map(|consumer| (SUBSCRIBE, consumer)));
    let (properties, further) = mapping::of_stream(consumer.unwrap_or(arn), &kinesis.mapping, app);
    calls.extend(further);
    let events = vec![Event { stem: event, kind: EventType::Kinesis, properties }];
    Emitted { events, resources, calls }
}

/// What tells the events of two consumers of one stream apart, in whatever order they are written: a
/// mapping that changed its name would be made anew beside the old one, which Lambda refuses.
fn of_consumer(consumer: &Consumer) -> String {
    match consumer {
        // Not `Consumer`, which ends the id of the consumer itself.
        Consumer::Own => "FanOut".to_owned(),
        Consumer::Arn(arn) => camel(Consumer::name_in(arn).unwrap_or_default()),
        Consumer::Param(name) => camel(name.as_str()),
    }
}

/// The consumer of a function: a name has to be its stream's alone.
fn itself(function: &Function, stream: Node) -> Node {
    let name = computed::sub(computed::consumer(function.id.as_str()));
    let properties = Map::new().with("ConsumerName", name).with("StreamARN", stream);
    Map::new().with("Type", "AWS::Kinesis::StreamConsumer").with("Properties", properties).into()
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::mapping::stream::StreamMapping;
    use skylift_model::aws::name::{ParameterName, StreamName};

    use super::*;
    use crate::sam::fixtures;

    #[test]
    fn events_of_one_stream_are_called_after_their_consumers_and_not_after_their_order() {
        let arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks/consumer/fast:1700000000";
        let function = fixtures::function("Count");
        let app = fixtures::app(vec![function.clone()], Vec::new());
        for (consumer, name) in [
            (None, "Clicks"),
            (Some(Consumer::Own), "ClicksFanOut"),
            (Some(Consumer::Arn(arn.to_owned())), "ClicksFast"),
            (Some(Consumer::Param(ParameterName::try_from("Quick").unwrap())), "ClicksQuick"),
        ] {
            let stream = Reference::Named(StreamName::try_from("clicks").unwrap());
            let kinesis = Kinesis { stream, consumer, mapping: StreamMapping::default() };
            let emitted = emit(&kinesis, &function, &app);
            let stems: Vec<&str> = emitted.events.iter().map(|event| event.stem.as_str()).collect();
            assert_eq!(stems, [name]);
            // The id that SAM makes of it is not that of the consumer.
            assert!(emitted.resources.iter().all(|it| it.id != format!("Count{name}")));
        }
    }
}
