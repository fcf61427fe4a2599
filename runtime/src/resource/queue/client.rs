//! [`QueueClient`]: the typed client of a queue.

use std::time::Duration;

use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use serde::Serialize;

use super::Queue;
use super::order::{SendsMessages, SendsToGroups};
use crate::aws::batch::{BatchLimits, ChunkResponse, RefusedEntry, send_batch};
use crate::aws::payload;
use crate::invocation::BoxFuture;
use crate::resource::define_client::define_client;
use crate::resource::fifo::{
    DeduplicationId, EncodedMessage, FifoIds, batch_entries, encode_grouped_messages,
};
use crate::resource::markers::{IsMessage, MessageOf};
use crate::resource::sdk_error::{map_sdk_error, require_confirmation};
use crate::{Error, messages};

/// The limits of a request to send messages. `SendMessageBatch` of the Amazon SQS API Reference: "The maximum allowed
/// individual message size and the maximum total payload size … are both 1 MiB".
const BATCH_LIMITS: BatchLimits = BatchLimits { entries: 10, bytes: 1_048_576 };

/// The longest delay of a message, in seconds: the maximum of `DelaySeconds` of `SendMessage`.
const MAX_DELAY_SECONDS: u64 = 900;

define_client! {
    /// The typed client of a queue. [`Sender`](crate::Sender) dereferences to it.
    ///
    /// | method | queue | what it does |
    /// | --- | --- | --- |
    /// | [`send`](Self::send) | standard | sends a message |
    /// | [`send_delayed`](Self::send_delayed) | standard | sends a message that is delivered later |
    /// | [`send_all`](Self::send_all) | standard | sends many messages in few requests |
    /// | [`send_to_group`](Self::send_to_group) | FIFO | sends a message to a message group |
    /// | [`send_all_to_groups`](Self::send_all_to_groups) | FIFO | sends many messages, each to its message group |
    /// | [`client`](Self::client) | any | returns the client of the AWS SDK |
    /// | [`name`](Self::name) | any | returns the URL of the queue |
    ///
    /// Messages have the type that `message = …` of the queue names, and are sent as JSON. Mirrors
    /// "Sending a message" of the Amazon SQS Developer Guide.
    ///
    /// See also [its page](crate::guide::queue) in the guide.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use serde::Serialize;
    /// use skylift::{Error, Sender, function, resource};
    ///
    /// #[resource(queue(message = Job))]
    /// struct Jobs;
    ///
    /// #[derive(Serialize)]
    /// struct Job { url: String }
    ///
    /// #[function]
    /// async fn plan(urls: Vec<String>, jobs: Sender<Jobs>) -> Result<(), Error> {
    ///     jobs.send_all(urls.into_iter().map(|url| Job { url })).await?;
    ///     let last = Job { url: "https://example.com/report".into() };
    ///     jobs.send_delayed(&last, Duration::from_mins(1)).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Every method fails with `InvalidMessage` if a message cannot be serialized as JSON and with
    /// `MessageTooLarge` if it is larger than 1 MiB, both before anything is sent. It fails with the error of
    /// AWS, by AWS's code (`AWS.SimpleQueueService.NonExistentQueue`). The methods that send many messages
    /// fail with [`BatchError`](crate::resource::BatchError) if some messages were not sent.
    QueueClient<R>, aws_sdk_sqs, feature "queue", "Returns the URL of the queue."
}

