//! A queue is SAM's `SQS` event: an event source mapping.

use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::aws::value::Reference;
use skylift_model::resource::queue::CONSUME;
use skylift_model::resource::{Kind, arn_name};
use skylift_model::source::sqs::Sqs;
use skylift_model::{App, Function};

use super::{Emitted, Event, EventType, camel, event_stem, mapping};
use crate::resource;
use crate::resource::arn::arn_of;

pub(super) fn emit(sqs: &Sqs, _function: &Function, app: &App) -> Emitted {
    let (stem, queue) = match &sqs.queue {
        Reference::Declared(ident) => {
            let Some(resource) = app.resource(ident) else { return Emitted::default() };
            // Not after the function's own queue: SAM would join function and event to the queue's id.
            let stem = if resource.owner.is_some() { "Messages" } else { resource.id.as_str() };
            (stem.to_owned(), resource::arn(resource))
        }
        Reference::Named(name) => {
            let arn = arn_of(Kind::Queue, &escape_sub(name.as_str()));
            (event_stem(name.as_str(), EventType::Sqs), Node::sub(arn))
        }
        Reference::Arn(arn) => {
            let name = arn_name(arn).unwrap_or_default();
            (event_stem(name, EventType::Sqs), Node::from(arn))
        }
        Reference::Param(name) => (camel(name.as_str()), Node::reference(name.as_str())),
        Reference::Own => return Emitted::default(),
    };
    let calls = vec![(CONSUME, queue.clone())];
    let mut properties = Map::new().with("Queue", queue);
    properties.set_some("BatchSize", sqs.batch_size.map(|size| size.get()));
    if let Some(most) = sqs.max_concurrency {
        properties.set("ScalingConfig", Map::new().with("MaximumConcurrency", most.get()));
    }
    mapping::set(&sqs.mapping, app, &mut properties);
    Emitted {
        events: vec![Event { stem, kind: EventType::Sqs, properties }],
        calls,
        ..Emitted::default()
    }
}
