//! The Lambda host: takes events from the Lambda runtime API one by one, has the function that
//! `_HANDLER` names answer them, and posts the answers. Whatever goes wrong with one event is
//! answered as that event's error; only a start that failed, or a runtime API that is gone, ends the
//! process.

mod api;
mod connection;
mod event;
mod settings;

use api::{Api, Posted};
use event::Event;
pub(super) use settings::Settings;

use crate::host::Host;
use crate::registry::{Linked, Ready};
use crate::{Error, log};

/// A process of Lambda's.
pub(super) struct Lambda {
    api: Api,
    settings: Settings,
}

impl Lambda {
    pub(super) fn new(settings: Settings) -> Self {
        Self { api: Api::new(settings.runtime_api.clone()), settings }
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

    async fn answer(&mut self, ready: &Ready, event: Event) {
        let context = event.context(&self.settings.function, ready.function.timeout);
        let answer = match context {
            Ok(context) => ready.answer(&event.payload, context).await,
            Err(error) => Err(error),
        };
        let refused = match answer {
            Ok(answer) => match self.api.respond(&event, answer.into()).await {
                Posted::Taken => return,
                Posted::TooLarge => Error::new(
                    "ResponseTooLarge",
                    "Lambda refused the answer as too large; help: put large results in a bucket \
                     and answer with the key",
                ),
            },
            Err(error) => error,
        };
        log::line(format_args!("{} failed: {}: {refused:#}", event.id, refused.name()));
        self.api.fail(&event, &refused).await;
    }
}

impl Host for Lambda {
    async fn serve(mut self, linked: Result<Linked, Error>) -> Result<(), Error> {
        let ready = match self.start(linked).await {
            Ok(ready) => ready,
            Err(error) => {
                self.api.fail_init(&error).await;
                return Err(error);
            }
        };
        loop {
            let event = self.api.next().await?;
            self.answer(&ready, event).await;
        }
    }
}
