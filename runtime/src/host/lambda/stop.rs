//! The end of the process: SIGTERM, and the hooks that run then. Lambda sends it only where an extension
//! is registered, so where there is a hook, this registers one that wants no events. Without a hook there
//! is nothing of all this, in the binary neither: the first hook leaves a pointer to it.

use std::sync::OnceLock;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use super::connection::Connection;
use super::head::Field;
use super::request;
use crate::Error;
use crate::handler::shutdown;
use crate::host::stopped::stopped;
use crate::invocation::BoxFuture;
use crate::invocation::future::unless;
use crate::invocation::panic::ended;
use crate::messages;
use crate::observability::log;

/// What invocations in flight get of the half second that Lambda gives, and what the hooks get. The rest
/// is for what is sent last.
const GRACE: Duration = Duration::from_millis(150);
const FOR_HOOKS: Duration = Duration::from_millis(200);

const REGISTER: &str = "POST /2020-01-01/extension/register";
const NEXT: &str = "GET /2020-01-01/extension/event/next";
const NAME: &str = "lambda-extension-name: skylift\r\ncontent-type: application/json\r\n";
const EVENTS: &str = r#"{"events":[]}"#;

/// Tells workers that they are to stop.
#[derive(Clone)]
pub(super) struct Stopper(watch::Sender<bool>);

impl Stopper {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Has them finish the events that they have, and take no more.
    pub(super) fn stop(&self) {
        self.0.send_replace(true);
    }

    /// For whoever is to be told.
    pub(super) fn told(&self) -> Stop {
        Stop(Some(self.0.subscribe()))
    }
}

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

/// The work of a process, and what it ends with.
type Work = BoxFuture<'static, Result<(), Error>>;

/// Has a process work until it is told to end: takes the address of the runtime API, gives what runs the
/// work.
type Attend = fn(String) -> BoxFuture<'static, Result<Attending, Error>>;
pub(super) type Attending = Box<dyn FnOnce(Work, Stopper) -> Work + Send>;

static ATTEND: OnceLock<Attend> = OnceLock::new();

/// Has the end of the process attended to: there is a hook.
pub(crate) fn attend() {
    ATTEND.get_or_init(|| |runtime_api| Box::pin(prepare(runtime_api)));
}

/// Gets ready for SIGTERM, where there are hooks.
pub(super) async fn attending(runtime_api: &str) -> Result<Option<Attending>, Error> {
    match ATTEND.get() {
        Some(attend) => attend(runtime_api.to_owned()).await.map(Some),
        None => Ok(None),
    }
}

async fn prepare(runtime_api: String) -> Result<Attending, Error> {
    let told = stopped()?;
    if let Err(error) = register(Connection::new(runtime_api)).await {
        log::error(messages::lambda::extension_not_registered(&error));
    }
    Ok(Box::new(|work, stopper| Box::pin(until(told, work, stopper))))
}

/// Runs the workers; once told to end lets them answer what they have begun, and runs the hooks.
async fn until(told: impl Future, mut work: Work, stopper: Stopper) -> Result<(), Error> {
    if let Some(ended) = unless(told, work.as_mut()).await {
        return ended;
    }
    stopper.stop();
    let finished = timeout(GRACE, work.as_mut()).await.unwrap_or(Ok(()));
    // No handler is to find closed what a hook closes. Workers that are tasks end when they are polled next.
    ended(|| drop(work));
    tokio::task::yield_now().await;
    if timeout(FOR_HOOKS, shutdown::run_hooks()).await.is_err() {
        log::error(messages::invocation::shutdown_hooks_cut_off(FOR_HOOKS.as_millis()));
    }
    finished
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
        return Err(messages::lambda::registration_refused(REGISTER, status));
    };
    let id = format!("{}: {}\r\n", Field::ExtensionId.name(), String::from_utf8_lossy(id));
    tokio::spawn(async move {
        request::extension(&mut head, &common, NEXT, &[&id]);
        let _ = connection.send(&head, b"").await;
    });
    Ok(())
}
