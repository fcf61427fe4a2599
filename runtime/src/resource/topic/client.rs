//! [`TopicClient`]: publishes messages to a topic, one or many, in whatever order or in a group's.

use std::borrow::Borrow;

use aws_sdk_sns::types::{MessageAttributeValue, PublishBatchRequestEntry};
use serde::Serialize;

use super::declared::Topic;
use crate::Error;
use crate::aws::batch::{Most, Refused, Rest};
use crate::aws::{batch, message};
use crate::resource::define_client::define_client;
use crate::resource::markers::{Fifo, MessageOf, Standard};
use crate::resource::sdk_error::map_sdk_error;

/// `PublishBatch` of the Amazon SNS API Reference: 256 KiB for all messages together.
const BATCH: Most = Most { entries: 10, bytes: 262_144 };

/// `Publish`: what a topic can be set to take at most. 256 KiB where it is not.
const LARGEST_MESSAGE: usize = 1_048_576;

define_client! {
    /// The typed client of a topic: what [`Publisher`](crate::Publisher) of a topic leads to.
    ///
    /// Messages are of the type that `message = …` of the topic names, and go as JSON. A FIFO topic
    /// has `publish_to_group` and `publish_all_to_groups` in place of `publish`, `publish_with` and `publish_all`.
    /// Mirrors "Publishing Amazon SNS messages" of the Amazon SNS Developer Guide.
    ///
    /// ```no_run
    /// use serde::Serialize;
    /// use skylift::resource::PublishOptions;
    /// use skylift::{Error, Publisher};
    /// # use skylift::resource::{Resource, Standard, Topic, Typed, kind};
    /// # struct Alarms;
    /// # impl Resource for Alarms {
    /// #     const ID: &'static str = "Alarms";
    /// #     const VARIABLE: &'static str = "ALARMS_TOPIC_ARN";
    /// #     type Kind = kind::Topic;
    /// # }
    /// # impl Topic for Alarms {
    /// #     type Message = Typed<Alarm>;
    /// #     type Order = Standard;
    /// # }
    ///
    /// #[derive(Serialize)]
    /// struct Alarm { room: u32, degrees: f64 }
    ///
    /// async fn warn(alarm: Alarm, alarms: Publisher<Alarms>) -> Result<(), Error> {
    ///     let options = PublishOptions::new().subject("Too hot").attribute("severity", "high");
    ///     alarms.publish_with(&alarm, options).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Every method fails with `InvalidMessage` where a message cannot be written as JSON, with
    /// `MessageTooLarge` where it is over 1 MiB, the most that a topic can be set to take, both
    /// before anything is published, and with what AWS refused, by AWS's own code (`NotFound`).
    /// Those of many messages fail with [`BatchError`](crate::resource::BatchError) where some were not
    /// published.
    TopicClient<R>, aws_sdk_sns, "The topic's ARN."
}

/// What goes with a message of a topic: a subject, which emails show, and attributes, by which
/// subscriptions can filter.
///
/// ```
/// use skylift::resource::PublishOptions;
///
/// let options = PublishOptions::new().subject("Too hot").attribute("severity", "high");
/// # let _ = options;
/// ```
#[derive(Clone, Debug, Default)]
pub struct PublishOptions {
    subject: Option<String>,
    attributes: Vec<(String, String)>,
}

impl PublishOptions {
    /// One with nothing on it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With a subject: up to 100 characters on one line.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// With one attribute more, of the type `String`.
    #[must_use]
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.push((name.into(), value.into()));
        self
    }
}

#[expect(clippy::missing_errors_doc, reason = "the type says what every method fails with")]
impl<R: Topic<Order = Standard>> TopicClient<R>
where
    MessageOf<R::Message>: Serialize,
{
    /// Publishes a message.
    pub async fn publish(&self, message: &MessageOf<R::Message>) -> Result<(), Error> {
        self.publish_with(message, PublishOptions::new()).await
    }

    /// Publishes a message with a subject or attributes.
    pub async fn publish_with(
        &self,
        message: &MessageOf<R::Message>,
        options: PublishOptions,
    ) -> Result<(), Error> {
        self.publish_one(words::<R>(message)?, options, None).await
    }

    /// Publishes messages in as few calls as SNS allows: ten messages or 256 KiB each. Those that
    /// SNS does not take for reasons of its own are published again a few times.
    pub async fn publish_all<M: Borrow<MessageOf<R::Message>>>(
        &self,
        messages: impl IntoIterator<Item = M>,
    ) -> Result<(), Error> {
        let messages = messages.into_iter().map(|it| Ok((words::<R>(it.borrow())?, None)));
        self.publish_many(messages.collect::<Result<_, Error>>()?, Rest::Sent).await
    }
}

