//! Hosts: where invocations come from and where answers go. `run` is what `main!()` calls; it looks
//! where the process is and hands the application to Lambda's host or to the local one.

mod failure;
mod lambda;
#[cfg(feature = "local")]
mod local;

use std::process::ExitCode;

use crate::handler::note_panics;
use crate::registry::{App, FUNCTIONS, INITS, Linked};
use crate::{Error, log};

/// Somewhere that an application can run.
pub(crate) trait Host {
    /// Serves the application until the process is told to stop, or cannot go on. An application
    /// that does not fit its template comes as the error it is, for the host to report.
    async fn serve(self, linked: Result<Linked, Error>) -> Result<(), Error>;
}

/// Whether this process is one of Lambda's.
pub(crate) fn is_lambda() -> bool {
    lambda::Settings::are_there()
}

/// Runs an application: the body of the `main` that `main!()` writes.
#[must_use]
pub fn run(app: App) -> ExitCode {
    note_panics();
    let linked = Linked::check(app, &FUNCTIONS, &INITS);
    match lambda::Settings::from_env() {
        Some(settings) => drive(lambda::Lambda::new(settings), linked),
        None => elsewhere(linked),
    }
}

#[cfg(feature = "local")]
fn elsewhere(linked: Result<Linked, Error>) -> ExitCode {
    drive(local::Local, linked)
}

#[cfg(not(feature = "local"))]
fn elsewhere(_: Result<Linked, Error>) -> ExitCode {
    log::line(format_args!(
        "this is not AWS Lambda (`AWS_LAMBDA_RUNTIME_API` is not set); help: enable the feature \
         `local` of `skylift` to serve the functions here"
    ));
    ExitCode::FAILURE
}

fn drive(host: impl Host, linked: Result<Linked, Error>) -> ExitCode {
    // One thread: Lambda gives a process one event at a time, and waking another costs more than
    // most events do.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let served = match runtime {
        Ok(runtime) => runtime.block_on(host.serve(linked)),
        Err(error) => Err(error.into()),
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log::line(format_args!("{}: {error:#}", error.name()));
            ExitCode::FAILURE
        }
    }
}
