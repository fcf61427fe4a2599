//! The end of the process: SIGTERM, and the hooks that run then. Lambda sends it only where an extension
//! is registered, so where there is a hook, this registers one that wants no events. Without a hook there
//! is nothing of all this.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use super::connection::Connection;
use super::head::Field;
use super::request;
use crate::handler::BoxFuture;
use crate::host::stopped::stopped;
use crate::race::unless;
use crate::{Error, log, shutdown};

/// What invocations in flight get of the half second that Lambda gives: the hooks need the rest.
const GRACE: Duration = Duration::from_millis(200);

const REGISTER: &str = "POST /2020-01-01/extension/register";
const NEXT: &str = "GET /2020-01-01/extension/event/next";
const NAME: &str = "lambda-extension-name: skylift\r\ncontent-type: application/json\r\n";
const EVENTS: &str = r#"{"events":[]}"#;

/// Whether the process is to stop, for whoever waits for something.
#[derive(Clone)]
pub(super) struct Stop(Option<watch::Receiver<bool>>);

impl Stop {
    /// One that never comes.
    pub(super) const fn never() -> Self {
        Self(None)
    }

    /// What the future gives, or none once the process is to stop.
    pub(super) async fn unless<T>(&mut self, future: impl Future<Output = T>) -> Option<T> {
        match &mut self.0 {
            None => Some(future.await),
            Some(stop) => unless(stop.wait_for(|stop| *stop), future).await,
        }
    }
}

/// A process with hooks.
pub(super) struct Stopping {
    told: BoxFuture<'static, ()>,
    stop: watch::Sender<bool>,
}

impl Stopping {
    /// Gets ready for SIGTERM, where there are hooks.
    pub(super) async fn prepare(runtime_api: &str) -> Result<Option<Self>, Error> {
        if !shutdown::is_hooked() {
            return Ok(None);
        }
        let told = Box::pin(stopped()?);
        if let Err(error) = register(Connection::new(runtime_api.to_owned())).await {
            log::line(format_args!(
                "no extension could be registered, without which Lambda sends no SIGTERM: {error:#}"
            ));
        }
        Ok(Some(Self { told, stop: watch::Sender::new(false) }))
    }

    pub(super) fn stop(&self) -> Stop {
        Stop(Some(self.stop.subscribe()))
    }

    /// Runs the workers; at SIGTERM lets them answer what they have begun, and runs the hooks.
    pub(super) async fn during(
        self,
        work: impl Future<Output = Result<(), Error>>,
    ) -> Result<(), Error> {
        let mut work = std::pin::pin!(work);
        if let Some(ended) = unless(self.told, work.as_mut()).await {
            return ended;
        }
        self.stop.send_replace(true);
        let finished = timeout(GRACE, work).await;
        shutdown::run_hooks().await;
        finished.unwrap_or(Ok(()))
    }
}

/// Registers an extension inside this process, and waits for events that never come: only one that
/// does so is ready in Lambda's eyes.
async fn register(mut connection: Connection) -> Result<(), Error> {
    let mut head = Vec::new();
    let length = format!("content-length: {}\r\n", EVENTS.len());
    let common = request::common(connection.address());
    request::extension(&mut head, &common, REGISTER, &[NAME, &length]);
    let status = connection.send(&head, EVENTS.as_bytes()).await?;
    let received = connection.received.head();
    let id = received.map(|(head, bytes)| head.value(Field::ExtensionId, bytes));
    let Some(id) = id.filter(|id| status == 200 && !id.is_empty()) else {
        return Err(Error::new("RuntimeApi", format!("`{REGISTER}` was answered {status}")));
    };
    let id = format!("{}: {}\r\n", Field::ExtensionId.name(), String::from_utf8_lossy(id));
    tokio::spawn(async move {
        request::extension(&mut head, &common, NEXT, &[&id]);
        let _ = connection.send(&head, b"").await;
    });
    Ok(())
}
