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
use crate::aws::connection::SdkConnection;
#[cfg(feature = "queue")]
use crate::aws::connection::shared_client;
use crate::resource::declare::declare;

#[cfg(feature = "queue")]
async fn connect(name: String) -> Result<SdkConnection<aws_sdk_sqs::Client>, Error> {
    Ok(SdkConnection { client: shared_client!(aws_sdk_sqs)?, name: name.into() })
}

declare! {
    Queue, "queue", feature queue = "queue",
    SdkConnection<aws_sdk_sqs::Client> = connect,
    Sender = QueueClient<R>,
}
