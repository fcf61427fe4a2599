//! The records of Kafka topics, of the sources `msk` and `kafka`: takes a batch of records by partition, and delivers it
//! as a whole, or one record at a time, raw or with a decoded JSON value. The records of a partition are handled in
//! order, up to the first that fails; several partitions are handled at the same time.
// See decision 0111.

mod batch;
mod deliver;
mod event;
mod record;
mod response;
#[cfg(test)]
mod tests;

pub use event::{KafkaEvent, KafkaEventRecord, KafkaHeader, KafkaSchema};
pub use record::KafkaRecord;
pub use response::{KafkaBatchItemFailure, KafkaEventResponse, KafkaItemIdentifier};