// The bounds are on the methods, and the methods return a future on the heap: a bound that does not hold is then one
// error of the compiler, with the text of its trait. For an `async fn`, the compiler reports it three times.
impl<R: Queue> QueueClient<R> {
    /// Sends a message.
    pub fn send<'a>(&'a self, message: &MessageOf<R::Message>) -> BoxFuture<'a, Result<(), Error>>
    where
        R::Order: SendsMessages,
        MessageOf<R::Message>: Serialize,
    {
        let message = encode_message::<R>(message);
        Box::pin(async move { self.send_one(message?, None, None).await })
    }

    /// Sends a message that no consumer receives before the delay has passed. The delay is at most 15 minutes, and
    /// is rounded up to whole seconds.
    ///
    /// # Errors
    ///
    /// Fails with `DelayTooLong` if the delay is longer than 15 minutes, and with the errors of all methods of
    /// [`QueueClient`].
    pub fn send_delayed<'a>(
        &'a self,
        message: &MessageOf<R::Message>,
        delay: Duration,
    ) -> BoxFuture<'a, Result<(), Error>>
    where
        R::Order: SendsMessages,
        MessageOf<R::Message>: Serialize,
    {
        let delay = convert_delay_to_seconds(delay);
        let message = encode_message::<R>(message);
        Box::pin(async move { self.send_one(message?, Some(delay?), None).await })
    }

    /// Sends messages in as few requests as SQS allows: ten messages or 1 MiB each.
    ///
    /// Messages that SQS refuses for a temporary reason are sent again a few times.
    pub fn send_all<M: IsMessage<MessageOf<R::Message>>>(
        &self,
        messages: impl IntoIterator<Item = M>,
    ) -> BoxFuture<'_, Result<(), Error>>
    where
        R::Order: SendsMessages,
        MessageOf<R::Message>: Serialize,
    {
        let encode = |message: M| Ok((encode_message::<R>(message.as_message())?, None));
        let messages = messages.into_iter().map(encode).collect::<Result<_, Error>>();
        Box::pin(async move { self.send_many(messages?).await })
    }

    /// Sends a message to a message group, whose messages are received in the order in which they were sent.
    ///
    /// If several messages have the same deduplication id within five minutes, only the first is delivered. Pass
    /// `None` if the queue has `ContentBasedDeduplication`: SQS then computes the id from the content of the message.
    pub fn send_to_group<'a>(
        &'a self,
        group: &str,
        deduplication_id: impl DeduplicationId,
        message: &MessageOf<R::Message>,
    ) -> BoxFuture<'a, Result<(), Error>>
    where
        R::Order: SendsToGroups,
        MessageOf<R::Message>: Serialize,
    {
        let fifo_ids = FifoIds::new(group, deduplication_id);
        let message = encode_message::<R>(message);
        Box::pin(async move { self.send_one(message?, None, Some(fifo_ids)).await })
    }

    /// Sends messages in as few requests as SQS allows. Each item is a message group, a deduplication id (or `None`,
    /// see [`send_to_group`](Self::send_to_group)) and a message.
    ///
    /// If a message is not sent, the messages of its group in later requests are not sent either (`HeldBack`), so that
    /// the order within the group is kept. Messages of other groups are sent.
    pub fn send_all_to_groups<G, I, M>(
        &self,
        messages: impl IntoIterator<Item = (G, I, M)>,
    ) -> BoxFuture<'_, Result<(), Error>>
    where
        R::Order: SendsToGroups,
        MessageOf<R::Message>: Serialize,
        G: AsRef<str>,
        I: DeduplicationId,
        M: IsMessage<MessageOf<R::Message>>,
    {
        let encode = |message: M| encode_message::<R>(message.as_message());
        let messages = encode_grouped_messages(messages, encode);
        Box::pin(async move { self.send_many(messages?).await })
    }

    async fn send_one(
        &self,
        message: String,
        delay: Option<i32>,
        fifo_ids: Option<FifoIds>,
    ) -> Result<(), Error> {
        let (group, deduplication_id) = FifoIds::split(fifo_ids);
        let request = self.connection.client.send_message().queue_url(&*self.connection.name);
        let request = request
            .message_body(message)
            .set_delay_seconds(delay)
            .set_message_group_id(group)
            .set_message_deduplication_id(deduplication_id);
        let sent = request.send().await.map_err(map_sdk_error::<R, _, _>("`SendMessage`"))?;
        require_confirmation::<R>("`SendMessage`", sent.message_id.is_some())
    }

    async fn send_many(&self, messages: Vec<EncodedMessage>) -> Result<(), Error> {
        send_batch(BATCH_LIMITS, batch_entries(messages), |chunk| self.send_chunk(chunk)).await
    }

    async fn send_chunk(&self, chunk: Vec<EncodedMessage>) -> Result<ChunkResponse, Error> {
        let mut request =
            self.connection.client.send_message_batch().queue_url(&*self.connection.name);
        for (position, (message, fifo_ids)) in chunk.into_iter().enumerate() {
            let (group, deduplication_id) = FifoIds::split(fifo_ids);
            let entry = SendMessageBatchRequestEntry::builder()
                .id(position.to_string())
                .message_body(message)
                .set_message_group_id(group)
                .set_message_deduplication_id(deduplication_id);
            request = request.entries(entry.build()?);
        }
        let response =
            request.send().await.map_err(map_sdk_error::<R, _, _>("`SendMessageBatch`"))?;
        let accepted = response.successful.iter().filter_map(|it| it.id.parse().ok());
        let refused = response.failed.into_iter().map(|it| RefusedEntry {
            position: it.id.parse().unwrap_or(usize::MAX),
            code: it.code,
            message: it.message.unwrap_or_default(),
            retryable: !it.sender_fault,
        });
        Ok(ChunkResponse { accepted: accepted.collect(), refused: refused.collect() })
    }
}

/// Serializes a message for the queue `R` as JSON, and checks that SQS accepts its size.
fn encode_message<R: Queue>(message: &MessageOf<R::Message>) -> Result<String, Error>
where
    MessageOf<R::Message>: Serialize,
{
    let what = messages::client::queue_message(R::ID);
    let message = payload::to_json(&what, message)?;
    payload::check_size(&what, message.len(), BATCH_LIMITS.bytes)?;
    Ok(message)
}

/// Converts the delay of a message to seconds, rounded up. Fails if the delay is longer than SQS allows.
fn convert_delay_to_seconds(delay: Duration) -> Result<i32, Error> {
    let seconds = delay.as_secs() + u64::from(delay.subsec_nanos() > 0);
    i32::try_from(seconds)
        .ok()
        .filter(|_| seconds <= MAX_DELAY_SECONDS)
        .ok_or_else(|| messages::client::delay_too_long(seconds, MAX_DELAY_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_is_rounded_up_to_seconds_and_limited_to_15_minutes() {
        assert_eq!(convert_delay_to_seconds(Duration::from_millis(1_001)).unwrap(), 2);
        assert_eq!(convert_delay_to_seconds(Duration::from_mins(15)).unwrap(), 900);
        let error = convert_delay_to_seconds(Duration::from_millis(900_001)).unwrap_err();
        assert_eq!(error.name(), "DelayTooLong");
    }
}
