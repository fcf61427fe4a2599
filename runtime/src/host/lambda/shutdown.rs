//! The end of the process: SIGTERM, and the hooks that run then. Lambda sends it only where an extension
//! is registered, so where there is a hook, this registers one that wants no events. Without a hook there
//! is nothing of all this, in the binary neither: the first hook leaves a pointer to it.

use std::sync::OnceLock;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use super::connection::Connection;
use super::head::EventHeader;
use super::request;
use crate::Error;
use crate::handler::shutdown::run_hooks;
use crate::host::signals::wait_for_stop_signal;
use crate::invocation::BoxFuture;
use crate::invocation::future::run_until;
use crate::invocation::panic::drop_catching_panic;
use crate::messages;
use crate::observability::log;

/// What invocations in flight get of the half second that Lambda gives, and what the hooks get. The rest
/// is for what is sent last.
const INVOCATIONS_GRACE: Duration = Duration::from_millis(150);
const HOOKS_GRACE: Duration = Duration::from_millis(200);

const REGISTER: &str = "POST /2020-01-01/extension/register";
const NEXT: &str = "GET /2020-01-01/extension/event/next";
const NAME: &str = "lambda-extension-name: skylift\r\ncontent-type: application/json\r\n";
const EVENTS: &str = r#"{"events":[]}"#;

/// Tells workers that they are to stop.
#[derive(Clone)]
pub(super) struct ShutdownSender(watch::Sender<bool>);

impl ShutdownSender {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Has them finish the events that they have, and take no more.
    pub(super) fn stop(&self) {
        self.0.send_replace(true);
    }

    /// For whoever is to be sigterm.
    pub(super) fn subscribe(&self) -> ShutdownSignal {
        ShutdownSignal(Some(self.0.subscribe()))
    }
}

/// Whether the process is to stop, for whoever waits for something.
#[derive(Clone)]
pub(super) struct ShutdownSignal(Option<watch::Receiver<bool>>);

impl ShutdownSignal {
    /// One that never comes.
    pub(super) const fn never() -> Self {
        Self(None)
    }

    /// What the future gives, or none once the process is to stop.
    pub(super) async fn run_until_shutdown<T>(
        &mut self,
        future: impl Future<Output = T>,
    ) -> Option<T> {
        match &mut self.0 {
            None => Some(future.await),
            Some(stop) => run_until(stop.wait_for(|stop| *stop), future).await,
        }
    }
}

/// The work of a process, and what it ends with.
type Work = BoxFuture<'static, Result<(), Error>>;

/// Has a process work until it is sigterm to end: takes the address of the runtime API, gives what runs the
/// work.
type SigtermSetup = fn(String) -> BoxFuture<'static, Result<ShutdownRunner, Error>>;
pub(super) type ShutdownRunner = Box<dyn FnOnce(Work, ShutdownSender) -> Work + Send>;

static SIGTERM_SETUP: OnceLock<SigtermSetup> = OnceLock::new();

/// Has the end of the process attended to: there is a hook.
pub(crate) fn register_for_sigterm() {
    SIGTERM_SETUP.get_or_init(|| |runtime_api| Box::pin(set_up_sigterm(runtime_api)));
}

/// Gets ready for SIGTERM, where there are hooks.
pub(super) async fn prepare_shutdown(runtime_api: &str) -> Result<Option<ShutdownRunner>, Error> {
    match SIGTERM_SETUP.get() {
        Some(set_up) => set_up(runtime_api.to_owned()).await.map(Some),
        None => Ok(None),
    }
}

async fn set_up_sigterm(runtime_api: String) -> Result<ShutdownRunner, Error> {
    let sigterm = wait_for_stop_signal()?;
    if let Err(error) = register_extension(Connection::new(runtime_api)).await {
        log::error(messages::lambda::extension_not_registered(&error));
    }
    Ok(Box::new(|work, shutdown_sender| {
        Box::pin(run_until_sigterm(sigterm, work, shutdown_sender))
    }))
}

/// Runs the workers; once sigterm to end lets them answer what they have begun, and runs the hooks.
async fn run_until_sigterm(
    sigterm: impl Future,
    mut work: Work,
    shutdown_sender: ShutdownSender,
) -> Result<(), Error> {
    if let Some(ended) = run_until(sigterm, work.as_mut()).await {
        return ended;
    }
    shutdown_sender.stop();
    let finished = timeout(INVOCATIONS_GRACE, work.as_mut()).await.unwrap_or(Ok(()));
    // No handler is to find closed what a hook closes. Workers that are tasks end when they are polled next.
    drop_catching_panic(|| drop(work));
    tokio::task::yield_now().await;
    if timeout(HOOKS_GRACE, run_hooks()).await.is_err() {
        log::error(messages::invocation::shutdown_hooks_cut_off(HOOKS_GRACE.as_millis()));
    }
    finished
}

/// Registers an extension inside this process, and waits for events that never come: only one that
/// does so is ready in Lambda's eyes.
async fn register_extension(mut connection: Connection) -> Result<(), Error> {
    let mut head = Vec::new();
    let length = format!("content-length: {}\r\n", EVENTS.len());
    let common = request::common_headers(connection.address());
    request::write_extension_request(&mut head, &common, REGISTER, &[NAME, &length]);
    let status = connection.send(&head, EVENTS.as_bytes()).await?;
    let received = connection.received.head();
    let id = received.map(|(head, bytes)| head.value(EventHeader::ExtensionId, bytes));
    let Some(id) = id.filter(|id| status == 200 && !id.is_empty()) else {
        return Err(messages::lambda::registration_refused(REGISTER, status));
    };
    let id = format!("{}: {}\r\n", EventHeader::ExtensionId.name(), String::from_utf8_lossy(id));
    tokio::spawn(async move {
        request::write_extension_request(&mut head, &common, NEXT, &[&id]);
        let _ = connection.send(&head, b"").await;
    });
    Ok(())
}
