//! One worker: asks for an event, has the function answer it, posts the answer, and asks again. Takes a
//! connection of its own, so that workers side by side have nothing to do with each other.

use std::pin::pin;
use std::sync::Arc;

use super::api::{Api, Posted};
use super::stop::Stop;
use crate::host::deadline::within;
use crate::host::ready::Ready;
use crate::invocation::context::Deployed;
use crate::invocation::{Answer, BoxFuture};
use crate::{Error, messages};

/// A worker.
pub(super) struct Worker {
    api: Api,
    ready: Arc<Ready>,
    function: Arc<Deployed>,
    stop: Stop,
}

impl Worker {
    pub(super) fn new(api: Api, ready: Arc<Ready>, function: Arc<Deployed>, stop: Stop) -> Self {
        Self { api, ready, function, stop }
    }

    /// Another one of its kind.
    pub(super) fn again(&self, api: Api) -> Self {
        let (ready, function) = (Arc::clone(&self.ready), Arc::clone(&self.function));
        Self::new(api, ready, function, self.stop.clone())
    }

    /// Answers events until the process is to stop, or the runtime API is gone.
    pub(super) fn work(self) -> BoxFuture<'static, Result<(), Error>> {
        // On the heap, so that whoever waits for it is not made once more with all of this inside.
        Box::pin(self.run())
    }

    /// All that an event needs stands in this one function: each further future costs its share of every
    /// event.
    async fn run(mut self) -> Result<(), Error> {
        let timeout = self.ready.function.timeout;
        loop {
            // The event before was answered, and its part of this is over.
            #[cfg(feature = "otel")]
            crate::observability::otel::flush_spans().await;
            let next = self.api.next(&self.function, timeout);
            let Some(event) = self.stop.unless(next).await else { return Ok(()) };
            let mut event = event?;
            let answer = if let Some(flaw) = event.flaw.take() {
                Err(flaw)
            } else {
                let answer = self.ready.answer(self.api.payload(), event.context.clone());
                within(&event.context, pin!(answer)).await
            };
            let error = match answer {
                Ok(Answer::Whole(answer)) => {
                    match self.api.post(&event.response(), &answer).await {
                        Posted::Taken => continue,
                        Posted::TooLarge => messages::invocation::response_refused_as_too_large(),
                        Posted::Refused(why) => messages::lambda::response_refused(why),
                    }
                }
                Ok(Answer::Streamed(answer)) => {
                    // On the heap, as all that few events need: the future of each is as large as its largest part.
                    Box::pin(self.api.stream(&event, answer)).await;
                    continue;
                }
                Err(error) => error,
            };
            Box::pin(self.api.fail(&event, &error)).await?;
        }
    }
}
