//! Installs the subscriber of `tracing`, with [`start`]. One layer writes each event as a log line, in JSON or as
//! text as Lambda sets it, with the fields of the spans around the event. The outermost span is the [`span`] of the
//! invocation, which has the ids of the invocation. With the feature `otel`, another layer sends the spans.
// See decision 0074.

mod fields;
mod filter;
mod layer;
mod line;
mod panics;
pub(crate) mod span;

use std::env::var;
use std::io::Write;

use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::registry::Registry;

use super::{log, log_format};
use layer::LineLayer;

/// Installs the subscriber of `tracing`. If the process already has a subscriber, that subscriber stays, and also
/// receives the events of the runtime. `local` says that the process runs outside Lambda.
#[cfg_attr(
    not(feature = "otel"),
    expect(unused_variables, unused_mut, reason = "no spans are sent")
)]
pub(crate) fn start(local: bool) {
    let (line_filter, warning) = filter::line_filter(
        var("RUST_LOG").ok().as_deref(),
        var("AWS_LAMBDA_LOG_LEVEL").ok().as_deref(),
    );
    let lines = LineLayer::new(log_format::log_format(), write_to_stderr).with_filter(line_filter);
    let subscriber = Registry::default().with(lines);
    let mut warnings = Vec::from_iter(warning);
    #[cfg(feature = "otel")]
    let subscriber = {
        let spans = crate::observability::otel::span_layer(local).unwrap_or_else(|warning| {
            warnings.push(warning);
            None
        });
        let span_filter = filter::span_filter(var("RUST_LOG").ok().as_deref());
        subscriber.with(spans.map(|spans| spans.with_filter(span_filter)))
    };
    if tracing::subscriber::set_global_default(subscriber).is_ok() {
        panics::log_panics_as_events();
    }
    for warning in warnings {
        log::warning(warning);
    }
}

/// Writes a log line to standard error in one piece, so that no other line mixes with it. If standard error is
/// closed, nothing happens.
fn write_to_stderr(line: &[u8]) {
    let _ = std::io::stderr().lock().write_all(line);
}
