//! The source `kafka`: the records of a topic of a self-managed Kafka cluster. Their types, and how they are delivered,
//! are in [`partition`](super::partition).

pub(crate) mod registration;

pub use registration::{DeliveredByKafka, Kafka, SOURCE, kafka};
