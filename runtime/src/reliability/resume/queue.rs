//! The queue that a function hands its work over by: opened when the function starts, as capabilities
//! are, with the one call that is granted. It is a FIFO queue, and each piece of work a group in it: what
//! was sent twice is one message, or at least not begun before the first one is done.

use std::any::TypeId;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use super::settings::ResumeSettings;
use crate::Error;
use crate::aws::connection::{SdkConnection, shared_client};
use crate::aws::sdk_error::operation_error;
use crate::invocation::Shared;
use crate::messages;
use crate::registry::Opener;

/// The queue.
#[derive(Clone, Debug)]
pub(crate) struct Queue<H> {
    named: SdkConnection<aws_sdk_sqs::Client>,
    of: PhantomData<fn() -> H>,
}

/// The entry by which the queue is opened; the macro calls it.
#[must_use]
pub const fn resume_queue<H: ResumeSettings>() -> Opener {
    Opener::optional(
        || TypeId::of::<H>(),
        ("queue", H::QUEUE, H::VARIABLE),
        |url| {
            Box::pin(async move {
                let client = shared_client!(aws_sdk_sqs)?;
                Ok(Arc::new(Queue::<H>::new(SdkConnection { client, name: url.into() })) as Shared)
            })
        },
    )
}

impl<H: ResumeSettings> Queue<H> {
    pub(crate) fn new(named: SdkConnection<aws_sdk_sqs::Client>) -> Self {
        Self { named, of: PhantomData }
    }

    pub(super) fn url(&self) -> &str {
        &self.named.name
    }

    /// Sends the hand-over of that request with that number, and gives the message's id. Whoever does a
    /// part again hands over under the same number, and SQS keeps the first message for five minutes.
    pub(crate) async fn send(
        &self,
        body: String,
        (request, hop): (&str, u32),
        within: Duration,
    ) -> Result<String, Error> {
        let message = self.named.client.send_message().queue_url(self.url()).message_body(body);
        let message = message.message_group_id(request);
        let message = message.message_deduplication_id(format!("{request}-{hop}"));
        let Ok(sent) = timeout(within, message.send()).await else {
            // The message may be in the queue all the same. A second one waits behind it in its group.
            return Err(messages::resume::hand_over_timed_out(H::QUEUE, within.as_millis()));
        };
        let failed = |error| operation_error("`SendMessage`", "queue", H::QUEUE, error);
        Ok(sent.map_err(failed)?.message_id.unwrap_or_default())
    }
}
