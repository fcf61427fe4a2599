//! The part of the source `mq` that exists whether its feature is on or not: the marker, the registry entry, and
//! the check of the types that it delivers.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// A queue of a broker of Amazon MQ: `trigger = mq`. Mirrors the SAM event `MQ`.
pub enum Mq {}

/// The registry entry of the source `mq`.
pub const SOURCE: SourceEntry = SourceEntry { name: "mq", trigger: "pubsub" };

/// An event that `mq` delivers. The macro requires this trait and not `TriggeredBy<Mq>`, so that the
/// compiler's message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `mq` delivers",
    label = "not an event of `mq`",
    note = "`mq` delivers `skylift::event::MqEvent`, the whole batch, and \
            `skylift::event::MqEventMessage` or `skylift::event::MqMessage<T>`, one message at a time",
    note = "help: a type of your own goes inside: `MqMessage<Order>`; an enum of the events of several sources has `#[derive(Event)]`"
)]
#[cfg_attr(
    not(feature = "mq"),
    diagnostic::on_unimplemented(note = "help: these events need the feature `mq` of `skylift`")
)]
pub trait DeliveredByMq: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<Mq>> DeliveredByMq for E {}

/// Returns the deliverer by which a broker of Amazon MQ delivers an `E`.
#[must_use]
pub fn mq<E: DeliveredByMq>() -> Deliverer<E> {
    Deliverer::for_event()
}
