//! The S3 source: takes the payload of a bucket's notification, or of `EventBridge` for a bucket that
//! the application does not own, and gives an `S3Event` or its records one at a time.

#[cfg(feature = "s3")]
mod bridge;
#[cfg(feature = "s3")]
mod deliver;

use crate::source::{Deliverer, Event, S3, TriggeredBy};

/// What `s3` delivers; the macro asks for it to have the right message.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `s3` delivers",
    label = "not an event of `s3`",
    note = "`s3` delivers `skylift::event::S3Event`, the whole event, and \
            `skylift::event::S3EventRecord`, one record at a time"
)]
#[cfg_attr(
    not(feature = "s3"),
    diagnostic::on_unimplemented(note = "help: these events need the feature `s3` of `skylift`")
)]
pub trait DeliveredByS3: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<S3>> DeliveredByS3 for E {}

/// How S3 delivers `E`.
#[must_use]
pub fn s3<E: DeliveredByS3>() -> Deliverer<E> {
    Deliverer::of_event()
}