#[expect(clippy::missing_errors_doc, reason = "the type says what every method fails with")]
impl<R: Topic<Order = Fifo>> TopicClient<R>
where
    MessageOf<R::Message>: Serialize,
{
    /// Publishes a message in a group, whose messages are delivered in the order published. Of
    /// messages with one deduplication id within five minutes only the first counts.
    pub async fn publish_to_group(
        &self,
        group: &str,
        deduplication_id: &str,
        message: &MessageOf<R::Message>,
    ) -> Result<(), Error> {
        let place = (group.to_owned(), deduplication_id.to_owned());
        self.publish_one(words::<R>(message)?, PublishOptions::new(), Some(place)).await
    }

    /// Publishes messages, each to its message group and with its deduplication id, in as few calls as
    /// SNS allows. After a call with a message that was not published, the remaining messages of all
    /// groups are held back, so that the order is kept.
    pub async fn publish_all_to_groups<G, I, M>(
        &self,
        messages: impl IntoIterator<Item = (G, I, M)>,
    ) -> Result<(), Error>
    where
        G: AsRef<str>,
        I: AsRef<str>,
        M: Borrow<MessageOf<R::Message>>,
    {
        let mut all = Vec::new();
        for (group, id, message) in messages {
            let place = (group.as_ref().to_owned(), id.as_ref().to_owned());
            all.push((words::<R>(message.borrow())?, Some(place)));
        }
        self.publish_many(all, Rest::Held).await
    }
}

/// Where a message stands in a FIFO topic: its group and its deduplication id.
type Place = (String, String);

impl<R: Topic> TopicClient<R> {
    async fn publish_one(
        &self,
        message: String,
        options: PublishOptions,
        place: Option<Place>,
    ) -> Result<(), Error> {
        let PublishOptions { subject, attributes } = options;
        let (group, deduplication_id) = place.unzip();
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
        request.send().await.map(drop).map_err(map_sdk_error::<R, _, _>("`Publish`"))
    }

    async fn publish_many(
        &self,
        messages: Vec<(String, Option<Place>)>,
        rest: Rest,
    ) -> Result<(), Error> {
        let what = format!("a message for the topic `{}`, beside others,", R::ID);
        for (message, _) in &messages {
            message::check_size(&what, message.len(), BATCH.bytes)?;
        }
        let messages = messages.into_iter().map(|it| (it.0.len(), it)).collect();
        batch::deliver(BATCH, rest, messages, |chunk| self.publish_chunk(chunk)).await
    }

    async fn publish_chunk(
        &self,
        chunk: Vec<(String, Option<Place>)>,
    ) -> Result<Vec<Refused>, Error> {
        let mut request = self.connection.client.publish_batch().topic_arn(&*self.connection.name);
        for (position, (message, place)) in chunk.into_iter().enumerate() {
            let (group, deduplication_id) = place.unzip();
            let entry = PublishBatchRequestEntry::builder()
                .id(position.to_string())
                .message(message)
                .set_message_group_id(group)
                .set_message_deduplication_id(deduplication_id);
            request = request.publish_batch_request_entries(entry.build()?);
        }
        let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`PublishBatch`"))?;
        let refused = response.failed.into_iter().flatten().map(|it| Refused {
            position: it.id.parse().unwrap_or(usize::MAX),
            code: it.code,
            message: it.message.unwrap_or_default(),
            again: !it.sender_fault,
        });
        Ok(refused.collect())
    }
}

/// A message as it goes, not too large.
fn words<R: Topic>(message: &MessageOf<R::Message>) -> Result<String, Error>
where
    MessageOf<R::Message>: Serialize,
{
    let what = format!("a message for the topic `{}`", R::ID);
    let message = message::json(&what, message)?;
    message::check_size(&what, message.len(), LARGEST_MESSAGE)?;
    Ok(message)
}
