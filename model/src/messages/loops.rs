//! Messages about functions that invoke themselves, and about functions that share one event source.

use crate::location::SourceLocation;
use crate::message::Message;
use crate::resource::ResourceKind;

/// How a trigger on a bucket leaves out what its own function writes.
pub(crate) const FILTER_KEYS: &str =
    "give the trigger a `prefix` or a `suffix` that the written keys do not have";

/// How a trigger on a queue leaves out what its own function sends.
pub(crate) const SEND_ELSEWHERE: &str = "send to another queue";

/// How a trigger on a stream leaves out what its own function writes.
pub(crate) const FILTER_RECORDS: &str =
    "give the trigger `filters` that leave out what the function writes";

/// How a trigger on a topic leaves out what its own function publishes.
pub(crate) const FILTER_MESSAGES: &str =
    "give the trigger a `filter` that leaves out what the function publishes";

/// How a trigger on a bus leaves out what its own function publishes.
pub(crate) const MATCH_EVENTS: &str =
    "give the trigger a `detail_type` or a `detail` that the published events do not have";

/// How a subscription or a mapping leaves out what a function writes.
const FILTER_DELIVERY: &str =
    "give what delivers it a filter that leaves out what the function writes";

/// How a function does not start the executions that call it.
const START_ANOTHER: &str = "start another state machine, or let its states do the rest";

/// Returns how the delivery of a resource of this kind leaves out what the function does.
pub(crate) const fn remedy_of_delivery(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::StateMachine => START_ANOTHER,
        _ => FILTER_DELIVERY,
    }
}

/// Describes a step of a loop in which a function invokes another one.
pub(crate) fn invokes(function: &str) -> String {
    format!("invokes `{function}`")
}

/// Describes a step of a loop in which a function writes to a resource that triggers a function. `kind` is the kind
/// of the resource, and `name` is the identifier of its struct, if the user declared it.
pub(crate) fn triggers(verb: &str, kind: &str, name: Option<&str>, function: &str) -> String {
    let name = name.map(|name| format!(" `{name}`")).unwrap_or_default();
    let (kind, does) = if kind == ResourceKind::StateMachine.as_str() {
        ("state machine", "calls")
    } else {
        (kind, "triggers")
    };
    format!("{verb} {kind}{name}, which {does} `{function}`")
}

/// Reports that a function invokes itself without end. `steps` describe the way from the function back to itself,
/// and `remedy` is the way to end a loop of one step, if there is one.
pub(crate) fn recursive_loop(function: &str, steps: &[String], remedy: Option<&str>) -> Message {
    let key = "`recursive_loop = allow`";
    let help = match (remedy, steps) {
        (Some(remedy), _) => {
            format!("{remedy}, or write {key} in the `#[function]` if the loop is meant and ends")
        }
        (None, [_]) => format!("write {key} in the `#[function]` if the loop is meant and ends"),
        (None, _) => {
            format!("write {key} in each `#[function]` of the loop if it is meant and ends")
        }
    };
    Message::new(format!("a loop: `{function}` {}", steps.join(", which "))).with_help(help)
}

/// Reports that two functions take the messages of one queue. `queue` describes the queue, and `handler` is the
/// other function.
pub(crate) fn shared_queue(queue: &str, handler: &str, origin: &SourceLocation) -> Message {
    Message::new(format!(
        "{queue} also triggers function `{handler}` at {origin}, and each message goes to only one of the two"
    ))
    .with_help("give each function a queue, or write `shared` in each of these triggers if either function may take any message")
}

/// Reports that two functions read through one consumer of a stream. `handler` is the other function.
pub(crate) fn shared_consumer(handler: &str, origin: &SourceLocation) -> Message {
    Message::new(format!(
        "function `{handler}` at {origin} reads through the same consumer, and Kinesis sends each shard to only one of the two"
    ))
    .with_help("write `consumer` alone for one of the function's own")
}

/// Describes a queue by the identifier of its struct, its name or its ARN.
pub(crate) fn named_queue(name: &str) -> String {
    format!("queue `{name}`")
}

/// Describes a queue by the template parameter that names it.
pub(crate) fn queue_of_parameter(name: &str) -> String {
    format!("the queue of parameter `{name}`")
}

/// Describes a queue by its logical id in the overlay.
pub(crate) fn queue_of_overlay(id: &str) -> String {
    format!("queue `{id}` of the overlay")
}

/// Describes a queue by the environment variable that names it.
pub(crate) fn queue_of_variable(name: &str) -> String {
    format!("the queue of the environment variable `{name}`")
}
