//! Panics as events: what the standard library writes of one has several lines, which would be as many
//! events of the log, and belongs to no invocation. The place of the panic is for the error that it
//! becomes, and known to another hook.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::PanicHookInfo;

use crate::observability::settings;

/// Writes every panic from now on as one event, in place of what is written so far.
pub(super) fn write_as_events() {
    std::panic::set_hook(Box::new(|info| {
        let message = message(info);
        // Asked for by `RUST_BACKTRACE`, as ever.
        let backtrace = Backtrace::capture();
        let backtrace = (backtrace.status() == BacktraceStatus::Captured)
            .then(|| tracing::field::display(backtrace));
        tracing::error!(target: settings::TARGET, errorType = "Panic", backtrace, "{message}");
    }));
}

fn message(info: &PanicHookInfo<'_>) -> String {
    let what = info.payload_as_str().unwrap_or("a value that is not text");
    match info.location() {
        Some(place) => format!("panicked at {place}: {what}"),
        None => format!("panicked: {what}"),
    }
}
