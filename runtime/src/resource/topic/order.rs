//! The methods of a topic's client that fit the order of the topic: a message to a FIFO topic belongs to a message
//! group, a message to a standard topic does not. The compiler reports a method of the other order in these words.

use crate::resource::markers::{DeliveryOrder, Fifo, Standard};

/// The order of a topic whose messages have no message group.
#[diagnostic::on_unimplemented(
    message = "this method is for standard topics, and this topic is FIFO",
    label = "each message to a FIFO topic belongs to a message group",
    note = "help: write `publish_to_group(group, deduplication_id, &message)`, or `publish_all_to_groups(messages)`"
)]
pub trait PublishesMessages: DeliveryOrder {}

#[diagnostic::do_not_recommend]
impl PublishesMessages for Standard {}

/// The order of a topic whose messages belong to message groups.
#[diagnostic::on_unimplemented(
    message = "this method is for FIFO topics, and this topic is a standard topic",
    label = "a message to a standard topic has no message group",
    note = "help: write `publish(&message)` or `publish_all(messages)`, or declare the topic as `#[resource(topic(fifo))]`"
)]
pub trait PublishesToGroups: DeliveryOrder {}

#[diagnostic::do_not_recommend]
impl PublishesToGroups for Fifo {}
