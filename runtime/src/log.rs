//! The runtime's own log: lines to standard error, which Lambda sends to `CloudWatch` Logs. Takes a
//! message and writes it as one line, since every line break would start another log event.

use std::fmt::Arguments;
use std::io::Write;

/// Writes one line. A closed standard error is no reason to fail an invocation, as `eprintln!`
/// would.
pub(crate) fn line(message: Arguments<'_>) {
    let text = format!("skylift: {}\n", message.to_string().replace(['\n', '\r'], " "));
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
