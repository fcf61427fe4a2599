//! Spans on their way: takes those that ended, keeps them until somebody says that now is the time, and
//! sends them then. The SDK's own processors send from a thread of theirs, which Lambda would freeze
//! half way.

use std::fmt::{self, Debug, Formatter};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use opentelemetry::Context;
use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{Span, SpanData, SpanExporter as _, SpanProcessor};

use crate::observability::log;

/// So many are sent while the handler still runs, as many as the SDK sends at a time.
const BATCH: usize = 512;

/// So many wait at the most; what comes then is dropped, as the SDK does.
const MOST: usize = 2_048;

/// A collector beside the function answers within milliseconds. One that does not costs every
/// invocation that much, and its spans.
const PATIENCE: Duration = Duration::from_secs(1);

/// With less time left before the deadline of an invocation, the next one takes its spans along.
const MARGIN: Duration = Duration::from_millis(50);

/// Where spans of the SDK's go when they end.
#[derive(Debug)]
pub(super) struct Gathering(pub(super) Arc<Sender>);

/// Keeps spans and sends them.
pub(super) struct Sender {
    exporter: SpanExporter,
    kept: Mutex<Kept>,
    /// The exporter takes one batch at a time, and who waits for the spans waits for each.
    sending: tokio::sync::Mutex<()>,
    /// Whether the last batch was lost, so that a collector that is gone is told of once.
    failing: AtomicBool,
}

#[derive(Default)]
struct Kept {
    spans: Vec<SpanData>,
    dropped: usize,
    deadline: Option<SystemTime>,
}

impl Sender {
    pub(super) fn new(exporter: SpanExporter) -> Self {
        Self {
            exporter,
            kept: Mutex::default(),
            sending: tokio::sync::Mutex::default(),
            failing: AtomicBool::new(false),
        }
    }

    /// An invocation begins, whose spans may be sent until its deadline.
    pub(super) fn begin(&self, deadline: SystemTime) {
        let mut kept = self.kept();
        kept.deadline = kept.deadline.max(Some(deadline));
    }

    /// The process ends then.
    pub(super) fn end(&self, deadline: SystemTime) {
        self.kept().deadline = Some(deadline);
    }

    /// Sends what was kept, and what ends meanwhile.
    pub(super) async fn settle(&self) {
        let _turn = self.sending.lock().await;
        while let Some((spans, patience)) = self.next() {
            match tokio::time::timeout(patience, self.exporter.export(spans)).await {
                Ok(Ok(())) => self.failing.store(false, Ordering::Relaxed),
                Ok(Err(error)) => self.lost(&error.to_string()),
                Err(_) => self.lost(&format!("no answer within {} ms", patience.as_millis())),
            }
        }
        self.tell_dropped();
    }

    /// What is to be sent, and how long that may take.
    fn next(&self) -> Option<(Vec<SpanData>, Duration)> {
        let mut kept = self.kept();
        let left = kept.deadline.map(|it| it.duration_since(SystemTime::now()).unwrap_or_default());
        let patience = left.map_or(PATIENCE, |left| left.saturating_sub(MARGIN).min(PATIENCE));
        if kept.spans.is_empty() || patience.is_zero() {
            return None;
        }
        Some((std::mem::take(&mut kept.spans), patience))
    }

    fn lost(&self, why: &str) {
        if !self.failing.swap(true, Ordering::Relaxed) {
            log::warning(format_args!(
                "spans are lost: {why}; help: run a collector beside the function, or set \
                 `OTEL_EXPORTER_OTLP_ENDPOINT`"
            ));
        }
    }

    fn tell_dropped(&self) {
        let dropped = std::mem::take(&mut self.kept().dropped);
        if dropped > 0 {
            log::warning(format_args!(
                "{dropped} spans are lost: more than {MOST} waited to be sent; help: make fewer, or \
                 sample with `OTEL_TRACES_SAMPLER`"
            ));
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Nothing panics while it is locked.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SpanProcessor for Gathering {
    fn on_start(&self, _: &mut Span, _: &Context) {}

    fn on_end(&self, span: SpanData) {
        if !span.span_context.is_sampled() {
            return;
        }
        let mut kept = self.0.kept();
        if kept.spans.len() >= MOST {
            kept.dropped += 1;
            return;
        }
        kept.spans.push(span);
        let is_batch = kept.spans.len().is_multiple_of(BATCH);
        drop(kept);
        if is_batch && let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let sender = Arc::clone(&self.0);
            runtime.spawn(async move { sender.settle().await });
        }
    }

    /// Sending takes waiting, which is the runtime's to do.
    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}

impl Debug for Sender {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}
