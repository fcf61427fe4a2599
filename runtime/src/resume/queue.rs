//! The queue that a function hands its work over by: opened when the function starts, as capabilities
//! are, with the one call that is granted.

use std::any::TypeId;
use std::marker::PhantomData;
use std::sync::Arc;

use super::HandsOver;
use crate::Error;
use crate::aws::{self, Named};
use crate::capability::Opener;
use crate::state::Shared;

/// The queue.
#[derive(Clone, Debug)]
pub(crate) struct Queue<H> {
    named: Named<aws_sdk_sqs::Client>,
    of: PhantomData<fn() -> H>,
}

/// The entry by which the queue is opened; the macro calls it.
#[must_use]
pub const fn hand_over<H: HandsOver>() -> Opener {
    Opener::optional(
        || TypeId::of::<H>(),
        ("queue", H::QUEUE, H::VARIABLE),
        |url| {
            Box::pin(async move {
                let client = aws::once!(aws_sdk_sqs)?;
                Ok(Arc::new(Queue::<H>::new(Named { client, name: url.into() })) as Shared)
            })
        },
    )
}

impl<H: HandsOver> Queue<H> {
    pub(crate) fn new(named: Named<aws_sdk_sqs::Client>) -> Self {
        Self { named, of: PhantomData }
    }

    pub(super) fn url(&self) -> &str {
        &self.named.name
    }

    /// Sends a hand-over and gives the message's id.
    pub(crate) async fn send(&self, body: String) -> Result<String, Error> {
        let request = self.named.client.send_message().queue_url(self.url()).message_body(body);
        let sent = request.send().await;
        let failed = |error| aws::failed_on("`SendMessage`", "queue", H::QUEUE, error);
        let sent = sent.map_err(failed)?;
        Ok(sent.message_id.unwrap_or_default())
    }
}
