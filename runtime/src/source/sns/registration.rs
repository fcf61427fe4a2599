//! The part of the source `sns` that exists whether its feature is on or not: the marker, the registry entry,
//! and the check of the types that it delivers.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// An SNS topic: `trigger = sns`. Mirrors the SAM event `SNS`.
pub enum Sns {}

/// The registry entry of the source `sns`.
pub const SOURCE: SourceEntry = SourceEntry { name: "sns", trigger: "pubsub" };

/// An event that `sns` delivers. The macro requires this trait and not `TriggeredBy<Sns>`, so that the
/// compiler's message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `sns` delivers",
    label = "not an event of `sns`",
    note = "`sns` delivers `skylift::event::SnsEvent`, the whole event, and \
            `skylift::event::SnsRecord` or `skylift::event::Notification<T>`, one message at a time",
    note = "help: a type of your own goes inside: `Notification<News>`; an enum of the events of several sources has `#[derive(Event)]`"
)]
#[cfg_attr(
    not(feature = "sns"),
    diagnostic::on_unimplemented(note = "help: these events need the feature `sns` of `skylift`")
)]
pub trait DeliveredBySns: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<Sns>> DeliveredBySns for E {}

/// Returns the deliverer by which SNS delivers an `E`.
#[must_use]
pub fn sns<E: DeliveredBySns>() -> Deliverer<E> {
    Deliverer::for_event()
}
