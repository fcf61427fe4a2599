//! Driving a host: the one thread that everything runs on, from the first future to what the process ends
//! with.

use std::process::ExitCode;

use super::linked_app::LinkedApp;
use crate::Error;
use crate::invocation::BoxFuture;
use crate::observability::{lifecycle, log};

/// Somewhere that an application can run.
pub(crate) trait Host {
    /// Serves the application until the process is told to stop, or cannot go on. An application
    /// that does not fit its template comes as the error it is, for the host to report.
    fn serve(
        self,
        linked: Result<LinkedApp, Error>,
    ) -> impl Future<Output = Result<(), Error>> + Send;
}

/// Has a host serve the application, until the process ends.
pub(super) fn run_host(host: impl Host, linked: Result<LinkedApp, Error>) -> ExitCode {
    // One thread: nearly every process has one event at a time, and waking another costs more than most
    // events do.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let served = match runtime {
        Ok(runtime) => {
            // On the heap, as all futures that a runtime waits for here: it is made once then.
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
