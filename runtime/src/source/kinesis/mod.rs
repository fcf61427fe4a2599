//! The Kinesis source: takes a batch of a stream's records and gives it to the handler as a whole. The
//! answer may name those that failed: Lambda goes on from the first of them.

#[cfg(feature = "kinesis")]
mod deliver;

use crate::source::{Deliverer, Event, Kinesis, TriggeredBy};

/// What `kinesis` delivers; the macro asks for it to have the right message.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `kinesis` delivers",
    label = "not an event of `kinesis`",
    note = "`kinesis` delivers `skylift::event::KinesisEvent`, the whole batch"
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
