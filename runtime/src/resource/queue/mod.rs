//! `queue`: an SQS queue, and the typed client that sends to it.

#[cfg(feature = "queue")]
mod client;
pub(crate) mod declared;
#[cfg(all(test, feature = "queue"))]
mod grants;
#[cfg(all(test, feature = "queue"))]
mod tests;

#[cfg(feature = "queue")]
pub use client::QueueClient;
pub use declared::{AcceptsMessages, Queue};

#[cfg(feature = "queue")]
use crate::Error;
#[cfg(feature = "queue")]
use crate::aws::service::Named;
#[cfg(feature = "queue")]
use crate::aws::service::once;
use crate::resource::declare::declare;

#[cfg(feature = "queue")]
async fn connect(name: String) -> Result<Named<aws_sdk_sqs::Client>, Error> {
    Ok(Named { client: once!(aws_sdk_sqs)?, name: name.into() })
}

declare! {
    Queue, "queue", feature queue = "queue",
    Named<aws_sdk_sqs::Client> = connect,
    Sender = QueueClient<R>,
}
