//! Messages about triggers on topics.

use crate::message::Message;

/// The help for a JSON path into a record of a topic's event.
pub(crate) const RECORD_ADVICE: &str =
    "take a `Notification<T>`, so that the path begins in the message, or write `$.Sns{rest}`";

/// Reports that a trigger names a FIFO topic.
pub(crate) fn fifo_topic() -> Message {
    Message::new("SNS does not deliver the messages of a FIFO topic to functions")
        .with_help("subscribe a FIFO queue to the topic, and write `trigger = sqs(queue = …)`")
}

/// Reports that a function has two triggers on one topic.
pub(crate) fn two_subscriptions() -> Message {
    Message::new("this function has a trigger on the same topic already").with_help(
        "SNS subscribes a function to a topic once: merge the two triggers, with both alternatives in one `filter`",
    )
}
