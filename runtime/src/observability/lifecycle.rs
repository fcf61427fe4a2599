//! Starts and stops observability with the process. The start sets up the log before any code of the user runs; the
//! end writes the metrics and sends the spans that no invocation has written or sent.

use tokio::runtime::Runtime;

/// Sets up the log and the metrics, before any code of the user runs. `package` is the Cargo package, the default
/// namespace of the metrics. `local` says that the process runs outside Lambda.
#[allow(unused_variables, reason = "each parameter is for a feature")]
pub(crate) fn start(package: &'static str, local: bool) {
    #[cfg(feature = "tracing")]
    super::subscriber::start(local);
    #[cfg(feature = "metrics")]
    super::metrics::set_namespace(package);
}

/// Writes the metrics and sends the spans that remain when the process ends.
#[allow(unused_variables, reason = "only sending spans needs the runtime")]
pub(crate) fn stop(runtime: &Runtime) {
    #[cfg(feature = "metrics")]
    super::metrics::write_remaining_metrics();
    #[cfg(feature = "otel")]
    runtime.block_on(super::otel::stop());
}
