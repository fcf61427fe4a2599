//! A queue: encrypted at rest and on the way, with a dead-letter queue behind it that keeps what
//! failed for two weeks, and hidden for as long as AWS advises beside the functions that it feeds.

use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::resource::queue::Queue;
use skylift_model::resource::{Kind, Resource};

use super::arn::arn_of;
use super::existing::{ArnBy, Client, Holds, Naming};
use super::made::{Lower, Made, output};
use super::tls;
use crate::stack::{self, OfResource, Purpose};

pub(super) const TYPES: &[&str] = &["AWS::SQS::Queue"];

pub(super) const NAMING: Naming =
    Naming { client: Client::QueueUrl, parameter: Holds::Arn, arn: ArnBy::Attribute, suffix: None };

impl Lower for Queue {
    fn lower(&self, made: &Made<'_>, to: &mut OfResource) {
        let id = made.id();
        let dead_letters = made.resource.id.join("DeadLetters");
        let dead_letters = dead_letters.as_str();
        to.resources.push(made.itself(TYPES[0], properties(self, made, dead_letters)));
        if self.tls_only {
            to.resources.push(tls_only(id, Purpose::Policy, made));
        }
        let behind = behind_properties(self);
        to.resources.push(made.part(dead_letters, TYPES[0], Purpose::DeadLetters, behind));
        if self.tls_only {
            to.resources.push(tls_only(dead_letters, Purpose::DeadLettersPolicy, made));
        }
        to.outputs.push(output(id, "Url", "URL of the queue"));
        to.outputs.push(output(dead_letters, "Url", "URL of the dead-letter queue"));
    }

    fn arn(&self, resource: &Resource) -> Node {
        Node::attribute(&resource.id, "Arn")
    }

    fn fifo(&self) -> Option<(bool, &'static str)> {
        Some((self.fifo, "FifoQueue"))
    }
}

fn properties(queue: &Queue, made: &Made<'_>, dead_letters: &str) -> Map {
    let mut properties = Map::new();
    properties.set_some("QueueName", queue.name.as_ref().map(|name| name.as_str()));
    fifo(queue, &mut properties);
    if queue.by_group {
        properties.set("DeduplicationScope", "messageGroup");
        properties.set("FifoThroughputLimit", "perMessageGroupId");
    }
    let advised = made.fed.timeout.map(|longest| longest * limits::SQS_VISIBILITY_ADVISED_TIMEOUTS);
    properties.set_some(
        "VisibilityTimeout",
        queue.visibility.map(|visibility| visibility.get()).or(advised),
    );
    properties.set_some("MessageRetentionPeriod", queue.retention.map(|it| it.get()));
    properties.set_some("DelaySeconds", queue.delay.map(|delay| delay.get()));
    let redrive = Map::new()
        .with("deadLetterTargetArn", Node::attribute(dead_letters, "Arn"))
        .with("maxReceiveCount", queue.max_receives.get());
    properties.set("RedrivePolicy", redrive);
    if made.resource.properties.get("KmsMasterKeyId").is_none() {
        properties.set("SqsManagedSseEnabled", true);
    }
    properties
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

/// The policy of the queue with this id: the queue itself or its dead-letter queue.
fn tls_only(id: &str, purpose: Purpose, made: &Made<'_>) -> stack::Resource {
    let properties = Map::new()
        .with("Queues", vec![Node::reference(id)])
        .with("PolicyDocument", tls::only("sqs:*", vec![Node::attribute(id, "Arn")]));
    made.part(&format!("{id}Policy"), "AWS::SQS::QueuePolicy", purpose, properties)
}

/// A FIFO queue's dead-letter queue is one as well.
fn fifo(queue: &Queue, properties: &mut Map) {
    if queue.fifo {
        properties.set("FifoQueue", true);
    }
}
