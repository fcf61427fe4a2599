//! Where Lambda puts what a function could not take: a queue, a topic or a bucket. It takes what a
//! trigger names, and says what is wrong with it. AWS: "Retain discarded batch records for a Kinesis
//! Data Streams event source in Lambda", and the same page for `DynamoDB` streams.

use crate::App;
use crate::limits;
use crate::problem::Problems;
use crate::resource::{Existing, Kind, Settings};
use crate::source::Place;
use crate::value::Named;

/// The key that names it.
pub const KEY: &str = "on_failure";

/// What a parameter of the template is that names one.
pub const PARAMETER: &str = "ARN of an SQS queue, an SNS topic or an S3 bucket";

/// What can be one, for messages.
pub const WHAT: &str = "a queue, a topic or a bucket";

/// The kinds that can be one.
pub const KINDS: [Kind; 3] = [Kind::Queue, Kind::Topic, Kind::Bucket];

/// Which of these kinds an ARN is of.
#[must_use]
pub fn kind_of(arn: &str) -> Option<Kind> {
    KINDS.into_iter().find(|kind| kind.arn_name(arn).is_some())
}

/// Why Lambda refuses one in which order is kept: it sends what has no place in an order.
#[must_use]
pub fn refused_fifo(kind: Kind) -> String {
    format!("Lambda does not send what failed to a FIFO {}", kind.as_str())
}

/// Whether the ARN is that of a FIFO queue or topic.
#[must_use]
pub fn is_fifo(arn: &str) -> bool {
    arn.strip_suffix(limits::FIFO_SUFFIX).is_some()
        && kind_of(arn).is_some_and(|kind| kind != Kind::Bucket)
}

/// A resource of the application must not be FIFO either, whether the template makes it or not.
pub(crate) fn check(named: &Named, place: Place, app: &App, problems: &mut Problems) {
    let Some(resource) = named.declared().and_then(|ident| app.resource(ident)) else { return };
    let fifo = match (&resource.settings, &resource.existing) {
        (_, Some(Existing::Name(name) | Existing::Arn(name)))
            if resource.kind() != Kind::Bucket =>
        {
            name.strip_suffix(limits::FIFO_SUFFIX).is_some()
        }
        (Settings::Queue(queue), _) => queue.fifo,
        (Settings::Topic(topic), _) => topic.fifo,
        _ => false,
    };
    if fifo {
        let (kind, origin) = (resource.kind(), &resource.origin);
        let message = format!("{} (declared at {origin})", refused_fifo(kind));
        place.key(KEY, problems, message).help(format!("name a {} without `fifo`", kind.as_str()));
    }
}
