//! The part of the source `s3` that exists whether its feature is on or not: the marker, the registry entry,
//! and the check of the types that it delivers.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// An S3 bucket: `trigger = s3`. Mirrors the SAM event `S3`.
pub enum S3 {}

/// The registry entry of the source `s3`.
pub const SOURCE: SourceEntry = SourceEntry { name: "s3", trigger: "datasource" };

/// An event that `s3` delivers. The macro requires this trait and not `TriggeredBy<S3>`, so that the compiler's
/// message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `s3` delivers",
    label = "not an event of `s3`",
    note = "`s3` delivers `skylift::event::S3Event`, the whole event, and \
            `skylift::event::S3EventRecord`, one record at a time",
    note = "help: an enum of the events of several sources has `#[derive(Event)]`"
)]
#[cfg_attr(
    not(feature = "s3"),
    diagnostic::on_unimplemented(note = "help: these events need the feature `s3` of `skylift`")
)]
pub trait DeliveredByS3: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<S3>> DeliveredByS3 for E {}

/// Returns the deliverer by which S3 delivers an `E`.
#[must_use]
pub fn s3<E: DeliveredByS3>() -> Deliverer<E> {
    Deliverer::for_event()
}
