//! Messages about subscriptions: resources that get the messages of other resources.

use std::ops::RangeInclusive;

use crate::message::Message;

/// Reports that a text is not a message group of SQS.
pub(crate) fn invalid_group(group: &str, lengths: &RangeInclusive<usize>) -> Message {
    let (least, most) = (lengths.start(), lengths.end());
    Message::new(format!("`{group}` is not a message group")).with_help(format!(
        "write {least} to {most} letters, digits or punctuation marks of ASCII, without spaces"
    ))
}

/// Reports that a FIFO queue is subscribed to a standard topic. `topic` is the identifier of its struct, if it has one.
pub(crate) fn fifo_queue_of_standard_topic(queue: &str, topic: Option<&str>) -> Message {
    let help = match topic {
        Some(topic) => {
            format!("write `fifo` in the `#[resource]` of `{topic}`, or leave it out here")
        }
        None => "name a topic whose name ends in `.fifo`, or leave `fifo` out here".to_owned(),
    };
    Message::new(format!(
        "SNS does not deliver the messages of a standard topic to a FIFO queue, which `{queue}` is"
    ))
    .with_help(help)
}

/// Reports that a resource is subscribed to one topic twice.
pub(crate) fn two_subscriptions(to: &str) -> Message {
    Message::new(format!("`{to}` is subscribed to this topic already")).with_help(
        "SNS subscribes a queue to a topic once: merge the two, with both alternatives in one `filter`",
    )
}

/// Reports that a bucket cannot notify a FIFO queue itself.
pub(crate) fn notified_fifo_queue(queue: &str) -> Message {
    Message::new(format!("S3 does not notify a FIFO queue, which `{queue}` is"))
        .with_help("write `through = event_bridge` and a `message_group_id`, or a standard queue")
}

/// Reports that neither a bucket nor a rule can send to a FIFO topic. `sender` is the service.
pub(crate) fn sent_to_fifo_topic(sender: &str, topic: &str) -> Message {
    Message::new(format!("{sender} does not publish to a FIFO topic, which `{topic}` is"))
        .with_help("leave `fifo` out, or subscribe a FIFO queue instead")
}

/// Reports that a rule sends to a FIFO queue without a message group.
pub(crate) fn group_missing(queue: &str) -> Message {
    Message::new(format!("the messages for the FIFO queue `{queue}` need a message group"))
        .with_help("write `message_group_id = \"…\"`, the group of all messages of this rule")
}

/// Reports that the user's properties of a FIFO queue turn off what the messages of a rule need.
pub(crate) fn deduplication_off(queue: &str) -> Message {
    Message::new(format!(
        "the `properties` of `{queue}` turn off `ContentBasedDeduplication`, and EventBridge gives its messages no deduplication id"
    ))
    .with_help("leave it out of them: Skylift turns it on")
}

/// Reports that a subscription sets a message group that nothing uses.
pub(crate) fn group_without_use() -> Message {
    Message::new(
        "`message_group_id` is for the rules of a bus or a bucket that send to a FIFO queue",
    )
    .with_help("leave it out: the publisher of a message sets its group")
}

/// Reports that a subscription sets the path of a partition key, and the resource has no partitions.
pub(crate) fn partition_key_without_use() -> Message {
    Message::new("`partition_key_path` is for the rules of a bus that send to a stream")
        .with_help("leave it out")
}

/// Reports that the dead-letter queue of a subscription is the subscribed queue itself.
pub(crate) fn own_dead_letters(queue: &str) -> Message {
    Message::new(format!(
        "`dead_letters` is the queue itself: what cannot be delivered to `{queue}` cannot be kept there"
    ))
    .with_help("name another queue")
}

/// Reports that only one of a topic and the dead-letter queue of its subscription is FIFO.
pub(crate) fn dead_letters_of_other_order(topic_is_fifo: bool) -> Message {
    let (topic, queue) = if topic_is_fifo { ("FIFO", "FIFO") } else { ("standard", "standard") };
    Message::new(format!("the dead-letter queue of a {topic} topic is a {queue} queue"))
        .with_help(format!("name a {queue} queue"))
}

/// Reports that one event could match the filters of a subscription and of another notification of the bucket.
pub(crate) fn notifications_overlap(other: &str) -> Message {
    Message::new(format!("these notifications overlap with those of {other}")).with_help(
        "S3 refuses two notifications of one event: give them prefixes or suffixes that exclude each other, or write `through = event_bridge` in one of them",
    )
}

/// Describes the resource of another subscription. `resource` is the identifier of its struct.
pub(crate) fn other_subscription(resource: &str, to: &str) -> String {
    if resource == to { "another `from`".to_owned() } else { format!("`{resource}`") }
}

/// Reports that a service cannot publish to a topic, or send to a queue, because it cannot use the key of it.
pub(crate) fn key_of_aws(sender: &str, principal: &str, to: &str) -> Message {
    Message::new(format!(
        "{sender} cannot use the key with which `{to}` is encrypted: nobody can change the policy of a key that AWS manages"
    ))
    .with_help(format!(
        "write `kms_key = \"arn:…\"`, a key of your own whose policy permits `{principal}` to `kms:GenerateDataKey*` and `kms:Decrypt`; `properties = {{ \"KmsMasterKeyId\": {{ \"Ref\": \"AWS::NoValue\" }} }}` is for none"
    ))
}
