//! The source `sqs`: takes a batch of messages and delivers it as a whole, or one message at a time, raw or
//! with its decoded JSON body. If it delivers one message at a time, it reports which messages failed.

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
mod wrapped;

#[cfg(feature = "sqs")]
pub use message::Message;
#[cfg(feature = "sqs")]
pub use wrapped::{BusEnvelope, TopicAttribute, TopicEnvelope};

pub use registration::{DeliveredBySqs, SOURCE, Sqs, sqs};
