//! [`KafkaRecord`]: a record of a Kafka topic, with a JSON value that is decoded as a type of the user, and with its key,
//! its headers and its position.

use std::ops::Deref;
use std::time::{Duration, SystemTime};

use serde::de::DeserializeOwned;

use super::event::{KafkaEventRecord, KafkaHeader, KafkaSchema};
use crate::Error;
use crate::invocation::decode;
use crate::messages;

/// The JSON of a record without a value.
pub(super) const NULL: &[u8] = b"null";

/// A record of a Kafka topic whose value is a `T` in JSON.
///
/// A `KafkaRecord<T>` dereferences to the `T`. Its methods return what Kafka stores with the value. A tombstone, a record
/// without a value, is a `KafkaRecord<Option<T>>` with `None`; any other `T` fails.
/// Mirrors "Using Lambda with Amazon MSK" of the AWS Lambda Developer Guide.
///
/// ```
/// use serde::Deserialize;
/// use skylift::event::KafkaRecord;
/// use skylift::{Error, function};
///
/// #[derive(Deserialize)]
/// struct Order { total: u32 }
///
/// #[function(trigger = msk(cluster = param("ClusterArn"), topic = "orders", start = latest))]
/// async fn bill(order: KafkaRecord<Order>) -> Result<(), Error> {
///     println!("{:?} is {}, by {:?}", order.key_str(), order.total, order.header("user"));
///     Ok(())
/// }
///
/// // In a test, make one by hand.
/// let order = KafkaRecord::new(Order { total: 5 }).with_key("17").with_header("user", "ada");
/// assert_eq!((order.key_str(), order.header("user")), (Some("17"), Some(&b"ada"[..])));
/// # let _ = bill(order);
/// ```
///
/// The records of a partition are delivered one after another, in their order, up to the first that fails. Several
/// partitions are handled at the same time.
#[derive(Clone, Debug)]
pub struct KafkaRecord<T> {
    content: T,
    /// The record, without its value.
    record: KafkaEventRecord,
}

impl<T> KafkaRecord<T> {
    /// Makes a record for tests of a handler, at offset 0 of the partition 0 of a topic without a name. Its time is the
    /// current time.
    pub fn new(value: T) -> Self {
        let record = KafkaEventRecord {
            timestamp: to_milliseconds(SystemTime::now()),
            ..KafkaEventRecord::default()
        };
        Self { content: value, record }
    }

    /// Sets the topic, the number of the partition, and the offset in it.
    #[must_use]
    pub fn at(self, topic: impl Into<String>, partition: i32, offset: i64) -> Self {
        let topic = topic.into();
        self.map_record(|record| KafkaEventRecord { topic, partition, offset, ..record })
    }

    /// Sets the key of the record.
    #[must_use]
    pub fn with_key(self, key: impl Into<Vec<u8>>) -> Self {
        let key = Some(key.into());
        self.map_record(|record| KafkaEventRecord { key, ..record })
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.record.headers.push(KafkaHeader { name: name.into(), value: value.into() });
        self
    }

    /// Sets the time of the record.
    #[must_use]
    pub fn with_timestamp(self, timestamp: SystemTime) -> Self {
        let timestamp = to_milliseconds(timestamp);
        self.map_record(|record| KafkaEventRecord { timestamp, ..record })
    }

    fn map_record(self, map: impl FnOnce(KafkaEventRecord) -> KafkaEventRecord) -> Self {
        Self { record: map(self.record), ..self }
    }

    /// Returns the decoded value without the rest of the record.
    pub fn into_inner(self) -> T {
        self.content
    }

    /// Returns the topic of the record.
    pub fn topic(&self) -> &str {
        &self.record.topic
    }

    /// Returns the number of the partition. Records of a partition are delivered in order.
    pub fn partition(&self) -> i32 {
        self.record.partition
    }

    /// Returns the offset of the record in its partition, which is the same on every delivery of the record.
    pub fn offset(&self) -> i64 {
        self.record.offset
    }

    /// Returns the key of the record; `None` if it has none.
    pub fn key(&self) -> Option<&[u8]> {
        self.record.key.as_deref()
    }

    /// Returns the key of the record as text; `None` if it has none, or one that is not UTF-8.
    pub fn key_str(&self) -> Option<&str> {
        self.key().and_then(|key| str::from_utf8(key).ok())
    }

    /// Returns the headers of the record, in their order.
    pub fn headers(&self) -> &[KafkaHeader] {
        &self.record.headers
    }

    /// Returns the value of the last header with this name; `None` if the record has no such header.
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        let header = self.record.headers.iter().rev().find(|header| header.name == name);
        header.map(|header| header.value.as_slice())
    }

    /// Returns the time of the record, to the millisecond; 1970 if it has none.
    pub fn timestamp(&self) -> SystemTime {
        let since = Duration::from_millis(u64::try_from(self.record.timestamp).unwrap_or_default());
        SystemTime::UNIX_EPOCH.checked_add(since).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// Returns the meaning of the time: `CREATE_TIME`, set by the producer, or `LOG_APPEND_TIME`, set by the broker.
    pub fn timestamp_type(&self) -> Option<&str> {
        self.record.timestamp_type.as_deref()
    }

    /// Returns the schema of the key; `None` if Lambda did not read it from a registry.
    pub fn key_schema(&self) -> Option<&KafkaSchema> {
        self.record.key_schema.as_ref()
    }

    /// Returns the schema of the value; `None` if Lambda did not read it from a registry.
    pub fn value_schema(&self) -> Option<&KafkaSchema> {
        self.record.value_schema.as_ref()
    }
}

impl<T: DeserializeOwned> KafkaRecord<T> {
    /// Decodes the value of a record, and returns with the record the JSON of its value.
    pub(super) fn read(json: &str) -> Result<(Self, Vec<u8>), Error> {
        let mut record: KafkaEventRecord = decode::decode_text(json)?;
        let value = record.value.take();
        let is_tombstone = value.is_none();
        let value = value.unwrap_or_else(|| NULL.to_vec());
        let content = decode::decode_json(&value).map_err(|error| {
            let what = messages::batch::record_value(is_tombstone);
            error.with_context(what)
        })?;
        Ok((Self { content, record }, value))
    }
}

/// Converts a time to milliseconds since 1970; a time before is 0.
fn to_milliseconds(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

impl<T> Deref for KafkaRecord<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.content
    }
}
