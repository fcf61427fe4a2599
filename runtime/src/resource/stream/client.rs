//! [`StreamClient`]: the typed client of a stream.

use aws_sdk_kinesis::primitives::Blob;
use aws_sdk_kinesis::types::PutRecordsRequestEntry;
use serde::Serialize;

use super::Stream;
use crate::aws::batch::{BatchEntry, BatchLimits, ChunkResponse, RefusedEntry, send_batch};
use crate::aws::payload;
use crate::invocation::BoxFuture;
use crate::resource::define_client::define_client;
use crate::resource::markers::{IsMessage, MessageOf};
use crate::resource::sdk_error::{map_sdk_error, require_confirmation};
use crate::{Error, messages};

/// The limits of a request to put records. `PutRecords` of the Kinesis Data Streams API Reference: 10 MiB including
/// the partition keys, for one record and for all records.
const BATCH_LIMITS: BatchLimits = BatchLimits { entries: 500, bytes: 10_485_760 };

define_client! {
    /// The typed client of a stream. [`Putter`](crate::Putter) dereferences to it.
    ///
    /// | method | what it does |
    /// | --- | --- |
    /// | [`put`](Self::put) | puts a record |
    /// | [`put_all`](Self::put_all) | puts many records in few requests |
    /// | [`client`](Self::client) | returns the client of the AWS SDK |
    /// | [`name`](Self::name) | returns the name of the stream |
    ///
    /// Records have the type that `message = …` of the stream names, and are put as JSON. Records with the same
    /// partition key are read in the order in which they were put. Mirrors "Add data to a stream" of the Amazon
    /// Kinesis Data Streams Developer Guide.
    ///
    /// See also [its page](crate::guide::stream) in the guide.
    ///
    /// ```no_run
    /// use serde::{Deserialize, Serialize};
    /// use skylift::{Error, Putter, function, resource};
    ///
    /// #[resource(stream(message = Click))]
    /// struct Clicks;
    ///
    /// #[derive(Serialize, Deserialize)]
    /// struct Click { visitor: String, page: String }
    ///
    /// #[function]
    /// async fn keep(seen: Vec<Click>, clicks: Putter<Clicks>) -> Result<(), Error> {
    ///     clicks.put_all(seen.iter().map(|click| (&click.visitor, click))).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Every method fails with `InvalidMessage` if a record cannot be serialized as JSON and with
    /// `MessageTooLarge` if it is larger than 10 MiB including its key, both before anything is put. It fails with
    /// the error of AWS, by AWS's code (`ProvisionedThroughputExceededException`).
    StreamClient<R>, aws_sdk_kinesis, feature "stream", "Returns the name of the stream."
}

// The bounds are on the methods, and the methods return a future on the heap: a bound that does not hold is then one
// error of the compiler. For an `async fn`, the compiler reports it three times.
impl<R: Stream> StreamClient<R> {
    /// Puts a record into the stream, with this partition key and with `message` as JSON.
    pub fn put<'a>(
        &'a self,
        partition_key: &str,
        message: &MessageOf<R::Message>,
    ) -> BoxFuture<'a, Result<(), Error>>
    where
        MessageOf<R::Message>: Serialize,
    {
        let record = EncodedRecord::new::<R>(partition_key, message);
        Box::pin(async move { self.put_one(record?).await })
    }

    async fn put_one(&self, record: EncodedRecord) -> Result<(), Error> {
        let request = self.connection.client.put_record();
        let request = match self.stream_arn() {
            Some(arn) => request.stream_arn(arn),
            None => request.stream_name(&*self.connection.name),
        };
        let request = request.partition_key(record.key).data(Blob::new(record.data));
        let put = request.send().await.map_err(map_sdk_error::<R, _, _>("`PutRecord`"))?;
        require_confirmation::<R>("`PutRecord`", !put.sequence_number.is_empty())
    }

    /// Puts records, each with its partition key, in as few requests as Kinesis allows: 500 records or 10 MiB each.
    ///
    /// Records that Kinesis refuses, because a shard is busy for example, are put again a few times. If Kinesis
    /// accepted later records with the same key meanwhile, the refused record comes after these later records.
    ///
    /// # Errors
    ///
    /// Fails with [`BatchError`](crate::resource::BatchError) if some records were not put, and with the errors of
    /// all methods of [`StreamClient`].
    pub fn put_all<K: AsRef<str>, M: IsMessage<MessageOf<R::Message>>>(
        &self,
        records: impl IntoIterator<Item = (K, M)>,
    ) -> BoxFuture<'_, Result<(), Error>>
    where
        MessageOf<R::Message>: Serialize,
    {
        let encode = |(key, message): (K, M)| {
            let record = EncodedRecord::new::<R>(key.as_ref(), message.as_message())?;
            Ok(BatchEntry { bytes: record.size(), group: None, entry: record })
        };
        let records = records.into_iter().map(encode).collect::<Result<_, Error>>();
        Box::pin(
            async move { send_batch(BATCH_LIMITS, records?, |chunk| self.put_chunk(chunk)).await },
        )
    }

    /// Returns the ARN of the stream, or `None` if the environment has the name of the stream instead. An existing
    /// stream can be given by its ARN, and may be in another account.
    fn stream_arn(&self) -> Option<&str> {
        Some(&*self.connection.name).filter(|name| name.starts_with("arn:"))
    }

    async fn put_chunk(&self, chunk: Vec<EncodedRecord>) -> Result<ChunkResponse, Error> {
        let request = self.connection.client.put_records();
        let mut request = match self.stream_arn() {
            Some(arn) => request.stream_arn(arn),
            None => request.stream_name(&*self.connection.name),
        };
        for EncodedRecord { key, data } in chunk {
            let entry = PutRecordsRequestEntry::builder().partition_key(key).data(Blob::new(data));
            request = request.records(entry.build()?);
        }
        let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`PutRecords`"))?;
        let mut outcome = ChunkResponse::default();
        for (position, it) in response.records.into_iter().enumerate() {
            if let Some(code) = it.error_code {
                let message = it.error_message.unwrap_or_default();
                // Kinesis has two codes, for a busy shard and for an internal failure. Both are temporary.
                outcome.refused.push(RefusedEntry { position, code, message, retryable: true });
            } else if it.sequence_number.is_some() {
                outcome.accepted.push(position);
            }
        }
        Ok(outcome)
    }
}

/// A record as it is sent to a Kinesis stream, whose size was checked.
#[derive(Clone)]
struct EncodedRecord {
    key: String,
    data: String,
}

impl EncodedRecord {
    fn new<R: Stream>(key: &str, message: &MessageOf<R::Message>) -> Result<Self, Error>
    where
        MessageOf<R::Message>: Serialize,
    {
        let what = messages::client::stream_record(R::ID);
        let record = Self { key: key.to_owned(), data: payload::to_json(&what, message)? };
        payload::check_size(&what, record.size(), BATCH_LIMITS.bytes)?;
        Ok(record)
    }

    fn size(&self) -> usize {
        self.key.len() + self.data.len()
    }
}
