//! [`StreamClient`]: puts records into a stream, one or many.

use std::borrow::Borrow;

use aws_sdk_kinesis::primitives::Blob;
use aws_sdk_kinesis::types::PutRecordsRequestEntry;
use serde::Serialize;

use super::declared::Stream;
use crate::Error;
use crate::aws::batch::{Most, Refused, Rest};
use crate::aws::{batch, message};
use crate::resource::define_client::define_client;
use crate::resource::markers::MessageOf;
use crate::resource::sdk_error::map_sdk_error;

/// `PutRecords` of the Kinesis Data Streams API Reference: 10 MiB with the partition keys, for a
/// record and for all.
const BATCH: Most = Most { entries: 500, bytes: 10_485_760 };

define_client! {
    /// The typed client of a stream: what [`Putter`](crate::Putter) leads to.
    ///
    /// Records are of the type that `message = …` of the stream names, and go as JSON. Those of one
    /// partition key are read in the order in which they were put. Mirrors "Add data to a stream" of
    /// the Amazon Kinesis Data Streams Developer Guide.
    ///
    /// ```no_run
    /// use serde::Serialize;
    /// use skylift::{Error, Putter};
    /// # use skylift::resource::{Resource, Stream, Typed, kind};
    /// # struct Clicks;
    /// # impl Resource for Clicks {
    /// #     const ID: &'static str = "Clicks";
    /// #     const VARIABLE: &'static str = "CLICKS_STREAM_NAME";
    /// #     type Kind = kind::Stream;
    /// # }
    /// # impl Stream for Clicks {
    /// #     type Message = Typed<Click>;
    /// # }
    ///
    /// #[derive(Serialize)]
    /// struct Click { visitor: String, page: String }
    ///
    /// async fn keep(seen: Vec<Click>, clicks: Putter<Clicks>) -> Result<(), Error> {
    ///     clicks.put_all(seen.iter().map(|click| (&click.visitor, click))).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Every method fails with `InvalidMessage` where a record cannot be written as JSON, with
    /// `MessageTooLarge` where it is over 10 MiB with its key, both before anything is put, and with
    /// what AWS refused, by AWS's own code (`ProvisionedThroughputExceededException`).
    StreamClient<R>, aws_sdk_kinesis, "The stream's name."
}

#[expect(clippy::missing_errors_doc, reason = "the type says what every method fails with")]
impl<R: Stream> StreamClient<R>
where
    MessageOf<R::Message>: Serialize,
{
    /// Puts a record.
    pub async fn put(
        &self,
        partition_key: &str,
        message: &MessageOf<R::Message>,
    ) -> Result<(), Error> {
        let record = Record::of::<R>(partition_key, message)?;
        let request = self.connection.client.put_record();
        let request = match self.arn() {
            Some(arn) => request.stream_arn(arn),
            None => request.stream_name(&*self.connection.name),
        };
        let request = request.partition_key(record.key).data(Blob::new(record.data));
        request.send().await.map(drop).map_err(map_sdk_error::<R, _, _>("`PutRecord`"))
    }

    /// Puts records, each with its partition key, in as few calls as Kinesis allows: 500 records or
    /// 10 MiB each. Those that Kinesis does not take, as where a shard is busy, are put again a few
    /// times: behind later ones of their key, should Kinesis have taken those.
    ///
    /// # Errors
    ///
    /// [`BatchError`](crate::resource::BatchError) where some records were not put; and as all methods.
    pub async fn put_all<K: AsRef<str>, M: Borrow<MessageOf<R::Message>>>(
        &self,
        records: impl IntoIterator<Item = (K, M)>,
    ) -> Result<(), Error> {
        let mut all = Vec::new();
        for (key, message) in records {
            let record = Record::of::<R>(key.as_ref(), message.borrow())?;
            all.push((record.bytes(), record));
        }
        batch::deliver(BATCH, Rest::Sent, all, |chunk| self.put_chunk(chunk)).await
    }

    /// One that exists already may be known by its ARN, in another account even.
    fn arn(&self) -> Option<&str> {
        Some(&*self.connection.name).filter(|name| name.starts_with("arn:"))
    }

    async fn put_chunk(&self, chunk: Vec<Record>) -> Result<Vec<Refused>, Error> {
        let request = self.connection.client.put_records();
        let mut request = match self.arn() {
            Some(arn) => request.stream_arn(arn),
            None => request.stream_name(&*self.connection.name),
        };
        for Record { key, data } in chunk {
            let entry = PutRecordsRequestEntry::builder().partition_key(key).data(Blob::new(data));
            request = request.records(entry.build()?);
        }
        let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`PutRecords`"))?;
        let answers = response.records.into_iter().enumerate();
        let refused = answers.filter_map(|(position, it)| {
            let message = it.error_message.unwrap_or_default();
            // Both codes that there are, a busy shard and a failure of Kinesis's own, can pass.
            Some(Refused { position, code: it.error_code?, message, again: true })
        });
        Ok(refused.collect())
    }
}

/// A record as it goes, not too large.
#[derive(Clone)]
struct Record {
    key: String,
    data: String,
}

impl Record {
    fn of<R: Stream>(key: &str, message: &MessageOf<R::Message>) -> Result<Self, Error>
    where
        MessageOf<R::Message>: Serialize,
    {
        let what = format!("a record for the stream `{}`", R::ID);
        let record = Self { key: key.to_owned(), data: message::json(&what, message)? };
        message::check_size(&what, record.bytes(), BATCH.bytes)?;
        Ok(record)
    }

    fn bytes(&self) -> usize {
        self.key.len() + self.data.len()
    }
}
