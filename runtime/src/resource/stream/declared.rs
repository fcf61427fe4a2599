//! What `#[resource]` declares of a stream: its trait.

use crate::resource::kinds::{Resource, kind};
use crate::resource::markers::Messages;
use crate::resource::trigger_event::Accepts;

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

/// An event that takes the records of a stream.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take the records of this stream",
    label = "the stream carries other records",
    note = "`message = …` in the stream's `#[resource(stream(…))]` says what is put into it: \
            the consumer takes `Data` of that type, or a whole `KinesisEvent` or raw `KinesisEventRecord`",
    note = "an enum with `#[derive(Event)]` takes what the event of `kinesis` in it does"
)]
pub trait AcceptsRecords<M> {}

#[diagnostic::do_not_recommend]
impl<M, E: Accepts<kind::Stream, M>> AcceptsRecords<M> for E {}

/// Compiles where the event `E` takes the records of the stream `S`.
pub const fn accepts_from_stream<E: AcceptsRecords<S::Message>, S: Stream>() {}
