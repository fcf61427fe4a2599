//! `bus`: an event bus of `EventBridge`, and the typed client that publishes to it.

#[cfg(feature = "bus")]
mod client;
pub(crate) mod declared;
#[cfg(all(test, feature = "bus"))]
mod grants;
#[cfg(all(test, feature = "bus"))]
mod tests;

#[cfg(feature = "bus")]
pub use client::BusClient;
pub use declared::Bus;

#[cfg(feature = "bus")]
use crate::Error;
#[cfg(feature = "bus")]
use crate::aws::connection::SdkConnection;
#[cfg(feature = "bus")]
use crate::aws::connection::shared_client;
use crate::resource::declare::declare;

#[cfg(feature = "bus")]
async fn connect(name: String) -> Result<SdkConnection<aws_sdk_eventbridge::Client>, Error> {
    Ok(SdkConnection { client: shared_client!(aws_sdk_eventbridge)?, name: name.into() })
}

declare! {
    Bus, "event bus", feature bus = "bus",
    SdkConnection<aws_sdk_eventbridge::Client> = connect,
    Publisher = BusClient<R>,
}
