//! Runs a host on one thread: takes the host and the application, and returns the exit code of the process.

use std::process::ExitCode;

use super::linked_app::LinkedApp;
use crate::Error;
use crate::invocation::BoxFuture;
use crate::observability::{lifecycle, log};

/// A place where an application runs: Lambda, or the developer's machine.
pub(crate) trait Host {
    /// Serves the application until the process is told to stop, or cannot continue. If the application does
    /// not match its template, `linked` is the error, so that the host can report it.
    fn serve(
        self,
        linked: Result<LinkedApp, Error>,
    ) -> impl Future<Output = Result<(), Error>> + Send;
}

/// Runs a host until it ends, and returns the exit code of the process.
pub(super) fn run_host(host: impl Host, linked: Result<LinkedApp, Error>) -> ExitCode {
    // One thread: nearly every process has one event at a time, and waking another thread costs more than
    // most events do.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let served = match runtime {
        Ok(runtime) => {
            // On the heap: the code for a large future is generated once then, not again in the runtime.
            let serving: BoxFuture<'_, _> = Box::pin(host.serve(linked));
            let served = runtime.block_on(serving);
            lifecycle::stop(&runtime);
            served
        }
        Err(error) => Err(error.into()),
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log::error(format_args!("{}: {error:#}", error.name()));
            ExitCode::FAILURE
        }
    }
}
