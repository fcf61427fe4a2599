//! The Lambda host: takes events from the Lambda runtime API, has the function that `_HANDLER` names
//! answer them, and posts the answers: one by one, or several at once where Lambda says so. Whatever
//! goes wrong with one event is answered as that event's error; only a start that failed, a runtime API
//! that is gone, or SIGTERM ends the process.

mod api;
mod connection;
mod deadline;
mod event;
mod head;
mod receive;
mod request;
mod settings;
mod stop;
mod stream;
mod worker;

use std::sync::Arc;

use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use api::Api;
pub(super) use settings::Settings;
use stop::{Stop, Stopping};
use worker::Worker;

use crate::Error;
use crate::host::Host;
use crate::registry::{Linked, Ready};

/// A process of Lambda's.
pub(super) struct Lambda {
    settings: Settings,
}

impl Lambda {
    pub(super) fn new(settings: Settings) -> Self {
        Self { settings }
    }

    /// The function that this process is for, ready to be called.
    async fn start(&self, linked: Result<Linked, Error>) -> Result<Ready, Error> {
        let linked = linked?;
        let function = linked.find(&self.settings.handler)?;
        let mut started = linked.start(&[function]).await?;
        let ready = started.pop().ok_or_else(|| Error::msg("no function was started"))?;
        match &ready.capabilities {
            Ok(_) => Ok(ready),
            Err(error) => Err(error.again()),
        }
    }

    /// Everything before the first event. What goes wrong is reported.
    async fn prepare(
        &self,
        linked: Result<Linked, Error>,
    ) -> Result<(Worker, Option<Stopping>), Error> {
        let mut api = Api::new(&self.settings.runtime_api);
        let prepared = match self.start(linked).await {
            Ok(ready) => {
                let stopping = Stopping::prepare(&self.settings.runtime_api).await;
                stopping.map(|stopping| (ready, stopping))
            }
            Err(error) => Err(error),
        };
        match prepared {
            Ok((ready, stopping)) => {
                let stop = stopping.as_ref().map_or(Stop::never(), Stopping::stop);
                let function = Arc::clone(&self.settings.function);
                Ok((Worker::new(api, Arc::new(ready), function, stop), stopping))
            }
            Err(error) => {
                api.fail_init(&error).await;
                Err(error)
            }
        }
    }

    /// Answers events with as many workers as Lambda sends at once.
    async fn work_at_once(self, mut worker: Worker) -> Result<(), Error> {
        let mut workers = JoinSet::new();
        for _ in 1..self.settings.concurrency {
            let mut other = worker.again(Api::new(&self.settings.runtime_api));
            workers.spawn(async move { other.run().await });
        }
        workers.spawn(async move { worker.run().await });
        // The first that gives up ends them all: the runtime API is gone for each.
        while let Some(ended) = workers.join_next().await {
            ended??;
        }
        Ok(())
    }
}

impl Host for Lambda {
    fn serve(self, linked: Result<Linked, Error>, runtime: &Runtime) -> Result<(), Error> {
        let (mut worker, stopping) = runtime.block_on(self.prepare(linked))?;
        match (stopping, self.settings.concurrency) {
            // Nothing around the worker's future: each layer costs its share of every event.
            (None, 1) => runtime.block_on(worker.run()),
            (None, _) => runtime.block_on(self.work_at_once(worker)),
            (Some(stopping), _) => runtime.block_on(stopping.during(self.work_at_once(worker))),
        }
    }
}
