//! A worker: gets an event, calls the function, posts the response, and gets the next event. Each worker has a
//! connection of its own, so that workers do not depend on each other.
// See decision 0066.

use std::pin::pin;
use std::sync::Arc;

use super::api::{Api, PostOutcome, log_failure};
use super::shutdown::{INVOCATIONS_GRACE, ShutdownSignal};
use crate::host::deadline::run_until_deadline;
use crate::host::ready_function::ReadyFunction;
use crate::invocation::context::DeployedFunction;
use crate::invocation::{BoxFuture, FunctionResponse};
use crate::{Context, Error, messages};

/// A worker, which handles one event at a time.
pub(super) struct Worker {
    api: Api,
    ready: Arc<ReadyFunction>,
    function: Arc<DeployedFunction>,
    shutdown: ShutdownSignal,
}

impl Worker {
    pub(super) fn new(
        api: Api,
        ready: Arc<ReadyFunction>,
        function: Arc<DeployedFunction>,
        shutdown: ShutdownSignal,
    ) -> Self {
        Self { api, ready, function, shutdown }
    }

    /// Makes another worker for the same function, with its own client of the runtime API.
    pub(super) fn with_api(&self, api: Api) -> Self {
        let (ready, function) = (Arc::clone(&self.ready), Arc::clone(&self.function));
        Self::new(api, ready, function, self.shutdown.clone())
    }

    /// Handles events until the process has to stop. Returns an error if the runtime API fails.
    pub(super) fn work(self) -> BoxFuture<'static, Result<(), Error>> {
        // On the heap, so that the futures around it do not contain all of this.
        Box::pin(self.run())
    }

    /// Handles events until the process has to stop. All of the work for an event is in this one function,
    /// because each further future adds to the cost of every event.
    async fn run(mut self) -> Result<(), Error> {
        let timeout = self.ready.function.timeout;
        loop {
            // The last event was responded to, and its spans can be sent now.
            #[cfg(feature = "otel")]
            crate::observability::otel::flush_spans().await;
            let next = self.api.next_event(&self.function, timeout);
            let Some(event) = self.shutdown.run_until_shutdown(next).await else { return Ok(()) };
            let mut event = event?;
            let mut unfinished = UnfinishedEvent(Some(&event.context));
            let response = if let Some(context_error) = event.context_error.take() {
                Err(context_error)
            } else {
                let response = self.ready.respond(self.api.payload(), event.context.clone());
                run_until_deadline(&event.context, pin!(response)).await
            };
            let error = match response {
                Ok(FunctionResponse::Buffered(response)) => {
                    match self.api.post(&event.response_post(), &response).await {
                        PostOutcome::Accepted => {
                            unfinished.finish();
                            continue;
                        }
                        PostOutcome::TooLarge => {
                            messages::invocation::response_refused_as_too_large()
                        }
                        PostOutcome::Refused(why) => messages::lambda::response_refused(why),
                    }
                }
                Ok(FunctionResponse::Streamed(response)) => {
                    // On the heap, like everything that few events need: a future is as large as its largest
                    // part.
                    Box::pin(self.api.stream(&event, response)).await;
                    unfinished.finish();
                    continue;
                }
                Err(error) => error,
            };
            let posted = Box::pin(self.api.post_error(&event, &error)).await;
            unfinished.finish();
            posted?;
        }
    }
}

/// An event whose response is not posted yet. If it is dropped before it is finished, the process stops while the
/// handler runs, and the log says which invocation was stopped.
struct UnfinishedEvent<'a>(Option<&'a Context>);

impl UnfinishedEvent<'_> {
    /// Marks the event as finished.
    fn finish(&mut self) {
        self.0 = None;
    }
}

impl Drop for UnfinishedEvent<'_> {
    #[inline]
    fn drop(&mut self) {
        if let Some(context) = self.0 {
            log_stopped(context);
        }
    }
}

#[cold]
fn log_stopped(context: &Context) {
    let grace = INVOCATIONS_GRACE.as_millis();
    log_failure(context, &messages::lambda::stopped_by_shutdown(grace));
}
