//! The queue to which a function hands over its work. It is opened when the function starts, like a capability,
//! and the function may only send to it. It is a FIFO queue, in which each piece of work is a message group: if
//! a hand-over is sent twice, SQS keeps one message, or at least the second is not started before the first is
//! done.
// See decision 0059.

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

/// The queue to which the function with the settings `H` hands over its work.
#[derive(Clone, Debug)]
pub(crate) struct Queue<H> {
    named: SdkConnection<aws_sdk_sqs::Client>,
    of: PhantomData<fn() -> H>,
}

/// Makes the opener of the queue to which a function hands over its work. The expansion of the macro calls this
/// function.
#[must_use]
pub const fn resume_queue<H: ResumeSettings>() -> Opener {
    Opener::optional(
        || TypeId::of::<H>(),
        ("queue", H::QUEUE, H::VARIABLE),
        |url| {
            Box::pin(async move {
                let client = shared_client!(aws_sdk_sqs, &url)?;
                Ok(Arc::new(Queue::<H>::new(SdkConnection { client, name: url.into() })) as Shared)
            })
        },
    )
}

impl<H: ResumeSettings> Queue<H> {
    pub(crate) fn new(named: SdkConnection<aws_sdk_sqs::Client>) -> Self {
        Self { named, of: PhantomData }
    }

    /// Returns the URL of the queue.
    pub(super) fn url(&self) -> &str {
        &self.named.name
    }

    /// Sends a hand-over, and returns the id of the message. `body` is the hand-over, `request` the id of the
    /// request that started the work, and `hop` how many times the work was handed over. It fails if SQS does
    /// not respond within the time `within`. If a part of the work is repeated, it is handed over with the same
    /// number, and for five minutes SQS keeps only the first message.
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
        sent.map_err(failed)?
            .message_id
            .ok_or_else(|| messages::aws::operation_unconfirmed("`SendMessage`", "queue", H::QUEUE))
    }
}
