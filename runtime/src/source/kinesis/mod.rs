//! The Kinesis source: takes a batch of a stream's records and gives it whole, or one record after
//! another, raw or with its JSON data decoded. One at a time, it answers which one failed, and Lambda
//! goes on from there.

#[cfg(feature = "kinesis")]
mod data;
#[cfg(feature = "kinesis")]
mod deliver;
#[cfg(feature = "kinesis")]
mod record;
#[cfg(feature = "kinesis")]
#[cfg(test)]
mod tests;

#[cfg(feature = "kinesis")]
pub use data::Data;

use crate::source::{Deliverer, Event, Kinesis, TriggeredBy};

/// What `kinesis` delivers; the macro asks for it to have the right message.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `kinesis` delivers",
    label = "not an event of `kinesis`",
    note = "`kinesis` delivers `skylift::event::KinesisEvent`, the whole batch, \
            `skylift::event::KinesisEventRecord` or `skylift::event::Data<T>`, one record at a time, and \
            `skylift::event::Window<S, …>`, a tumbling window of them, where `S` implements `Fold` for them"
)]
#[cfg_attr(
    not(feature = "kinesis"),
    diagnostic::on_unimplemented(
        note = "help: these events need the feature `kinesis` of `skylift`"
    )
)]
pub trait DeliveredByKinesis: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<Kinesis>> DeliveredByKinesis for E {}

/// How a stream delivers `E`.
#[must_use]
pub fn kinesis<E: DeliveredByKinesis>() -> Deliverer<E> {
    Deliverer::of_event()
}
