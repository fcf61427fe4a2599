//! The SQS source: takes a batch of messages and gives it whole, or one message at a time, raw or
//! with its JSON body decoded. One at a time, it answers which messages failed.

#[cfg(feature = "sqs")]
mod deliver;
pub(crate) mod delivered;
#[cfg(feature = "sqs")]
mod envelope;
#[cfg(feature = "sqs")]
mod message;
#[cfg(feature = "sqs")]
#[cfg(test)]
mod tests;

#[cfg(feature = "sqs")]
pub use message::Message;

pub use delivered::{DeliveredBySqs, SOURCE, Sqs, sqs};
