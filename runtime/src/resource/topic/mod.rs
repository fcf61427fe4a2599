//! `topic`: an SNS topic, and the typed client that publishes to it.

#[cfg(feature = "topic")]
mod client;
pub(crate) mod declared;
#[cfg(all(test, feature = "topic"))]
mod grants;
#[cfg(all(test, feature = "topic"))]
mod tests;

#[cfg(feature = "topic")]
pub use client::{PublishOptions, TopicClient};
pub use declared::Topic;

#[cfg(feature = "topic")]
use crate::Error;
#[cfg(feature = "topic")]
use crate::aws::service::Named;
#[cfg(feature = "topic")]
use crate::aws::service::once;
use crate::resource::declare::declare;

#[cfg(feature = "topic")]
async fn connect(name: String) -> Result<Named<aws_sdk_sns::Client>, Error> {
    Ok(Named { client: once!(aws_sdk_sns)?, name: name.into() })
}

declare! {
    Topic, "topic", feature topic = "topic",
    Named<aws_sdk_sns::Client> = connect,
    Publisher = TopicClient<R>,
}
