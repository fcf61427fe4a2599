//! The part of the source `documentdb` that exists whether its feature is on or not: the marker, the registry entry, and
//! the check of the types that it delivers.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// The change stream of a cluster of `DocumentDB`: `trigger = documentdb`. Mirrors the SAM event `DocumentDB`.
pub enum DocumentDb {}

/// The registry entry of the source `documentdb`.
pub const SOURCE: SourceEntry = SourceEntry { name: "documentdb", trigger: "datasource" };

/// An event that `documentdb` delivers. The macro requires this trait and not `TriggeredBy<DocumentDb>`, so that the
/// compiler's message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `documentdb` delivers",
    label = "not an event of `documentdb`",
    note = "`documentdb` delivers `skylift::event::DocumentDbEvent`, the whole batch, and \
            `skylift::event::DocumentDbEventRecord` or `skylift::event::DocumentDbChange<T>`, one change at a time",
    note = "help: a type of your own goes inside: `DocumentDbChange<Order>`; an enum of the events of several sources has `#[derive(Event)]`"
)]
#[cfg_attr(
    not(feature = "documentdb"),
    diagnostic::on_unimplemented(
        note = "help: these events need the feature `documentdb` of `skylift`"
    )
)]
pub trait DeliveredByDocumentDb: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<DocumentDb>> DeliveredByDocumentDb for E {}

/// Returns the deliverer by which a cluster of `DocumentDB` delivers an `E`.
#[must_use]
pub fn documentdb<E: DeliveredByDocumentDb>() -> Deliverer<E> {
    Deliverer::for_event()
}
