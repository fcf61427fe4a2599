//! Hosts: where invocations come from and where answers go. `run` is what `main!()` calls; it looks
//! where the process is and hands the application to Lambda's host or to the local one.

mod deadline;
mod failure;
mod lambda;
#[cfg(all(feature = "local", debug_assertions))]
mod local;
mod stopped;

use std::process::ExitCode;

use crate::handler::{BoxFuture, note_panics};
use crate::registry::{App, FUNCTIONS, INITS, Linked};
use crate::{Error, log, observe};

/// Somewhere that an application can run.
pub(crate) trait Host {
    /// Serves the application until the process is told to stop, or cannot go on. An application
    /// that does not fit its template comes as the error it is, for the host to report.
    fn serve(self, linked: Result<Linked, Error>)
    -> impl Future<Output = Result<(), Error>> + Send;
}

/// Whether this process is one of Lambda's.
pub(crate) fn is_lambda() -> bool {
    lambda::Settings::are_there()
}

/// Has a process of Lambda's told of its end.
pub(crate) fn attend_the_end() {
    lambda::attend();
}

/// Runs an application: the body of the `main` that `main!()` writes.
#[must_use]
pub fn run(app: App) -> ExitCode {
    let settings = lambda::Settings::from_env();
    observe::start(app.package, settings.is_none());
    note_panics();
    let linked = Linked::check(app, &FUNCTIONS, &INITS);
    match settings {
        Some(settings) => drive(lambda::Lambda::new(settings), linked),
        None => elsewhere(linked),
    }
}

#[cfg(all(feature = "local", debug_assertions))]
fn elsewhere(linked: Result<Linked, Error>) -> ExitCode {
    drive(local::Local, linked)
}

/// What is deployed has no use for a server, and starts faster without one.
#[cfg(not(all(feature = "local", debug_assertions)))]
fn elsewhere(_: Result<Linked, Error>) -> ExitCode {
    let help = if cfg!(feature = "local") {
        "a release build leaves out what serves the functions here: build without `--release`, or set \
         `debug-assertions = true` under `[profile.release.package.skylift]`"
    } else {
        "enable the feature `local` of `skylift` to serve the functions here"
    };
    log::line(format_args!(
        "this is not AWS Lambda (`AWS_LAMBDA_RUNTIME_API` is not set); help: {help}"
    ));
    ExitCode::FAILURE
}

fn drive(host: impl Host, linked: Result<Linked, Error>) -> ExitCode {
    // One thread: nearly every process has one event at a time, and waking another costs more than most
    // events do.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let served = match runtime {
        Ok(runtime) => {
            // On the heap, as all futures that a runtime waits for here: it is made once then.
            let serving: BoxFuture<'_, _> = Box::pin(host.serve(linked));
            let served = runtime.block_on(serving);
            observe::stop(&runtime);
            served
        }
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
