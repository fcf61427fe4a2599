//! `stream`: a Kinesis data stream, and the typed client that puts records into it.

#[cfg(feature = "stream")]
mod putter;
#[cfg(all(test, feature = "stream"))]
mod tests;

#[cfg(feature = "stream")]
pub use putter::StreamPutter;

use crate::resource::{Messages, Resource, kind, kinds};
#[cfg(feature = "stream")]
use crate::{
    Error,
    aws::{self, Named},
};

/// A stream: `#[resource(stream)]`. Mirrors `AWS::Kinesis::Stream`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a stream",
    label = "a stream is expected here",
    note = "help: put `#[resource(stream)]` on `{Self}`"
)]
pub trait Stream: Resource<Kind = kind::Stream> {
    /// What its records are.
    type Message: Messages;
}

#[cfg(feature = "stream")]
async fn connect(name: String) -> Result<Named<aws_sdk_kinesis::Client>, Error> {
    Ok(Named { client: aws::once!(aws_sdk_kinesis)?, name: name.into() })
}

kinds::declare! {
    Stream, "stream", feature stream = "stream",
    Named<aws_sdk_kinesis::Client> = connect,
    Putter = StreamPutter<R>,
}
