//! `queue`: an SQS queue, the typed client that sends to it, and the assertion that a consumer accepts its
//! messages.

#[cfg(feature = "queue")]
mod client;
#[cfg(all(test, feature = "queue"))]
mod grants;
#[cfg(all(test, feature = "queue"))]
mod tests;

#[cfg(feature = "queue")]
pub use client::QueueClient;

use crate::resource::define_kind::define_kind;
use crate::resource::kinds::{Resource, kind};
use crate::resource::markers::{DeliveryOrder, Messages};
use crate::resource::trigger_event::Accepts;

/// A queue: `#[resource(queue)]`. Mirrors `AWS::SQS::Queue`.
///
/// Its capability is [`Sender`](crate::Sender). The attribute implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a queue",
    label = "a queue is expected here",
    note = "help: put `#[resource(queue)]` on `{Self}`"
)]
pub trait Queue: Resource<Kind = kind::Queue> {
    /// What its messages are.
    type Message: Messages;

    /// The order in which it delivers them.
    type Order: DeliveryOrder;
}

/// An event that accepts the messages of a queue.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take the messages of this queue",
    label = "the queue carries other messages",
    note = "`message = …` in the queue's `#[resource(queue(…))]` says what its senders send: \
            the consumer takes a `Message` of that type, or a whole `SqsEvent` or raw `SqsMessage`",
    note = "an enum with `#[derive(Event)]` takes what the event of `sqs` in it does"
)]
pub trait AcceptsMessages<M> {}

#[diagnostic::do_not_recommend]
impl<M, E: Accepts<kind::Queue, M>> AcceptsMessages<M> for E {}

/// Asserts that the event `E` accepts the messages of the queue `Q`.
pub const fn accepts_from_queue<E: AcceptsMessages<Q::Message>, Q: Queue>() {}

define_kind! {
    Queue, "queue", feature queue = "queue", sdk aws_sdk_sqs,
    Sender = QueueClient<R>,
}
