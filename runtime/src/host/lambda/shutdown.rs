//! The end of a process in Lambda: waits for SIGTERM, and then runs the shutdown hooks. Lambda sends SIGTERM
//! only to a process with a registered extension, so if there is a hook, this module registers an extension
//! that subscribes to no events. A binary without a hook does not contain this code: the first hook stores a
//! function pointer to it.
// See decision 0072.

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

/// The time that running invocations have after SIGTERM, out of the half second that Lambda gives.
pub(super) const INVOCATIONS_GRACE: Duration = Duration::from_millis(150);
/// The time that all shutdown hooks together have, out of the half second that Lambda gives. The rest of the
/// half second is for what the process sends last.
const HOOKS_GRACE: Duration = Duration::from_millis(200);

const REGISTER: &str = "POST /2020-01-01/extension/register";
const NEXT: &str = "GET /2020-01-01/extension/event/next";
const NAME: &str = "lambda-extension-name: skylift\r\ncontent-type: application/json\r\n";
const EVENTS: &str = r#"{"events":[]}"#;

/// Tells the workers of a process to stop.
#[derive(Clone)]
pub(super) struct ShutdownSender(watch::Sender<bool>);

impl ShutdownSender {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Makes the workers finish the events that they have started, and take no more events.
    pub(super) fn stop(&self) {
        self.0.send_replace(true);
    }

    /// Returns the signal by which a worker is told to stop.
    pub(super) fn subscribe(&self) -> ShutdownSignal {
        ShutdownSignal(Some(self.0.subscribe()))
    }
}

/// The signal that tells a worker to stop while it waits for the next event.
#[derive(Clone)]
pub(super) struct ShutdownSignal(Option<watch::Receiver<bool>>);

impl ShutdownSignal {
    /// Makes a signal that never comes.
    pub(super) const fn never() -> Self {
        Self(None)
    }

    /// Runs a future and returns its output, or `None` if the signal to stop comes first.
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

/// The work of a process: its workers, and the error of the first that failed.
type Work = BoxFuture<'static, Result<(), Error>>;

/// Sets up the handling of SIGTERM. Takes the address of the runtime API, and returns the runner of the
/// process's work.
type SigtermSetup = fn(String) -> BoxFuture<'static, Result<ShutdownRunner, Error>>;
/// Runs the work of a process until it ends or SIGTERM comes, and then runs the shutdown hooks.
pub(super) type ShutdownRunner = Box<dyn FnOnce(Work, ShutdownSender) -> Work + Send>;

/// The function that sets up the handling of SIGTERM; empty if there is no shutdown hook.
static SIGTERM_SETUP: OnceLock<SigtermSetup> = OnceLock::new();

/// Makes this process set up the handling of SIGTERM when it starts, because it has a shutdown hook.
pub(crate) fn register_for_sigterm() {
    SIGTERM_SETUP.get_or_init(|| |runtime_api| Box::pin(set_up_sigterm(runtime_api)));
}

/// Sets up the handling of SIGTERM, and returns the runner of the process's work; `None` if there is no
/// shutdown hook.
pub(super) async fn prepare_shutdown(runtime_api: &str) -> Result<Option<ShutdownRunner>, Error> {
    match SIGTERM_SETUP.get() {
        Some(set_up) => set_up(runtime_api.to_owned()).await.map(Some),
        None => Ok(None),
    }
}

/// Waits for SIGTERM from now on and registers the extension. If the extension cannot be registered, the error
/// is logged.
async fn set_up_sigterm(runtime_api: String) -> Result<ShutdownRunner, Error> {
    let sigterm = wait_for_stop_signal()?;
    if let Err(error) = register_extension(Connection::new(runtime_api)).await {
        log::error(messages::lambda::extension_not_registered(&error));
    }
    Ok(Box::new(|work, shutdown_sender| {
        Box::pin(run_until_sigterm(sigterm, work, shutdown_sender))
    }))
}

/// Runs the workers until they end. At SIGTERM, lets the workers finish the events that they have started, and
/// then runs the shutdown hooks.
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
    // The handlers end before the hooks run, so that none finds a resource that a hook has closed. Workers
    // that are tasks end at their next poll.
    drop_catching_panic(|| drop(work));
    tokio::task::yield_now().await;
    if timeout(HOOKS_GRACE, run_hooks()).await.is_err() {
        log::error(messages::invocation::shutdown_hooks_cut_off(HOOKS_GRACE.as_millis()));
    }
    finished
}

/// Registers an extension inside this process and waits for its events, which never come: Lambda counts an
/// extension as ready only if it waits for events.
async fn register_extension(mut connection: Connection) -> Result<(), Error> {
    let mut head = Vec::new();
    let length = format!("content-length: {}\r\n", EVENTS.len());
    let common = request::common_headers(connection.address());
    request::write_extension_request(&mut head, &common, REGISTER, &[NAME, &length]);
    let status = connection.send_for_answer(&head, EVENTS.as_bytes()).await?;
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
