//! `queue`: an SQS queue, the typed client that sends to it, and the assertion that a consumer accepts its
//! messages.

#[cfg(feature = "queue")]
mod client;
#[cfg(all(test, feature = "queue"))]
mod grants;
#[cfg(feature = "queue")]
mod order;
#[cfg(all(test, feature = "queue"))]
mod tests;

use std::marker::PhantomData;

#[cfg(feature = "queue")]
pub use client::QueueClient;
#[cfg(feature = "queue")]
pub use order::{SendsMessages, SendsToGroups};

use crate::resource::define_kind::define_kind;
use crate::resource::kinds::{Resource, kind};
use crate::resource::markers::{DeliveryOrder, Messages};
use crate::resource::trigger_event::Accepts;

/// A queue that the application declares with `#[resource(queue)]`. Mirrors `AWS::SQS::Queue`.
///
/// The capability of a queue is [`Sender`](crate::Sender). `#[resource]` implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a queue",
    label = "a queue is expected here",
    note = "help: put `#[resource(queue)]` on `{Self}`"
)]
pub trait Queue: Resource<Kind = kind::Queue> {
    /// The marker of the type of the messages in the queue.
    type Message: Messages;

    /// The order in which the queue delivers its messages.
    type Order: DeliveryOrder;

    /// Whether messages of the queue can be in the envelope of another service, since they come by subscriptions.
    const HAS_ENVELOPES: bool = false;
}

/// An event type that accepts messages of the type `M` from a queue.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take the messages of this queue",
    label = "the queue carries other messages",
    note = "`message = …` in the queue's `#[resource(queue(…))]` says what its senders send: \
            the consumer takes a `Message` of that type, or a whole `SqsEvent` or raw `SqsMessage`",
    note = "an enum with `#[derive(Event)]` accepts what its event of `sqs` accepts"
)]
pub trait AcceptsMessages<M> {}

#[diagnostic::do_not_recommend]
impl<M, E: Accepts<kind::Queue, M>> AcceptsMessages<M> for E {}

/// Asserts at compile time that the event type `E` of a handler accepts the messages of the queue `Q`.
pub const fn accepts_from_queue<E: AcceptsMessages<Q::Message>, Q: Queue>(
    _: PhantomData<Q>,
    _: PhantomData<E>,
) {
}

define_kind! {
    Queue, "queue", feature queue = "queue", sdk aws_sdk_sqs,
    Sender = QueueClient<R>,
}
