//! The queue to which a service sends the events of a trigger that it could not deliver.

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::ArnReference;

use super::trigger::ResourceRequirements;
use crate::lower::resource;

/// The action of IAM that sends a message to a queue.
pub(in crate::lower) const SEND: &str = "sqs:SendMessage";

/// Returns the condition that a topic, a rule or a bucket with the ARN `sender` sends.
pub(in crate::lower) fn sender_condition(sender: Node) -> Map {
    Map::new().with("ArnEquals", Map::new().with("aws:SourceArn", sender))
}

/// Returns the statement of a resource's policy by which `service` may do `action` under a condition.
pub(in crate::lower) fn send_statement(service: &str, action: &str, condition: Option<Map>) -> Map {
    let mut statement = Map::new()
        .with("Effect", "Allow")
        .with("Principal", Map::new().with("Service", service))
        .with("Action", action);
    statement.set_some("Condition", condition);
    statement
}

/// Returns the ARN of the queue. If the application declares it, adds to `requirements` the statement of its policy by
/// which `service` may send what it could not deliver; `sender` is the ARN of the topic or the rule. Returns `None` if the
/// application has no such resource.
pub(super) fn lower_dead_letters(
    queue: &ArnReference,
    service: &str,
    sender: Node,
    app: &App,
    requirements: &mut Vec<(String, ResourceRequirements)>,
) -> Option<Node> {
    let ident = match queue {
        ArnReference::Arn(arn) => return Some(Node::from(arn)),
        ArnReference::Param(name) => return Some(Node::reference(name.as_str())),
        ArnReference::Declared(ident) => ident,
    };
    let declared = app.resource(ident)?;
    let statement = send_statement(service, SEND, Some(sender_condition(sender)));
    let needs = ResourceRequirements { statements: vec![statement], ..Default::default() };
    requirements.push((ident.clone(), needs));
    Some(resource::arn_by_reference(declared))
}
