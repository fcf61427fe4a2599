//! [`QueueClient`]: sends messages to a queue, one or many, in whatever order or in a group's.

use std::borrow::Borrow;
use std::time::Duration;

use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use serde::Serialize;

use super::declared::Queue;
use crate::Error;
use crate::aws::batch::{Most, Refused, Rest};
use crate::aws::{batch, message};
use crate::resource::define_client::define_client;
use crate::resource::markers::{Fifo, MessageOf, Standard};
use crate::resource::sdk_error::map_sdk_error;

/// `SendMessageBatch` of the Amazon SQS API Reference: "The maximum allowed individual message size
/// and the maximum total payload size … are both 1 MiB".
const BATCH: Most = Most { entries: 10, bytes: 1_048_576 };

/// `DelaySeconds` of `SendMessage`, in seconds.
const LONGEST_DELAY_SECONDS: u64 = 900;

define_client! {
    /// The typed client of a queue: what [`Sender`](crate::Sender) leads to.
    ///
    /// Messages are of the type that `message = …` of the queue names, and go as JSON. A FIFO queue
    /// has `send_to_group` and `send_all_to_groups` in place of `send`, `send_delayed` and `send_all`. Mirrors
    /// "Sending a message" of the Amazon SQS Developer Guide.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use serde::Serialize;
    /// use skylift::{Error, Sender};
    /// # use skylift::resource::{Queue, Resource, Standard, Typed, kind};
    /// # struct Jobs;
    /// # impl Resource for Jobs {
    /// #     const ID: &'static str = "Jobs";
    /// #     const VARIABLE: &'static str = "JOBS_QUEUE_URL";
    /// #     type Kind = kind::Queue;
    /// # }
    /// # impl Queue for Jobs {
    /// #     type Message = Typed<Job>;
    /// #     type Order = Standard;
    /// # }
    ///
    /// #[derive(Serialize)]
    /// struct Job { url: String }
    ///
    /// async fn plan(urls: Vec<String>, jobs: Sender<Jobs>) -> Result<(), Error> {
    ///     jobs.send_all(urls.into_iter().map(|url| Job { url })).await?;
    ///     let last = Job { url: "https://example.com/report".into() };
    ///     jobs.send_delayed(&last, Duration::from_mins(1)).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Every method fails with `InvalidMessage` where a message cannot be written as JSON, with
    /// `MessageTooLarge` where it is over 1 MiB, both before anything is sent, and with what AWS
    /// refused, by AWS's own code (`AWS.SimpleQueueService.NonExistentQueue`). Those of many messages
    /// fail with [`BatchError`](crate::resource::BatchError) where some were not sent.
    QueueClient<R>, aws_sdk_sqs, "The queue's URL."
}

#[expect(clippy::missing_errors_doc, reason = "the type says what every method fails with")]
impl<R: Queue<Order = Standard>> QueueClient<R>
where
    MessageOf<R::Message>: Serialize,
{
    /// Sends a message.
    pub async fn send(&self, message: &MessageOf<R::Message>) -> Result<(), Error> {
        self.send_one(words::<R>(message)?, None, None).await
    }

    /// Sends a message that nobody receives before that much time has passed: 15 minutes at most, in
    /// whole seconds.
    ///
    /// # Errors
    ///
    /// `DelayTooLong`, and as all methods.
    pub async fn send_delayed(
        &self,
        message: &MessageOf<R::Message>,
        delay: Duration,
    ) -> Result<(), Error> {
        let delay = seconds(delay)?;
        self.send_one(words::<R>(message)?, Some(delay), None).await
    }

    /// Sends messages in as few calls as SQS allows: ten messages or 1 MiB each. Those that SQS
    /// does not take for reasons of its own are sent again a few times.
    pub async fn send_all<M: Borrow<MessageOf<R::Message>>>(
        &self,
        messages: impl IntoIterator<Item = M>,
    ) -> Result<(), Error> {
        let messages = messages.into_iter().map(|it| Ok((words::<R>(it.borrow())?, None)));
        self.send_many(messages.collect::<Result<_, Error>>()?, Rest::Sent).await
    }
}

