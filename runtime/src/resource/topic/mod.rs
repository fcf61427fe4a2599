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
use crate::aws::connection::SdkConnection;
#[cfg(feature = "topic")]
use crate::aws::connection::shared_client;
use crate::resource::declare::declare;

#[cfg(feature = "topic")]
async fn connect(name: String) -> Result<SdkConnection<aws_sdk_sns::Client>, Error> {
    Ok(SdkConnection { client: shared_client!(aws_sdk_sns)?, name: name.into() })
}

declare! {
    Topic, "topic", feature topic = "topic",
    SdkConnection<aws_sdk_sns::Client> = connect,
    Publisher = TopicClient<R>,
}
