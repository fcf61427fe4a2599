//! The Kinesis source: takes a batch of a stream's records and delivers it as a whole, or one record after
//! another, raw or with decoded JSON data. One record at a time, it reports the first that failed, and Lambda
//! continues from there.

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
