//! Messages about triggers on brokers of Amazon MQ and on clusters of Amazon `DocumentDB`.

use crate::message::Message;
use crate::messages::triggers::RESUME_IN_ANOTHER_FUNCTION;

/// The help for a JSON path into a batch of messages of a broker.
pub(crate) const MQ_BATCH_ADVICE: &str =
    "take an `MqMessage<T>`, so that the path begins in the body of one message: write `${rest}`";

/// The help for a JSON path into a batch of changes of a cluster.
pub(crate) const CLUSTER_BATCH_ADVICE: &str = "take a `DocumentDbChange<T>`, so that the path begins in one change: write `$.fullDocument{rest}`";

/// The help for a JSON path into a change of a cluster.
pub(crate) const CHANGE_ADVICE: &str = "write `$._id._data` for the change itself, or `$.fullDocument{rest}` for a field of the document";

/// Reports that a function that resumes has a trigger on a queue of a broker.
pub(crate) fn broker_cannot_resume() -> Message {
    Message::new("a function that resumes cannot keep the order of a broker's queue: the next messages would overtake the work that is left")
        .with_help(RESUME_IN_ANOTHER_FUNCTION)
}
