//! The source `kinesis`, whether its feature is on or not: its marker, its registry entry, and the check of
//! its events.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event::{Event, TriggeredBy};

/// A Kinesis data stream: `trigger = kinesis`. Mirrors the SAM event `Kinesis`.
pub enum Kinesis {}

/// The entry for the registry.
pub const SOURCE: SourceEntry = SourceEntry { name: "kinesis", trigger: "pubsub" };

/// An event that `kinesis` delivers. The macro requires it, for a message that fits.
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

/// Returns how a stream delivers `E`.
#[must_use]
pub fn kinesis<E: DeliveredByKinesis>() -> Deliverer<E> {
    Deliverer::for_event()
}
