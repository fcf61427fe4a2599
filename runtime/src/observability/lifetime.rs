//! The process from its start to its end: takes hold of the log before anything of the user's runs, and
//! writes at the end what no invocation took along.

use tokio::runtime::Runtime;

/// Prepares the process, before anything of the user's runs. `local` is a developer's machine.
#[allow(unused_variables, reason = "each is for a feature")]
pub(crate) fn start(package: &'static str, local: bool) {
    #[cfg(feature = "tracing")]
    super::logging::start(local);
    #[cfg(feature = "metrics")]
    super::metrics::start(package);
}

/// The process ends: what no invocation took along is written.
#[allow(unused_variables, reason = "only spans are sent by it")]
pub(crate) fn stop(runtime: &Runtime) {
    #[cfg(feature = "metrics")]
    super::metrics::flush_rest();
    #[cfg(feature = "otel")]
    runtime.block_on(super::otel::stop());
}
