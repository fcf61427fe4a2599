//! The Lambda host: takes events from the Lambda runtime API, calls the function that `_HANDLER` names, and
//! posts the responses. It handles one event at a time, or several at once if Lambda says so. If an event
//! fails, only the error of that event is reported. The process ends only after a failed start, if the runtime
//! API does not respond any more, or at SIGTERM.
// See decision 0065.

mod api;
mod connection;
mod environment;
#[cfg(feature = "_answers")]
mod failed_start;
mod head;
mod invocation_event;
mod request;
mod request_watch;
mod response_buffer;
mod shutdown;
mod stream;
mod worker;

use std::sync::Arc;

use tokio::task::JoinSet;

use api::Api;
pub(super) use environment::LambdaEnvironment;
pub(super) use shutdown::register_for_sigterm;
use shutdown::{ShutdownRunner, ShutdownSender, ShutdownSignal};
use worker::Worker;

use super::linked_app::LinkedApp;
use super::ready_function::ReadyFunction;
use crate::host::driver::Host;
use crate::{Error, messages};

/// The host of a process in Lambda.
pub(super) struct Lambda {
    environment: LambdaEnvironment,
}

impl Lambda {
    pub(super) fn new(environment: LambdaEnvironment) -> Self {
        Self { environment }
    }

    /// Starts the function that `_HANDLER` names, which is the function that this process runs.
    async fn start(&self, linked: Result<LinkedApp, Error>) -> Result<ReadyFunction, Error> {
        let linked = linked?;
        let function = linked.find_function(&self.environment.handler)?;
        let mut started = linked.start(&[function]).await?;
        let ready = started.pop().ok_or_else(messages::startup::no_function_started)?;
        match &ready.capabilities {
            Ok(_) => Ok(ready),
            Err(error) => Err(error.duplicate()),
        }
    }

    /// Does all the work before the first event, and reports to Lambda if it fails. Returns the client of the
    /// runtime API, the started function, and the runner that handles SIGTERM; `None` if there are no shutdown
    /// hooks.
    async fn prepare(
        &self,
        linked: Result<LinkedApp, Error>,
    ) -> Result<(Api, ReadyFunction, Option<ShutdownRunner>), Error> {
        let mut api = Api::new(&self.environment.runtime_api);
        #[cfg(feature = "_answers")]
        let answering = failed_start::find_answering(&linked, &self.environment);
        let prepared = match self.start(linked).await {
            Ok(ready) => {
                let shutdown = shutdown::prepare_shutdown(&self.environment.runtime_api).await;
                shutdown.map(|shutdown| (ready, shutdown))
            }
            Err(error) => Err(error),
        };
        match prepared {
            Ok((ready, shutdown)) => Ok((api, ready, shutdown)),
            Err(error) => {
                #[cfg(feature = "_answers")]
                if let Some(function) = answering {
                    let deployed = &self.environment.function;
                    Box::pin(failed_start::answer_first_event(api, function, deployed, &error))
                        .await?;
                    return Err(error);
                }
                api.post_init_error(&error).await;
                Err(error)
            }
        }
    }

    /// Makes the first worker.
    fn worker(&self, api: Api, ready: ReadyFunction, stop: ShutdownSignal) -> Worker {
        Worker::new(api, Arc::new(ready), Arc::clone(&self.environment.function), stop)
    }

    /// Runs as many workers as Lambda sends events at once, until all have ended. Returns the error of the
    /// first worker that failed.
    async fn work(
        environment: LambdaEnvironment,
        concurrency: usize,
        worker: Worker,
        shutdown_sender: ShutdownSender,
    ) -> Result<(), Error> {
        let others = 1..concurrency;
        let others = others.map(|_| worker.with_api(Api::new(&environment.runtime_api)).work());
        let mut working: JoinSet<_> = others.collect();
        working.spawn(worker.work());
        let mut first = Ok(());
        while let Some(ended) = working.join_next().await {
            let ended = ended.unwrap_or_else(|error| Err(error.into()));
            if first.is_ok() && ended.is_err() {
                // The runtime API is gone for this worker: the others finish their events.
                shutdown_sender.stop();
                first = ended;
            }
        }
        first
    }
}

impl Host for Lambda {
    async fn serve(self, linked: Result<LinkedApp, Error>) -> Result<(), Error> {
        let (api, ready, shutdown) = self.prepare(linked).await?;
        let concurrency = self.environment.read_concurrency();
        if shutdown.is_none() && concurrency == 1 {
            // Nothing around the worker: each layer adds to the cost of every event.
            return self.worker(api, ready, ShutdownSignal::never()).work().await;
        }
        let shutdown_sender = ShutdownSender::new();
        let worker = self.worker(api, ready, shutdown_sender.subscribe());
        let sender = shutdown_sender.clone();
        let work = Box::pin(Self::work(self.environment, concurrency, worker, sender));
        match shutdown {
            None => work.await,
            Some(shutdown) => shutdown(work, shutdown_sender).await,
        }
    }
}
