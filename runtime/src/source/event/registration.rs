//! The part of the source `event` that exists whether its feature is on or not: the marker, the registry entry,
//! and the check of the types that it delivers.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// A rule on the events of a bus: `trigger = event(…)`. Mirrors the SAM event `EventBridgeRule`.
pub enum EventRule {}

/// The registry entry of the source `event`.
pub const SOURCE: SourceEntry = SourceEntry { name: "event", trigger: "pubsub" };

/// An event that `event` delivers. The macro requires this trait and not `TriggeredBy<EventRule>`, so that the
/// compiler's message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `event` delivers",
    label = "not an event of `event`",
    note = "`event` delivers `skylift::event::EventBridgeEvent<T>`, whose detail is a `T`, and \
            `skylift::event::EventEnvelope`, the event as it was sent",
    note = "help: a type of your own goes inside: `EventBridgeEvent<Placed>`; an enum of the events of several sources has `#[derive(Event)]`"
)]
#[cfg_attr(
    not(feature = "event"),
    diagnostic::on_unimplemented(
        note = "help: `EventBridgeEvent` needs the feature `event` of `skylift`"
    )
)]
pub trait DeliveredByEvent: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<EventRule>> DeliveredByEvent for E {}

/// Returns the deliverer by which a rule delivers an `E`.
#[must_use]
pub fn event<E: DeliveredByEvent>() -> Deliverer<E> {
    Deliverer::for_event()
}
