//! The source `s3`: takes the notification of a bucket, or the event of `EventBridge` for a bucket that the
//! application does not own, and delivers an `S3Event`, or the records of the event one at a time.

#[cfg(feature = "s3")]
mod deliver;
#[cfg(feature = "s3")]
mod eventbridge;
pub(crate) mod registration;

pub use registration::{DeliveredByS3, S3, SOURCE, s3};
