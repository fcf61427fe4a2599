//! The methods of a queue's client that fit the order of the queue: a message to a FIFO queue belongs to a message
//! group, a message to a standard queue does not. The compiler reports a method of the other order in these words.

use crate::resource::markers::{DeliveryOrder, Fifo, Standard};

/// The order of a queue whose messages have no message group.
#[diagnostic::on_unimplemented(
    message = "this method is for standard queues, and this queue is FIFO",
    label = "each message to a FIFO queue belongs to a message group",
    note = "help: write `send_to_group(group, deduplication_id, &message)`, or `send_all_to_groups(messages)`"
)]
pub trait SendsMessages: DeliveryOrder {}

#[diagnostic::do_not_recommend]
impl SendsMessages for Standard {}

/// The order of a queue whose messages belong to message groups.
#[diagnostic::on_unimplemented(
    message = "this method is for FIFO queues, and this queue is a standard queue",
    label = "a message to a standard queue has no message group",
    note = "help: write `send(&message)` or `send_all(messages)`, or declare the queue as `#[resource(queue(fifo))]`"
)]
pub trait SendsToGroups: DeliveryOrder {}

#[diagnostic::do_not_recommend]
impl SendsToGroups for Fifo {}