#[expect(clippy::missing_errors_doc, reason = "the type says what every method fails with")]
impl<R: Queue<Order = Fifo>> QueueClient<R>
where
    MessageOf<R::Message>: Serialize,
{
    /// Sends a message in a group, whose messages are received in the order sent. Of messages with
    /// one deduplication id within five minutes only the first counts.
    pub async fn send_to_group(
        &self,
        group: &str,
        deduplication_id: &str,
        message: &MessageOf<R::Message>,
    ) -> Result<(), Error> {
        let place = (group.to_owned(), deduplication_id.to_owned());
        self.send_one(words::<R>(message)?, None, Some(place)).await
    }

    /// Sends messages, each to its message group and with its deduplication id, in as few calls as SQS
    /// allows. After a call with a message that was not sent, the remaining messages of all groups are
    /// held back, so that the order is kept.
    pub async fn send_all_to_groups<G, I, M>(
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
        self.send_many(all, Rest::Held).await
    }
}

/// Where a message stands in a FIFO queue: its group and its deduplication id.
type Place = (String, String);

impl<R: Queue> QueueClient<R> {
    async fn send_one(
        &self,
        message: String,
        delay: Option<i32>,
        place: Option<Place>,
    ) -> Result<(), Error> {
        let (group, deduplication_id) = place.unzip();
        let request = self.connection.client.send_message().queue_url(&*self.connection.name);
        let request = request
            .message_body(message)
            .set_delay_seconds(delay)
            .set_message_group_id(group)
            .set_message_deduplication_id(deduplication_id);
        request.send().await.map(drop).map_err(map_sdk_error::<R, _, _>("`SendMessage`"))
    }

    async fn send_many(
        &self,
        messages: Vec<(String, Option<Place>)>,
        rest: Rest,
    ) -> Result<(), Error> {
        let messages = messages.into_iter().map(|it| (it.0.len(), it)).collect();
        batch::deliver(BATCH, rest, messages, |chunk| self.send_chunk(chunk)).await
    }

    async fn send_chunk(&self, chunk: Vec<(String, Option<Place>)>) -> Result<Vec<Refused>, Error> {
        let mut request =
            self.connection.client.send_message_batch().queue_url(&*self.connection.name);
        for (position, (message, place)) in chunk.into_iter().enumerate() {
            let (group, deduplication_id) = place.unzip();
            let entry = SendMessageBatchRequestEntry::builder()
                .id(position.to_string())
                .message_body(message)
                .set_message_group_id(group)
                .set_message_deduplication_id(deduplication_id);
            request = request.entries(entry.build()?);
        }
        let response =
            request.send().await.map_err(map_sdk_error::<R, _, _>("`SendMessageBatch`"))?;
        let refused = response.failed.into_iter().map(|it| Refused {
            position: it.id.parse().unwrap_or(usize::MAX),
            code: it.code,
            message: it.message.unwrap_or_default(),
            again: !it.sender_fault,
        });
        Ok(refused.collect())
    }
}

/// A message as it goes, not too large.
fn words<R: Queue>(message: &MessageOf<R::Message>) -> Result<String, Error>
where
    MessageOf<R::Message>: Serialize,
{
    let what = format!("a message for the queue `{}`", R::ID);
    let message = message::json(&what, message)?;
    message::check_size(&what, message.len(), BATCH.bytes)?;
    Ok(message)
}

/// A delay as SQS takes it: a part of a second is a whole one.
fn seconds(delay: Duration) -> Result<i32, Error> {
    let seconds = delay.as_secs() + u64::from(delay.subsec_nanos() > 0);
    i32::try_from(seconds).ok().filter(|_| seconds <= LONGEST_DELAY_SECONDS).ok_or_else(|| {
        let most = LONGEST_DELAY_SECONDS;
        let message = format!("a message cannot wait for {seconds} seconds: SQS takes {most}");
        Error::new("DelayTooLong", message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_is_in_whole_seconds_up_to_15_minutes() {
        assert_eq!(seconds(Duration::from_millis(1_001)).unwrap(), 2);
        assert_eq!(seconds(Duration::from_mins(15)).unwrap(), 900);
        assert_eq!(seconds(Duration::from_millis(900_001)).unwrap_err().name(), "DelayTooLong");
    }
}
