//! Where Lambda puts what a function could not take: a queue, a topic or a bucket. It takes what a
//! trigger names, and says what is wrong with it. AWS: "Retain discarded batch records for a Kinesis
//! Data Streams event source in Lambda", and the same page for `DynamoDB` streams.

use crate::resource::{Resource, ResourceKind};

/// The key that names it.
pub const KEY: &str = "on_failure";

/// What a parameter of the template is that names one.
pub const PARAMETER: &str = "ARN of an SQS queue, an SNS topic or an S3 bucket";

/// The kinds that can be one, in the order in which messages name them.
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

/// What can be one, for messages: `a queue, a topic or a bucket`.
#[must_use]
pub fn list_kinds() -> String {
    let names: Vec<&str> = kinds().into_iter().map(ResourceKind::with_article).collect();
    match names.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        names => names.concat(),
    }
}

/// Which of these kinds an ARN is of.
#[must_use]
pub fn kind_from_arn(arn: &str) -> Option<ResourceKind> {
    kinds().into_iter().find(|kind| kind.name_from_arn(arn).is_some())
}

/// Why Lambda refuses one in which order is kept: it sends what has no place in an order.
#[must_use]
pub fn refused_fifo(kind: ResourceKind) -> String {
    format!("Lambda does not send what failed to a FIFO {}", kind.as_str())
}

/// Whether the ARN is that of a FIFO queue or topic.
#[must_use]
pub fn is_fifo_arn(arn: &str) -> bool {
    kind_from_arn(arn).is_some_and(|kind| kind.is_fifo_name(arn))
}

/// What is wrong with a resource of the application as one, whether the template makes it or not, and what
/// to do.
#[must_use]
pub fn check(resource: &Resource) -> Option<(String, String)> {
    let (kind, origin) = (resource.kind(), &resource.origin);
    (kind.failure_destination().is_some() && resource.is_fifo()).then(|| {
        let message = format!("{} (declared at {origin})", refused_fifo(kind));
        (message, format!("name {} without `fifo`", kind.with_article()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_goes_to_queues_topics_and_buckets() {
        assert_eq!(kinds(), [ResourceKind::Queue, ResourceKind::Topic, ResourceKind::Bucket]);
        assert_eq!(list_kinds(), "a queue, a topic or a bucket");
    }

    #[test]
    fn only_queues_and_topics_are_fifo() {
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
