//! The source `kinesis`: takes a batch of a stream's records and delivers it as a whole, or one record after
//! another, raw or with decoded JSON data. If it delivers one record at a time, it reports the first record
//! that failed, and Lambda continues from that record.

#[cfg(feature = "kinesis")]
mod data;
#[cfg(feature = "kinesis")]
mod deliver;
#[cfg(feature = "kinesis")]
mod record;
pub(crate) mod registration;
#[cfg(feature = "kinesis")]
#[cfg(test)]
mod tests;

#[cfg(feature = "kinesis")]
pub use data::Data;

pub use registration::{DeliveredByKinesis, Kinesis, SOURCE, kinesis};
