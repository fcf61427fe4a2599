//! `topic`: an SNS topic, and the typed client that publishes to it.

#[cfg(feature = "topic")]
mod client;
#[cfg(all(test, feature = "topic"))]
mod grants;
#[cfg(feature = "topic")]
mod order;
#[cfg(feature = "topic")]
mod publish_options;
#[cfg(all(test, feature = "topic"))]
mod tests;

use std::marker::PhantomData;

#[cfg(feature = "topic")]
pub use {
    client::TopicClient,
    order::{PublishesMessages, PublishesToGroups},
    publish_options::PublishOptions,
};

use crate::resource::define_kind::define_kind;
use crate::resource::kinds::{Resource, kind};
use crate::resource::markers::{DeliveryOrder, Messages};
use crate::resource::trigger_event::Accepts;

/// A topic that the application declares with `#[resource(topic)]`. Mirrors `AWS::SNS::Topic`.
///
/// The capability of a topic is [`Publisher`](crate::Publisher). `#[resource]` implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a topic",
    label = "a topic is expected here",
    note = "help: put `#[resource(topic)]` on `{Self}`"
)]
pub trait Topic: Resource<Kind = kind::Topic> {
    /// The marker of the type of the messages of the topic.
    type Message: Messages;

    /// The order in which the topic delivers its messages.
    type Order: DeliveryOrder;
}

/// An event type that accepts messages of the type `M` from a topic.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take the messages of this topic",
    label = "the topic carries other messages",
    note = "`message = …` in the topic's `#[resource(topic(…))]` says what its publishers send: \
            the consumer takes a `Notification` of that type, or a whole `SnsEvent` or raw `SnsRecord`",
    note = "an enum with `#[derive(Event)]` accepts what its event of `sns` accepts"
)]
pub trait AcceptsNotifications<M> {}

#[diagnostic::do_not_recommend]
impl<M, E: Accepts<kind::Topic, M>> AcceptsNotifications<M> for E {}

/// Asserts at compile time that the event type `E` of a handler accepts the messages of the topic `T`.
pub const fn accepts_from_topic<E: AcceptsNotifications<T::Message>, T: Topic>(
    _: PhantomData<T>,
    _: PhantomData<E>,
) {
}

define_kind! {
    Topic, "topic", feature topic = "topic", sdk aws_sdk_sns,
    Publisher = TopicClient<R>,
}
