//! A queue: encrypted, with a dead-letter queue behind it that keeps what failed for two weeks, and
//! hidden for as long as AWS advises beside the functions that it feeds.

use skylift_model::limits;
use skylift_model::node::{Map, Node};
use skylift_model::resource::Resource;
use skylift_model::resource::queue::Queue;
use skylift_model::source::Trigger;
use skylift_model::{App, Function};

use super::Emitted;

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
    let timeouts = consumers.iter().map(|(function, _)| function.timeout(&app.defaults).get());
    let advised = timeouts.max().map(|longest| longest * limits::SQS_VISIBILITY_ADVISED_TIMEOUTS);
    properties.set_some(
        "VisibilityTimeout",
        queue.visibility.map(|visibility| visibility.get()).or(advised),
    );
    let redrive = Map::new()
        .with("deadLetterTargetArn", Node::attribute(&dead_letters, "Arn"))
        .with("maxReceiveCount", queue.max_receives.get());
    properties.set("RedrivePolicy", redrive);
    properties.set("SqsManagedSseEnabled", true);

    let mut behind = Map::new();
    fifo(queue, &mut behind);
    behind.set("MessageRetentionPeriod", *limits::SQS_RETENTION_SECONDS.end());
    behind.set("SqsManagedSseEnabled", true);

    let node = |properties: Map| {
        Node::from(Map::new().with("Type", "AWS::SQS::Queue").with("Properties", properties))
    };
    let output = |what: &str, id: &str| -> Node {
        Map::new()
            .with("Description", format!("URL of {what} {id}"))
            .with("Value", Node::reference(id))
            .into()
    };
    Emitted {
        resources: vec![
            (id.to_string(), node(properties)),
            (dead_letters.to_string(), node(behind)),
        ],
        outputs: vec![
            (id.join("Url").to_string(), output("the queue", id.as_str())),
            (
                dead_letters.join("Url").to_string(),
                output("the dead-letter queue", dead_letters.as_str()),
            ),
        ],
        name: Node::reference(id.as_str()),
        arns: vec![Node::attribute(id, "Arn")],
    }
}

/// A FIFO queue's dead-letter queue is one as well.
fn fifo(queue: &Queue, properties: &mut Map) {
    if queue.fifo {
        properties.set("FifoQueue", true);
    }
}
