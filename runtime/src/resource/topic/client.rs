//! [`TopicClient`]: the typed client of a topic.

use aws_sdk_sns::types::{MessageAttributeValue, PublishBatchRequestEntry};
use serde::Serialize;

use super::Topic;
use super::order::{PublishesMessages, PublishesToGroups};
use super::publish_options::PublishOptions;
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

/// The limits of a request to publish many messages. `PublishBatch` of the Amazon SNS API Reference: 256 KiB for all
/// messages together.
const BATCH_LIMITS: BatchLimits = BatchLimits { entries: 10, bytes: 262_144 };

/// The most bytes of a message that is published alone: the largest limit that a topic can be set to, see `Publish`
/// of the Amazon SNS API Reference. The default limit of a topic is 256 KiB.
const MAX_MESSAGE_BYTES: usize = 1_048_576;

define_client! {
    /// The typed client of a topic. [`Publisher`](crate::Publisher) of a topic dereferences to it.
    ///
    /// | method | topic | what it does |
    /// | --- | --- | --- |
    /// | [`publish`](Self::publish) | standard | publishes a message |
    /// | [`publish_with`](Self::publish_with) | standard | publishes a message with a subject or attributes |
    /// | [`publish_all`](Self::publish_all) | standard | publishes many messages in few requests |
    /// | [`publish_to_group`](Self::publish_to_group) | FIFO | publishes a message to a message group |
    /// | [`publish_all_to_groups`](Self::publish_all_to_groups) | FIFO | publishes many messages, each to its message group |
    /// | [`client`](Self::client) | any | returns the client of the AWS SDK |
    /// | [`name`](Self::name) | any | returns the ARN of the topic |
    ///
    /// Messages have the type that `message = …` of the topic names, and are published as JSON. Mirrors
    /// "Publishing Amazon SNS messages" of the Amazon SNS Developer Guide.
    ///
    /// See also [its page](crate::guide::topic) in the guide.
    ///
    /// ```no_run
    /// use serde::{Deserialize, Serialize};
    /// use skylift::resource::PublishOptions;
    /// use skylift::{Error, Publisher, function, resource};
    ///
    /// #[resource(topic(message = Alarm))]
    /// struct Alarms;
    ///
    /// #[derive(Serialize, Deserialize)]
    /// struct Alarm { room: u32, degrees: f64 }
    ///
    /// #[function]
    /// async fn warn(alarm: Alarm, alarms: Publisher<Alarms>) -> Result<(), Error> {
    ///     let options = PublishOptions::new().subject("Too hot").attribute("severity", "high");
    ///     alarms.publish_with(&alarm, options).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Every method fails with `InvalidMessage` if a message cannot be serialized as JSON and with
    /// `MessageTooLarge` if it is larger than 1 MiB, the largest limit that a topic can be set to; both before
    /// anything is published. It fails with the error of AWS, by AWS's code (`NotFound`). The methods that publish
    /// many messages allow 256 KiB for a message, and fail with [`BatchError`](crate::resource::BatchError) if some
    /// messages were not published.
    TopicClient<R>, aws_sdk_sns, feature "topic", "Returns the ARN of the topic."
}

