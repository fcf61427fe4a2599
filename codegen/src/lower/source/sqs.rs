//! A queue: an event source mapping, which SAM's event `SQS` is folded from.

use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::aws::value::Reference;
use skylift_model::resource::queue::CONSUME;
use skylift_model::resource::{Kind, arn_name};
use skylift_model::source::sqs::Sqs;

use super::lowered::{Lowered, Of, Source, event_stem};
use super::mapping;
use crate::lower::resource::{self, arn::arn_of};
use crate::lower::text::camel;
use crate::overlay::{Entry, Found};
use crate::stack::{Event, SamEvent};

/// SAM's event, and what an event is called whose queue has no name with a letter.
const EVENT: &str = "SQS";

impl Source for Sqs {
    fn lower(&self, of: &Of<'_>, to: &mut Lowered) {
        let (stem, queue) = match &self.queue {
            Reference::Declared(ident) => {
                let Some(resource) = of.app.resource(ident) else { return };
                // Not after the function's own queue: SAM would join function and event to the
                // queue's id.
                let stem = if resource.owner.is_some() { "Messages" } else { resource.id.as_str() };
                (stem.to_owned(), resource::arn(resource))
            }
            Reference::Named(name) => {
                let arn = arn_of(Kind::Queue, &escape_sub(name.as_str()));
                (event_stem(name.as_str(), EVENT), Node::sub(arn))
            }
            Reference::Arn(arn) => {
                (event_stem(arn_name(arn).unwrap_or_default(), EVENT), Node::from(arn))
            }
            Reference::Param(name) => (camel(name.as_str()), Node::reference(name.as_str())),
            Reference::Own => return,
        };
        add(self, &stem, queue, of, to);
    }

    /// A queue that shows a message again while the function is still at it: Lambda refuses it, when
    /// the stack is deployed.
    fn check_overlay(&self, entry: &Entry, of: &Of<'_>) -> Option<(String, String)> {
        let visible = match entry.property(&["VisibilityTimeout"]) {
            Found::Nothing => limits::SQS_DEFAULT_VISIBILITY_SECONDS,
            Found::Value(Node::Int(seconds)) => u32::try_from(*seconds).ok()?,
            Found::Value(Node::Str(seconds)) => seconds.parse().ok()?,
            Found::Value(_) | Found::Later => return None,
        };
        let timeout = of.function.timeout(&of.app.defaults).get();
        if visible >= timeout {
            return None;
        }
        let (id, origin) = (&entry.name, &entry.origin);
        let times = limits::SQS_VISIBILITY_ADVISED_TIMEOUTS;
        let advised = timeout * times;
        Some((
            format!(
                "messages of `{id}` at {origin} are visible again after {visible} s, before this function's timeout of {timeout} s is over"
            ),
            format!(
                "Lambda refuses such a queue: give it a `VisibilityTimeout` of {advised}, {times} times the timeout, or lower the timeout"
            ),
        ))
    }
}

/// Adds the mapping of the queue with this ARN, under an event of this stem.
pub(super) fn add(sqs: &Sqs, stem: &str, queue: Node, of: &Of<'_>, to: &mut Lowered) {
    to.allow(vec![(CONSUME, queue.clone())]);
    let mut properties = mapping::begin(queue, of);
    properties.set_some("BatchSize", sqs.batch_size.map(|size| size.get()));
    if let Some(most) = sqs.max_concurrency {
        properties.set("ScalingConfig", Map::new().with("MaximumConcurrency", most.get()));
    }
    mapping::set(&sqs.mapping, of.app, &mut properties);
    mapping::event(stem, properties, of, to, fold);
}

fn fold(event: Event) -> SamEvent {
    mapping::fold(EVENT, "Queue", event)
}
