//! The S3 source: takes the payload of a bucket's notification, or of `EventBridge` for a bucket that the
//! application does not own, and delivers an `S3Event` or its records one at a time.

#[cfg(feature = "s3")]
mod deliver;
#[cfg(feature = "s3")]
mod eventbridge;
pub(crate) mod registration;

pub use registration::{DeliveredByS3, S3, SOURCE, s3};