// The bounds are on the methods, and the methods return a future on the heap: a bound that does not hold is then one
// error of the compiler, with the text of its trait. For an `async fn`, the compiler reports it three times.
impl<R: Topic> TopicClient<R> {
    /// Publishes a message.
    pub fn publish<'a>(
        &'a self,
        message: &MessageOf<R::Message>,
    ) -> BoxFuture<'a, Result<(), Error>>
    where
        R::Order: PublishesMessages,
        MessageOf<R::Message>: Serialize,
    {
        self.publish_with(message, PublishOptions::new())
    }

    /// Publishes a message with a subject or attributes.
    pub fn publish_with<'a>(
        &'a self,
        message: &MessageOf<R::Message>,
        options: PublishOptions,
    ) -> BoxFuture<'a, Result<(), Error>>
    where
        R::Order: PublishesMessages,
        MessageOf<R::Message>: Serialize,
    {
        let message = encode_message::<R>(message);
        Box::pin(async move { self.publish_one(message?, options, None).await })
    }

    /// Publishes messages in as few requests as SNS allows: ten messages or 256 KiB each.
    ///
    /// Messages that SNS refuses for a temporary reason are published again a few times.
    pub fn publish_all<M: IsMessage<MessageOf<R::Message>>>(
        &self,
        messages: impl IntoIterator<Item = M>,
    ) -> BoxFuture<'_, Result<(), Error>>
    where
        R::Order: PublishesMessages,
        MessageOf<R::Message>: Serialize,
    {
        let encode = |message: M| Ok((encode_message::<R>(message.as_message())?, None));
        let messages = messages.into_iter().map(encode).collect::<Result<_, Error>>();
        Box::pin(async move { self.publish_many(messages?).await })
    }

    /// Publishes a message to a message group, whose messages are delivered in the order in which they were
    /// published.
    ///
    /// If several messages have the same deduplication id within five minutes, only the first is delivered. Pass
    /// `None` if the topic has `ContentBasedDeduplication`: SNS then computes the id from the content of the message.
    pub fn publish_to_group<'a>(
        &'a self,
        group: &str,
        deduplication_id: impl DeduplicationId,
        message: &MessageOf<R::Message>,
    ) -> BoxFuture<'a, Result<(), Error>>
    where
        R::Order: PublishesToGroups,
        MessageOf<R::Message>: Serialize,
    {
        let fifo_ids = Some(FifoIds::new(group, deduplication_id));
        let message = encode_message::<R>(message);
        Box::pin(async move { self.publish_one(message?, PublishOptions::new(), fifo_ids).await })
    }

    /// Publishes messages in as few requests as SNS allows. Each item is a message group, a deduplication id (or
    /// `None`, see [`publish_to_group`](Self::publish_to_group)) and a message.
    ///
    /// If a message is not published, the messages of its group in later requests are not published either
    /// (`HeldBack`), so that the order within the group is kept. Messages of other groups are published.
    pub fn publish_all_to_groups<G, I, M>(
        &self,
        messages: impl IntoIterator<Item = (G, I, M)>,
    ) -> BoxFuture<'_, Result<(), Error>>
    where
        R::Order: PublishesToGroups,
        MessageOf<R::Message>: Serialize,
        G: AsRef<str>,
        I: DeduplicationId,
        M: IsMessage<MessageOf<R::Message>>,
    {
        let encode = |message: M| encode_message::<R>(message.as_message());
        let messages = encode_grouped_messages(messages, encode);
        Box::pin(async move { self.publish_many(messages?).await })
    }

    async fn publish_one(
        &self,
        message: String,
        options: PublishOptions,
        fifo_ids: Option<FifoIds>,
    ) -> Result<(), Error> {
        let PublishOptions { subject, attributes } = options;
        let (group, deduplication_id) = FifoIds::split(fifo_ids);
        let mut request = self.connection.client.publish().topic_arn(&*self.connection.name);
        for (name, value) in attributes {
            let value = MessageAttributeValue::builder().data_type("String").string_value(value);
            request = request.message_attributes(name, value.build()?);
        }
        let request = request
            .message(message)
            .set_subject(subject)
            .set_message_group_id(group)
            .set_message_deduplication_id(deduplication_id);
        let published = request.send().await.map_err(map_sdk_error::<R, _, _>("`Publish`"))?;
        require_confirmation::<R>("`Publish`", published.message_id.is_some())
    }

    async fn publish_many(&self, messages: Vec<EncodedMessage>) -> Result<(), Error> {
        let what = messages::client::topic_message_in_batch(R::ID);
        for (message, _) in &messages {
            payload::check_size(&what, message.len(), BATCH_LIMITS.bytes)?;
        }
        send_batch(BATCH_LIMITS, batch_entries(messages), |chunk| self.publish_chunk(chunk)).await
    }

    async fn publish_chunk(&self, chunk: Vec<EncodedMessage>) -> Result<ChunkResponse, Error> {
        let mut request = self.connection.client.publish_batch().topic_arn(&*self.connection.name);
        for (position, (message, fifo_ids)) in chunk.into_iter().enumerate() {
            let (group, deduplication_id) = FifoIds::split(fifo_ids);
            let entry = PublishBatchRequestEntry::builder()
                .id(position.to_string())
                .message(message)
                .set_message_group_id(group)
                .set_message_deduplication_id(deduplication_id);
            request = request.publish_batch_request_entries(entry.build()?);
        }
        let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`PublishBatch`"))?;
        let accepted = response.successful.into_iter().flatten();
        let accepted = accepted.filter_map(|it| it.id?.parse().ok());
        let refused = response.failed.into_iter().flatten().map(|it| RefusedEntry {
            position: it.id.parse().unwrap_or(usize::MAX),
            code: it.code,
            message: it.message.unwrap_or_default(),
            retryable: !it.sender_fault,
        });
        Ok(ChunkResponse { accepted: accepted.collect(), refused: refused.collect() })
    }
}

/// Serializes a message for the topic `R` as JSON, and checks that SNS accepts its size.
fn encode_message<R: Topic>(message: &MessageOf<R::Message>) -> Result<String, Error>
where
    MessageOf<R::Message>: Serialize,
{
    let what = messages::client::topic_message(R::ID);
    let message = payload::to_json(&what, message)?;
    payload::check_size(&what, message.len(), MAX_MESSAGE_BYTES)?;
    Ok(message)
}
