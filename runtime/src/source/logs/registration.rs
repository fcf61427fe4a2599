//! The part of the source `logs` that exists whether its feature is on or not: the marker, the registry entry,
//! and the check of the types that it delivers.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// A log group of CloudWatch Logs: `trigger = logs(group = …)`. Mirrors the SAM event `CloudWatchLogs`.
pub enum Logs {}

/// The registry entry of the source `logs`.
pub const SOURCE: SourceEntry = SourceEntry { name: "logs", trigger: "pubsub" };

/// An event that `logs` delivers. The macro requires this trait and not `TriggeredBy<Logs>`, so that the
/// compiler's message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `logs` delivers",
    label = "not an event of `logs`",
    note = "`logs` delivers `skylift::event::LogsEvent`, the whole event, and \
            `skylift::event::LogEntry` or `skylift::event::LogRecord<T>`, one entry at a time",
    note = "help: a type of your own goes inside: `LogRecord<Line>`; an enum of the events of several sources has `#[derive(Event)]`"
)]
#[cfg_attr(
    not(feature = "logs"),
    diagnostic::on_unimplemented(note = "help: these events need the feature `logs` of `skylift`")
)]
pub trait DeliveredByLogs: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<Logs>> DeliveredByLogs for E {}

/// Returns the deliverer by which CloudWatch Logs delivers an `E`.
#[must_use]
pub fn logs<E: DeliveredByLogs>() -> Deliverer<E> {
    Deliverer::for_event()
}
