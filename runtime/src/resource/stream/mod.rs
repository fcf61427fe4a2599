//! `stream`: a Kinesis data stream, the typed client that puts records into it, and the assertion that a
//! consumer accepts its records.

#[cfg(feature = "stream")]
mod client;
#[cfg(all(test, feature = "stream"))]
mod grants;
#[cfg(all(test, feature = "stream"))]
mod tests;

use std::marker::PhantomData;

#[cfg(feature = "stream")]
pub use client::StreamClient;

use crate::resource::define_kind::define_kind;
use crate::resource::kinds::{Resource, kind};
use crate::resource::markers::Messages;
use crate::resource::trigger_event::Accepts;

/// A stream that the application declares with `#[resource(stream)]`. Mirrors `AWS::Kinesis::Stream`.
///
/// The capability of a stream is [`Putter`](crate::Putter). `#[resource]` implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a stream",
    label = "a stream is expected here",
    note = "help: put `#[resource(stream)]` on `{Self}`"
)]
pub trait Stream: Resource<Kind = kind::Stream> {
    /// The marker of the type of the records in the stream.
    type Message: Messages;
}

/// An event type that accepts records of the type `M` from a stream.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take the records of this stream",
    label = "the stream carries other records",
    note = "`message = …` in the stream's `#[resource(stream(…))]` says what is put into it: \
            the consumer takes `Data` of that type, or a whole `KinesisEvent` or raw `KinesisEventRecord`",
    note = "an enum with `#[derive(Event)]` accepts what its event of `kinesis` accepts"
)]
pub trait AcceptsRecords<M> {}

#[diagnostic::do_not_recommend]
impl<M, E: Accepts<kind::Stream, M>> AcceptsRecords<M> for E {}

/// Asserts at compile time that the event type `E` of a handler accepts the records of the stream `S`.
pub const fn accepts_from_stream<E: AcceptsRecords<S::Message>, S: Stream>(
    _: PhantomData<S>,
    _: PhantomData<E>,
) {
}

define_kind! {
    Stream, "stream", feature stream = "stream", sdk aws_sdk_kinesis,
    Putter = StreamClient<R>,
}
