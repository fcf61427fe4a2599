//! `stream`: a Kinesis data stream, and the typed client that puts records into it.

#[cfg(feature = "stream")]
mod client;
pub(crate) mod declared;
#[cfg(all(test, feature = "stream"))]
mod grants;
#[cfg(all(test, feature = "stream"))]
mod tests;

#[cfg(feature = "stream")]
pub use client::StreamClient;
pub use declared::{AcceptsRecords, Stream};

#[cfg(feature = "stream")]
use crate::Error;
#[cfg(feature = "stream")]
use crate::aws::connection::SdkConnection;
#[cfg(feature = "stream")]
use crate::aws::connection::shared_client;
use crate::resource::declare::declare;

#[cfg(feature = "stream")]
async fn connect(name: String) -> Result<SdkConnection<aws_sdk_kinesis::Client>, Error> {
    Ok(SdkConnection { client: shared_client!(aws_sdk_kinesis)?, name: name.into() })
}

declare! {
    Stream, "stream", feature stream = "stream",
    SdkConnection<aws_sdk_kinesis::Client> = connect,
    Putter = StreamClient<R>,
}
