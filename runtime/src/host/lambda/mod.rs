//! The Lambda host: takes events from the Lambda runtime API, has the function that `_HANDLER` names
//! answer them, and posts the answers: one by one, or several at once where Lambda says so. Whatever
//! goes wrong with one event is answered as that event's error; only a start that failed, a runtime API
//! that is gone, or SIGTERM ends the process.

mod api;
mod connection;
mod event;
mod head;
mod receive;
mod request;
mod settings;
mod stop;
mod stream;
mod worker;

use std::sync::Arc;

use tokio::task::JoinSet;

use api::Api;
pub(super) use settings::Settings;
pub(super) use stop::attend;
use stop::{Attending, Stop, Stopper};
use worker::Worker;

use super::linked::Linked;
use super::ready::Ready;
use crate::host::driver::Host;
use crate::{Error, messages};

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
        let ready = started.pop().ok_or_else(messages::startup::no_function_started)?;
        match &ready.capabilities {
            Ok(_) => Ok(ready),
            Err(error) => Err(error.again()),
        }
    }

    /// Everything before the first event. What goes wrong is reported.
    async fn prepare(
        &self,
        linked: Result<Linked, Error>,
    ) -> Result<(Api, Ready, Option<Attending>), Error> {
        let mut api = Api::new(&self.settings.runtime_api);
        let prepared = match self.start(linked).await {
            Ok(ready) => {
                let attending = stop::attending(&self.settings.runtime_api).await;
                attending.map(|attending| (ready, attending))
            }
            Err(error) => Err(error),
        };
        match prepared {
            Ok((ready, attending)) => Ok((api, ready, attending)),
            Err(error) => {
                api.fail_init(&error).await;
                Err(error)
            }
        }
    }

    fn worker(&self, api: Api, ready: Ready, stop: Stop) -> Worker {
        Worker::new(api, Arc::new(ready), Arc::clone(&self.settings.function), stop)
    }

    /// Answers events with as many workers as Lambda sends at once.
    async fn work(settings: Settings, worker: Worker, stopper: Stopper) -> Result<(), Error> {
        let others = 1..settings.concurrency;
        let others = others.map(|_| worker.again(Api::new(&settings.runtime_api)).work());
        let mut working: JoinSet<_> = others.collect();
        working.spawn(worker.work());
        let mut first = Ok(());
        while let Some(ended) = working.join_next().await {
            let ended = ended.unwrap_or_else(|error| Err(error.into()));
            if first.is_ok() && ended.is_err() {
                // The runtime API is gone, for one at least: the others answer what they have.
                stopper.stop();
                first = ended;
            }
        }
        first
    }
}

impl Host for Lambda {
    async fn serve(self, linked: Result<Linked, Error>) -> Result<(), Error> {
        let (api, ready, attending) = self.prepare(linked).await?;
        if attending.is_none() && self.settings.concurrency == 1 {
            // Nothing around the worker: each layer costs its share of every event.
            return self.worker(api, ready, Stop::never()).work().await;
        }
        let stopper = Stopper::new();
        let worker = self.worker(api, ready, stopper.told());
        let work = Box::pin(Self::work(self.settings, worker, stopper.clone()));
        match attending {
            None => work.await,
            Some(attending) => attending(work, stopper).await,
        }
    }
}
