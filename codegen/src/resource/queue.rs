//! A queue: encrypted at rest and on the way, with a dead-letter queue behind it that keeps what
//! failed for two weeks, and hidden for as long as AWS advises beside the functions that it feeds.

use skylift_model::aws::limits;
use skylift_model::aws::name::LogicalId;
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::resource::queue::Queue;
use skylift_model::resource::{Kind, Resource};
use skylift_model::source::Trigger;
use skylift_model::{App, Function};

use super::arn::arn_of;
use super::tls::{self, Only};
use super::{Emitted, kept};

const TYPE: &str = "AWS::SQS::Queue";

pub(super) fn emit(
    resource: &Resource,
    queue: &Queue,
    consumers: &[(&Function, &Trigger)],
    app: &App,
) -> Emitted {
    let id = &resource.id;
    let dead_letters = id.join("DeadLetters");
    let mut properties = Map::new();
    properties.set_some("QueueName", queue.name.as_ref().map(|name| name.as_str()));
    fifo(queue, &mut properties);
    if queue.by_group {
        properties.set("DeduplicationScope", "messageGroup");
        properties.set("FifoThroughputLimit", "perMessageGroupId");
    }
    // The function that brought it takes its messages, by a bare trigger or to go on with its work.
    let owner = resource.owner.and_then(|owner| app.functions.get(owner));
    let fed = consumers.iter().map(|(function, _)| *function).chain(owner);
    let timeouts = fed.map(|function| function.timeout(&app.defaults).get());
    let advised = timeouts.max().map(|longest| longest * limits::SQS_VISIBILITY_ADVISED_TIMEOUTS);
    properties.set_some(
        "VisibilityTimeout",
        queue.visibility.map(|visibility| visibility.get()).or(advised),
    );
    properties.set_some("MessageRetentionPeriod", queue.retention.map(|it| it.get()));
    properties.set_some("DelaySeconds", queue.delay.map(|delay| delay.get()));
    let redrive = Map::new()
        .with("deadLetterTargetArn", Node::attribute(&dead_letters, "Arn"))
        .with("maxReceiveCount", queue.max_receives.get());
    properties.set("RedrivePolicy", redrive);
    if resource.properties.get("KmsMasterKeyId").is_none() {
        properties.set("SqsManagedSseEnabled", true);
    }
    let mut behind = kept(resource, TYPE);
    behind.push("Properties", behind_properties(queue));

    let mut resources = vec![super::itself(resource, TYPE, properties)];
    let policy = |id: &LogicalId| (id.join("Policy").to_string(), tls_only(resource, id));
    resources.extend(queue.tls_only.then(|| policy(id)));
    resources.push((dead_letters.to_string(), behind.into()));
    resources.extend(queue.tls_only.then(|| policy(&dead_letters)));
    Emitted {
        resources,
        outputs: vec![
            super::output(id.as_str(), "Url", "URL of the queue"),
            super::output(dead_letters.as_str(), "Url", "URL of the dead-letter queue"),
        ],
    }
}

/// The dead-letter queue's properties.
fn behind_properties(queue: &Queue) -> Map {
    let mut properties = Map::new();
    fifo(queue, &mut properties);
    properties.set("MessageRetentionPeriod", *limits::SQS_RETENTION_SECONDS.end());
    // Only where the name tells the ARN: the two queues would refer to each other otherwise.
    if let Some(name) = &queue.name {
        let source = Node::sub(arn_of(Kind::Queue, &escape_sub(name.as_str())));
        let from =
            Map::new().with("redrivePermission", "byQueue").with("sourceQueueArns", vec![source]);
        properties.set("RedriveAllowPolicy", from);
    }
    properties.set("SqsManagedSseEnabled", true);
    properties
}

fn tls_only(resource: &Resource, id: &LogicalId) -> Node {
    let policy = Only {
        kind: "AWS::SQS::QueuePolicy",
        of: ("Queues", Node::Seq(vec![Node::reference(id.as_str())])),
        action: "sqs:*",
        arns: vec![Node::attribute(id, "Arn")],
    };
    tls::only(resource, policy)
}

/// A FIFO queue's dead-letter queue is one as well.
fn fifo(queue: &Queue, properties: &mut Map) {
    if queue.fifo {
        properties.set("FifoQueue", true);
    }
}

pub(super) fn name(resource: &Resource, _queue: &Queue) -> Node {
    Node::reference(resource.id.as_str())
}

pub(super) fn arn(resource: &Resource, _queue: &Queue) -> Node {
    Node::attribute(&resource.id, "Arn")
}
