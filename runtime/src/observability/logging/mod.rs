//! `tracing` as lines of the log. [`start`] makes the process's subscriber: a layer that writes each
//! event as one line, in JSON or as text, as Lambda was told, and that gives it the fields of the spans
//! around it. The outermost is the [`span`] of the invocation, which carries its ids.

mod fields;
mod filter;
mod format;
mod layer;
mod panics;
pub(crate) mod span;

use std::env::var;
use std::io::Write;

use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::registry::Registry;

use super::{log, settings};
use layer::Lines;

/// Installs the subscriber. One that is there already stays: the runtime's lines are then events of
/// that one too.
/// `local` is a developer's machine.
#[cfg_attr(
    not(feature = "otel"),
    expect(unused_variables, unused_mut, reason = "no spans are sent")
)]
pub(crate) fn start(local: bool) {
    let (targets, complaint) = filter::targets(
        var("RUST_LOG").ok().as_deref(),
        var("AWS_LAMBDA_LOG_LEVEL").ok().as_deref(),
    );
    let lines = Lines::new(settings::format(), stderr).with_filter(targets);
    let subscriber = Registry::default().with(lines);
    let mut complaints = Vec::from_iter(complaint);
    #[cfg(feature = "otel")]
    let subscriber = {
        let spans = crate::observability::otel::layer(local).unwrap_or_else(|complaint| {
            complaints.push(complaint);
            None
        });
        let wanted = filter::spans(var("RUST_LOG").ok().as_deref());
        subscriber.with(spans.map(|spans| spans.with_filter(wanted)))
    };
    if tracing::subscriber::set_global_default(subscriber).is_ok() {
        panics::write_as_events();
    }
    for complaint in complaints {
        log::warning(format_args!("{complaint}"));
    }
}

/// One write a line, so that no other line comes in between. A closed standard error is no reason to
/// fail an invocation.
fn stderr(line: &[u8]) {
    let _ = std::io::stderr().lock().write_all(line);
}
