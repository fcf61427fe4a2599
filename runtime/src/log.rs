//! The runtime's own log: lines to standard error, which Lambda sends to `CloudWatch` Logs. Takes a
//! message and writes it as one line, since every line break would start another log event. With the
//! feature `tracing` they are events like any other, so that format and level are those of the rest.

use std::fmt::{Arguments, Display};

use crate::{Context, Error};

/// Writes one line about something that failed.
pub(crate) fn line(message: Arguments<'_>) {
    #[cfg(feature = "tracing")]
    tracing::error!(target: TARGET, "{message}");
    #[cfg(not(feature = "tracing"))]
    plain(message);
}

/// Writes one line about something that the process gets over.
#[cfg(any(
    feature = "_fetched",
    feature = "metrics",
    feature = "tracing",
    all(feature = "local", debug_assertions)
))]
pub(crate) fn warning(message: Arguments<'_>) {
    #[cfg(feature = "tracing")]
    tracing::warn!(target: TARGET, "{message}");
    #[cfg(not(feature = "tracing"))]
    plain(message);
}

/// Writes one line about something that went as it should.
#[cfg(feature = "resume")]
pub(crate) fn info(message: Arguments<'_>) {
    #[cfg(feature = "tracing")]
    tracing::info!(target: TARGET, "{message}");
    #[cfg(not(feature = "tracing"))]
    plain(message);
}

/// Writes one line about an invocation that failed, of which `who` tells people.
pub(crate) fn failed(context: &Context, who: impl Display, error: &Error) {
    let message = format_args!("{who} failed: {}: {error:#}", error.name());
    #[cfg(feature = "tracing")]
    crate::logging::failed(context, error, message);
    #[cfg(not(feature = "tracing"))]
    {
        let _ = context;
        plain(message);
    }
}

/// Where lines of the runtime come from, for whoever filters them.
#[cfg(feature = "tracing")]
pub(crate) const TARGET: &str = "skylift";

/// A closed standard error is no reason to fail an invocation, as `eprintln!` would.
#[cfg(not(feature = "tracing"))]
fn plain(message: Arguments<'_>) {
    use std::io::Write as _;

    let text = format!("skylift: {}\n", message.to_string().replace(['\n', '\r'], " "));
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
