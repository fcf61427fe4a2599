//! The Kinesis source: takes a batch of a stream's records and gives it whole, or one record after
//! another, raw or with its JSON data decoded. One at a time, it answers which one failed, and Lambda
//! goes on from there.

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
