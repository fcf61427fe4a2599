//! Logs panics as events of `tracing`. The standard library would write several lines, which would be separate log
//! events and belong to no invocation. The hook of `invocation::panic` records the place of the panic for the error.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::fmt::Display;
use std::panic::PanicHookInfo;

use crate::messages;
use crate::observability::log_format::RUNTIME_TARGET;

/// Replaces the panic hook of the process by a hook that logs every panic as one event.
pub(super) fn log_panics_as_events() {
    std::panic::set_hook(Box::new(|info| {
        let message = format_panic_message(info);
        // Captured only if `RUST_BACKTRACE` asks for it.
        let backtrace = Backtrace::capture();
        let backtrace = (backtrace.status() == BacktraceStatus::Captured)
            .then(|| tracing::field::display(backtrace));
        tracing::error!(target: RUNTIME_TARGET, errorType = "Panic", backtrace, "{message}");
    }));
}

fn format_panic_message(info: &PanicHookInfo<'_>) -> String {
    let what = info.payload_as_str().unwrap_or(messages::observability::panicked_without_text());
    let location = info.location().map(|location| location as &dyn Display);
    messages::observability::panicked(what, location)
}
