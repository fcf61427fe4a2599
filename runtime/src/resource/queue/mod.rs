//! `queue`: an SQS queue, and the typed client that sends to it.

#[cfg(feature = "queue")]
mod sender;
#[cfg(all(test, feature = "queue"))]
mod tests;

#[cfg(feature = "queue")]
pub use sender::QueueSender;

use crate::resource::{Messages, Order, Resource, kind, kinds};
#[cfg(feature = "queue")]
use crate::{
    Error,
    aws::{self, Named},
};

/// A queue: `#[resource(queue)]`. Mirrors `AWS::SQS::Queue`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a queue",
    label = "a queue is expected here",
    note = "help: put `#[resource(queue)]` on `{Self}`"
)]
pub trait Queue: Resource<Kind = kind::Queue> {
    /// What its messages are.
    type Message: Messages;

    /// In which order it delivers them.
    type Order: Order;
}

#[cfg(feature = "queue")]
async fn connect(name: String) -> Result<Named<aws_sdk_sqs::Client>, Error> {
    Ok(Named { client: aws::once!(aws_sdk_sqs)?, name: name.into() })
}

kinds::declare! {
    Queue, "queue", feature queue = "queue",
    Named<aws_sdk_sqs::Client> = connect,
    Sender = QueueSender<R>,
}
