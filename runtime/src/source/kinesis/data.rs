//! [`Data`]: a record of a Kinesis stream, with JSON data that is decoded as a type of the user, and with the
//! facts that Kinesis sends about the record.

use std::borrow::Cow;
use std::ops::Deref;
use std::time::SystemTime;

use aws_lambda_events::kinesis::KinesisEvent;
use serde::de::DeserializeOwned;

use super::record;
use super::record::KinesisRecord;
use super::registration::Kinesis;
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::{ResponseFuture, decode};
use crate::messages;
use crate::resource::kind;
use crate::resource::markers::{Typed, Untyped};
use crate::resource::trigger_event::{Accepts, DiffersFrom};
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;
use crate::source::shard::stream_record::{StreamRecord, deliver_records};
use crate::source::shard::time::from_epoch_seconds;

/// A record of a Kinesis stream whose data is a `T` in JSON.
///
/// A `Data<T>` dereferences to the `T`. Its methods return the facts that Kinesis sends about the record.
/// Mirrors "Process Amazon Kinesis Data Streams records with Lambda" of the AWS Lambda Developer Guide.
///
/// ```
/// use serde::Deserialize;
/// use skylift::event::Data;
/// use skylift::{Error, function, resource};
///
/// #[resource(stream(message = Click))]
/// struct Clicks;
///
/// #[derive(Deserialize)]
/// struct Click { page: String }
///
/// #[function(trigger = kinesis(stream = Clicks))]
/// async fn note(click: Data<Click>) -> Result<(), Error> {
///     println!("{} clicked on {}", click.partition_key(), click.page);
///     Ok(())
/// }
///
/// // In a test, make one by hand.
/// let click = Data::new(Click { page: "/tea".into() }).with_partition_key("visitor-1");
/// assert_eq!(click.partition_key(), "visitor-1");
/// # let _ = note(click);
/// ```
///
/// Records are delivered one after another, in the order of their shard. A record that fails, or whose data
/// is not a `T`, ends the batch: Lambda sends that record, and all records after it, again, until it succeeds or
/// Lambda gives up, as the trigger's `retries` and `max_record_age` say. Lambda gives up what is left of the batch,
/// after it has split the batch; with `bisect = false`, it gives up the whole batch, also the records that were
/// not started.
///
/// A record of the Kinesis Producer Library may contain several records, in a format of its own that is not
/// JSON. Take such records as `KinesisEventRecord`, and split them in the handler.
#[derive(Clone, Debug)]
pub struct Data<T> {
    content: T,
    partition_key: String,
    sequence_number: String,
    shard_id: String,
    stream_arn: String,
    arrived_at: SystemTime,
}

impl<T> Data<T> {
    /// Makes a record for tests of a handler. Its time of arrival is the current time.
    pub fn new(data: T) -> Self {
        Self {
            content: data,
            partition_key: String::new(),
            sequence_number: String::new(),
            shard_id: String::new(),
            stream_arn: String::new(),
            arrived_at: SystemTime::now(),
        }
    }

    /// Sets the partition key of the record.
    #[must_use]
    pub fn with_partition_key(self, partition_key: impl Into<String>) -> Self {
        Self { partition_key: partition_key.into(), ..self }
    }

    /// Sets the sequence number of the record.
    #[must_use]
    pub fn with_sequence_number(self, sequence_number: impl Into<String>) -> Self {
        Self { sequence_number: sequence_number.into(), ..self }
    }

    /// Sets the shard of the record.
    #[must_use]
    pub fn with_shard_id(self, shard_id: impl Into<String>) -> Self {
        Self { shard_id: shard_id.into(), ..self }
    }

    /// Sets the time at which the stream got the record.
    #[must_use]
    pub fn with_arrived_at(self, arrived_at: SystemTime) -> Self {
        Self { arrived_at, ..self }
    }

    /// Returns the decoded data without the other facts about the record.
    pub fn into_inner(self) -> T {
        self.content
    }

    /// Returns the partition key of the record, which the producer sets. Records with the same key are in one
    /// shard, and in order.
    pub fn partition_key(&self) -> &str {
        &self.partition_key
    }

    /// Returns the sequence number of the record. It is unique in its shard, increases from record to record,
    /// and is the same on every delivery of the record.
    pub fn sequence_number(&self) -> &str {
        &self.sequence_number
    }

    /// Returns the shard of the record, such as `shardId-000000000006`.
    pub fn shard_id(&self) -> &str {
        &self.shard_id
    }

    /// Returns the ARN of the stream, or of the consumer with enhanced fan-out that reads the stream.
    pub fn stream_arn(&self) -> &str {
        &self.stream_arn
    }

    /// Returns the time at which the stream got the record, to the millisecond. Kinesis calls the time
    /// approximate.
    pub fn arrived_at(&self) -> SystemTime {
        self.arrived_at
    }
}

impl<T> Deref for Data<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.content
    }
}

impl<T: DeserializeOwned + Send + 'static> Event for Data<T> {
    type Source = Kinesis;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        KinesisEvent::recognises(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(deliver_records(delivery))
    }
}

impl<T: DeserializeOwned + Send + 'static> TriggeredBy<Kinesis> for Data<T> {}

impl<T> Accepts<kind::Stream, Typed<T>> for Data<T> {}
impl<T> Accepts<kind::Stream, Untyped> for Data<T> {}

/// Accepts any resource that is not a stream. Such a resource does not deliver a `Data`, which the compiler reports
/// elsewhere; this implementation avoids a second message about the same mistake.
impl<T, M, K: DiffersFrom<kind::Stream>> Accepts<K, M> for Data<T> {}

impl<T: DeserializeOwned + Send + 'static> StreamRecord for Data<T> {
    fn read(json: &str, data: &mut Vec<u8>) -> Result<Self, Error> {
        let KinesisRecord { kinesis, event_id, source_arn } = KinesisRecord::read(json, data)?;
        let shard_id = event_id.split_once(':').map_or("", |(shard, _)| shard).to_owned();
        Ok(Self {
            content: decode::decode_json(data)
                .map_err(|error| error.with_context(messages::batch::record_data()))?,
            partition_key: kinesis.partition_key.0.into_owned(),
            sequence_number: kinesis.sequence_number.0.into_owned(),
            shard_id,
            stream_arn: source_arn.0.into_owned(),
            arrived_at: from_epoch_seconds(kinesis.approximate_arrival_timestamp),
        })
    }

    fn sequence_number(json: &str) -> Result<Option<Cow<'_, str>>, Error> {
        record::sequence_number(json)
    }

    fn idempotency_payload<'a>(_: &'a str, data: &'a [u8]) -> &'a [u8] {
        data
    }
}
