//! `topic`: an SNS topic, and the typed client that publishes to it.

#[cfg(feature = "topic")]
mod publisher;
#[cfg(all(test, feature = "topic"))]
mod tests;

#[cfg(feature = "topic")]
pub use publisher::{Envelope, TopicPublisher};

use crate::resource::{Messages, Order, Resource, kind, kinds};
#[cfg(feature = "topic")]
use crate::{
    Error,
    aws::{self, Named},
};

/// A topic: `#[resource(topic)]`. Mirrors `AWS::SNS::Topic`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a topic",
    label = "a topic is expected here",
    note = "help: put `#[resource(topic)]` on `{Self}`"
)]
pub trait Topic: Resource<Kind = kind::Topic> {
    /// What its messages are.
    type Message: Messages;

    /// In which order it delivers them.
    type Order: Order;
}

#[cfg(feature = "topic")]
async fn connect(name: String) -> Result<Named<aws_sdk_sns::Client>, Error> {
    Ok(Named { client: aws::once!(aws_sdk_sns)?, name: name.into() })
}

kinds::declare! {
    Topic, "topic", feature topic = "topic",
    Named<aws_sdk_sns::Client> = connect,
    Publisher = TopicPublisher<R>,
}
