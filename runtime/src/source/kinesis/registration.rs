//! The part of the source `kinesis` that exists whether its feature is on or not: the marker, the registry
//! entry, and the check of the types that it delivers.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// A Kinesis data stream: `trigger = kinesis`. Mirrors the SAM event `Kinesis`.
pub enum Kinesis {}

/// The registry entry of the source `kinesis`.
pub const SOURCE: SourceEntry = SourceEntry { name: "kinesis", trigger: "pubsub" };

/// An event that `kinesis` delivers. The macro requires this trait and not `TriggeredBy<Kinesis>`, so that the
/// compiler's message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `kinesis` delivers",
    label = "not an event of `kinesis`",
    note = "`kinesis` delivers `skylift::event::KinesisEvent`, the whole batch, \
            `skylift::event::KinesisEventRecord` or `skylift::event::Data<T>`, one record at a time, and \
            `skylift::event::Window<S, …>`, a tumbling window of them, where `S` implements `Fold` for them",
    note = "help: a type of your own goes inside: `Data<Job>`; an enum of the events of several sources has `#[derive(Event)]`"
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

/// Returns the deliverer by which a Kinesis stream delivers an `E`.
#[must_use]
pub fn kinesis<E: DeliveredByKinesis>() -> Deliverer<E> {
    Deliverer::for_event()
}
