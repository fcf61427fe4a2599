//! The SQS source: takes a batch of messages and gives it whole, or one message at a time, raw or
//! with its JSON body decoded. One at a time, it answers which messages failed.

#[cfg(feature = "sqs")]
mod deliver;
#[cfg(feature = "sqs")]
mod message;
#[cfg(feature = "sqs")]
mod raw_message;
pub(crate) mod registration;
#[cfg(feature = "sqs")]
#[cfg(test)]
mod tests;

#[cfg(feature = "sqs")]
pub use message::Message;

pub use registration::{DeliveredBySqs, SOURCE, Sqs, sqs};
