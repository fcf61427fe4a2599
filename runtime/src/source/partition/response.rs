//! The response to a batch of Kafka records. A record is identified by its partition and its offset, unlike the records
//! of queues and streams, which have one text.

use serde::Serialize;

use super::event::KafkaEventRecord;

/// The response of a handler of whole batches, which names the records that failed. Lambda reads it only if the trigger
/// has provisioned pollers.
///
/// ```
/// use skylift::event::{KafkaEvent, KafkaEventResponse};
/// use skylift::{Error, function};
///
/// #[function(trigger = msk(
///     cluster = param("ClusterArn"),
///     topic = "orders",
///     start = latest,
///     pollers(min = 1, max = 2),
/// ))]
/// async fn take(event: KafkaEvent) -> Result<KafkaEventResponse, Error> {
///     let mut response = KafkaEventResponse::default();
///     for record in event.iter().filter(|record| record.value.is_none()) {
///         response.add_failure(record);
///     }
///     Ok(response)
/// }
/// # let _ = take(KafkaEvent::default());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KafkaEventResponse {
    /// The records that failed. Lambda takes an empty list for success.
    pub batch_item_failures: Vec<KafkaBatchItemFailure>,
}

impl KafkaEventResponse {
    /// Adds a record that failed.
    pub fn add_failure(&mut self, record: &KafkaEventRecord) {
        let partition = format!("{}-{}", record.topic, record.partition);
        self.push(partition, record.offset);
    }

    /// Adds the record with this offset in this partition, such as `orders-0`.
    pub(super) fn push(&mut self, partition: impl Into<String>, offset: i64) {
        let item_identifier = KafkaItemIdentifier { partition: partition.into(), offset };
        self.batch_item_failures.push(KafkaBatchItemFailure { item_identifier });
    }
}

/// A record that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KafkaBatchItemFailure {
    /// The identifier of the record.
    pub item_identifier: KafkaItemIdentifier,
}

/// The identifier of a record in a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KafkaItemIdentifier {
    /// The topic and the number of the partition: `orders-0`.
    pub partition: String,
    /// The offset of the record in the partition.
    pub offset: i64,
}
