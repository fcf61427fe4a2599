//! The part of the source `msk` that exists whether its feature is on or not: the marker, the registry entry, and
//! the check of the types that it delivers.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// A topic of a cluster of Amazon MSK: `trigger = msk`. Mirrors the SAM event `MSK`.
pub enum Msk {}

/// The registry entry of the source `msk`.
pub const SOURCE: SourceEntry = SourceEntry { name: "msk", trigger: "pubsub" };

/// An event that `msk` delivers. The macro requires this trait and not `TriggeredBy<Msk>`, so that the
/// compiler's message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `msk` delivers",
    label = "not an event of `msk`",
    note = "`msk` delivers `skylift::event::KafkaEvent`, the whole batch, and \
            `skylift::event::KafkaEventRecord` or `skylift::event::KafkaRecord<T>`, one record at a time",
    note = "help: a type of your own goes inside: `KafkaRecord<Order>`; an enum of the events of several sources has `#[derive(Event)]`"
)]
#[cfg_attr(
    not(feature = "msk"),
    diagnostic::on_unimplemented(note = "help: these events need the feature `msk` of `skylift`")
)]
pub trait DeliveredByMsk: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<Msk>> DeliveredByMsk for E {}

/// Returns the deliverer by which a cluster of Amazon MSK delivers an `E`.
#[must_use]
pub fn msk<E: DeliveredByMsk>() -> Deliverer<E> {
    Deliverer::for_event()
}
