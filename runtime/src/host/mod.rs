//! Hosts: the code that gets events for the application and sends the responses. `main!()` calls `run`, which
//! finds out whether the process runs in Lambda, and runs the application on Lambda's host or on the local one.

mod deadline;
mod driver;
mod error_report;
mod lambda;
mod linked_app;
#[cfg(all(feature = "local", debug_assertions))]
mod local;
pub(crate) mod main_check;
pub(crate) mod ready_function;
mod signals;

use std::process::ExitCode;

use driver::run_host;
use linked_app::LinkedApp;

use crate::Error;
use crate::handler::shutdown;
use crate::invocation::panic::record_panic_locations;
use crate::observability::lifecycle;
#[cfg(not(all(feature = "local", debug_assertions)))]
use crate::observability::log;
use crate::registry::{AppEntry, FUNCTIONS, INITS};

/// Registers a shutdown hook, which runs before the process ends: for example to send data that was collected, or
/// to close a connection.
///
/// Call `on_shutdown` while the application starts, usually in its `#[init]`: Lambda signals the end of a process
/// only to a process that has asked for the signal before its first event. Hooks run one after another, the last
/// registered hook first. A hook that fails or panics is logged, and the other hooks run nevertheless.
///
/// Lambda gives a process half a second from SIGTERM to its end. Running invocations have 150 ms of that time to
/// respond, and are then dropped; all hooks together have 200 ms. The local host runs the hooks when it is
/// stopped with Ctrl-C or SIGTERM. A process that crashes runs none. Mirrors "Shutdown phase" in
/// "Understanding the Lambda execution environment lifecycle" of the AWS Lambda Developer Guide.
///
/// ```
/// use std::sync::Arc;
/// use skylift::{Error, init};
///
/// struct Journal { /* … */ }
///
/// impl Journal {
///     async fn flush(&self) -> Result<(), Error> { Ok(()) }
/// }
///
/// #[init]
/// async fn start() -> Result<Arc<Journal>, Error> {
///     let journal = Arc::new(Journal {});
///     let last = Arc::clone(&journal);
///     skylift::on_shutdown(|| async move { last.flush().await });
///     Ok(journal)
/// }
/// # let _ = start;
/// ```
pub fn on_shutdown<F, Fut>(hook: F)
where
    F: FnOnce() -> Fut + Send + 'static,
    Fut: Future<Output = Result<(), Error>> + Send + 'static,
{
    shutdown::register(Box::new(|| Box::pin(hook())));
    lambda::register_for_sigterm();
}

/// Runs an application until the process ends: the body of the `main` that `main!()` writes.
#[must_use]
pub fn run(app: AppEntry) -> ExitCode {
    let environment = lambda::LambdaEnvironment::from_env();
    #[cfg(all(feature = "local", debug_assertions))]
    if environment.is_none()
        && let Some(code) = local::restart_with_variables(app.variables)
    {
        return code;
    }
    lifecycle::start(app.package, environment.is_none());
    record_panic_locations();
    let linked = LinkedApp::check(app, &FUNCTIONS, &INITS);
    match environment {
        Some(environment) => run_host(lambda::Lambda::new(environment), linked),
        None => run_outside_lambda(linked),
    }
}

/// Runs the application on the local host.
#[cfg(all(feature = "local", debug_assertions))]
fn run_outside_lambda(linked: Result<LinkedApp, Error>) -> ExitCode {
    run_host(local::Local, linked)
}

/// Reports that the process does not run in Lambda. A release build has no local host, because deployed functions
/// do not use it, and start faster without it.
#[cfg(not(all(feature = "local", debug_assertions)))]
fn run_outside_lambda(_: Result<LinkedApp, Error>) -> ExitCode {
    log::error(crate::messages::startup::not_lambda(cfg!(feature = "local")));
    ExitCode::FAILURE
}
