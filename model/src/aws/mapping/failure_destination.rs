//! Failure destinations: the queue, topic or bucket to which Lambda sends the records that a function failed
//! to process. Takes the destination of a trigger, and returns why Lambda would refuse it. AWS: "Retain
//! discarded batch records for a Kinesis Data Streams event source in Lambda", and the same page for
//! `DynamoDB` streams.

use crate::aws::parameter_content::ParameterContent;
use crate::message::Message;
use crate::messages::{common, triggers};
use crate::resource::{Resource, ResourceKind, bucket, queue, topic};

/// The key of a trigger that names the failure destination.
pub const KEY: &str = "on_failure";

/// The content of a template parameter that is a failure destination.
pub const PARAMETER: ParameterContent = ParameterContent::arn(
    "ARN of an SQS queue, an SNS topic or an S3 bucket",
    &[queue::ARN, topic::ARN, bucket::ARN],
);

/// Returns the kinds of resources that can be a failure destination, in the order in which messages list them.
#[must_use]
pub fn kinds() -> Vec<ResourceKind> {
    let mut kinds: Vec<ResourceKind> = ResourceKind::ALL
        .iter()
        .copied()
        .filter(|kind| kind.failure_destination().is_some())
        .collect();
    kinds.sort_by_key(|kind| kind.failure_destination().map(|destination| destination.rank));
    kinds
}

/// Lists the kinds of resources that can be a failure destination, for messages: `a queue, a topic or a
/// bucket`.
#[must_use]
pub fn list_kinds() -> String {
    let names: Vec<&str> = kinds().into_iter().map(ResourceKind::with_article).collect();
    common::join_with_or(&names)
}

/// Returns the kind of the failure destination with this ARN. Returns `None` if the ARN belongs to nothing that
/// can be a failure destination.
#[must_use]
pub fn kind_from_arn(arn: &str) -> Option<ResourceKind> {
    kinds().into_iter().find(|kind| kind.name_from_arn(arn).is_some())
}

/// Returns the message that Lambda cannot send failed records to a FIFO queue or topic. Lambda sends failed
/// records in no order, so it accepts neither.
#[must_use]
pub fn fifo_message(kind: ResourceKind) -> Message {
    triggers::fifo_failure_destination(kind.as_str())
}

/// Returns whether the ARN belongs to a FIFO queue or topic.
#[must_use]
pub fn is_fifo_arn(arn: &str) -> bool {
    kind_from_arn(arn).is_some_and(|kind| kind.is_fifo_name(arn))
}

/// Returns the message why Lambda refuses this resource as a failure destination, whether or not the template
/// creates the resource. Returns `None` if Lambda accepts the resource, or if the resource is of a kind that
/// cannot be a destination, which another check reports.
#[must_use]
pub fn check_resource(resource: &Resource) -> Option<Message> {
    let kind = resource.kind();
    let is_fifo = kind.failure_destination().is_some() && resource.is_fifo();
    is_fifo.then(|| {
        let (name, noun) = (kind.as_str(), kind.with_article());
        triggers::declared_fifo_failure_destination(name, noun, &resource.origin)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queues_topics_and_buckets_can_be_destinations() {
        assert_eq!(kinds(), [ResourceKind::Queue, ResourceKind::Topic, ResourceKind::Bucket]);
        assert_eq!(list_kinds(), "a queue, a topic or a bucket");
    }

    #[test]
    fn the_message_for_a_fifo_destination_names_its_kind() {
        let message = fifo_message(ResourceKind::Topic);
        assert_eq!(message, Message::new("Lambda cannot send failed records to a FIFO topic"));
    }

    #[test]
    fn only_queues_and_topics_can_be_fifo() {
        let placed = |rest: &str| format!("arn:aws:{rest}");
        for (arn, kind, fifo) in [
            (placed("sqs:eu-west-1:123456789012:jobs"), Some(ResourceKind::Queue), false),
            (placed("sqs:eu-west-1:123456789012:jobs.fifo"), Some(ResourceKind::Queue), true),
            (placed("sns:eu-west-1:123456789012:news.fifo"), Some(ResourceKind::Topic), true),
            (placed("s3:::acme.fifo"), Some(ResourceKind::Bucket), false),
            (placed("kinesis:eu-west-1:123456789012:stream/a.fifo"), None, false),
        ] {
            assert_eq!((kind_from_arn(&arn), is_fifo_arn(&arn)), (kind, fifo), "{arn}");
        }
    }
}
