//! [`BufferingProcessor`] buffers the spans that have ended, and [`SpanSender`] sends them when the runtime asks for it. The
//! SDK's own processors send from a background thread, which Lambda could freeze in the middle of a request.
// See decision 0075.

use std::fmt::{self, Debug, Formatter};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use opentelemetry::Context;
use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{Span, SpanData, SpanExporter as _, SpanProcessor};

use crate::messages;
use crate::observability::log;

/// The number of buffered spans at which they are sent even while the handler runs. The SDK sends as many at once.
const BATCH_SPANS: usize = 512;

/// The most spans that are buffered. Further spans are dropped, as by the SDK.
const MAX_SPANS: usize = 2_048;

/// How long to wait until the collector has taken a batch of spans. A collector beside the function answers within
/// milliseconds; one that does not answer delays every invocation by this time, and the spans are lost.
const TIMEOUT: Duration = Duration::from_secs(1);

/// The time before the deadline of an invocation in which no spans are sent. If only this time is left, the next
/// invocation sends the spans.
const DEADLINE_MARGIN: Duration = Duration::from_millis(50);

/// The span processor of Skylift. The SDK passes it each span that has ended, and it buffers the span.
#[derive(Debug)]
pub(super) struct BufferingProcessor(pub(super) Arc<SpanSender>);

/// Buffers spans that have ended, and sends them to the collector.
pub(super) struct SpanSender {
    exporter: SpanExporter,
    buffer: Mutex<SpanBuffer>,
    /// Locked while spans are sent: the exporter takes one batch at a time, and a flush waits for a batch that is being
    /// sent.
    sending: tokio::sync::Mutex<()>,
    /// Whether the last batch was lost, so that a collector that does not answer is logged only once.
    failing: AtomicBool,
}

/// The buffered spans, the number of spans that were dropped because the buffer was full, and the time until which
/// spans may be sent.
#[derive(Default)]
struct SpanBuffer {
    spans: Vec<SpanData>,
    dropped: usize,
    deadline: Option<SystemTime>,
}

impl SpanSender {
    pub(super) fn new(exporter: SpanExporter) -> Self {
        Self {
            exporter,
            buffer: Mutex::default(),
            sending: tokio::sync::Mutex::default(),
            failing: AtomicBool::new(false),
        }
    }

    /// Allows spans to be sent until this deadline, unless a later deadline was set before.
    pub(super) fn extend_deadline(&self, deadline: SystemTime) {
        let mut buffer = self.lock_buffer();
        buffer.deadline = buffer.deadline.max(Some(deadline));
    }

    /// Allows spans to be sent until this deadline, even if a later deadline was set before: the process ends then.
    pub(super) fn set_deadline(&self, deadline: SystemTime) {
        self.lock_buffer().deadline = Some(deadline);
    }

    /// Sends the buffered spans, and the spans that end meanwhile. A failure is only logged, and its spans are lost.
    pub(super) async fn flush(&self) {
        let _guard = self.sending.lock().await;
        while let Some((spans, timeout)) = self.take_batch() {
            match tokio::time::timeout(timeout, self.exporter.export(spans)).await {
                Ok(Ok(())) => self.failing.store(false, Ordering::Relaxed),
                Ok(Err(error)) => self.report_loss(&error.to_string()),
                Err(_) => self.report_loss(&messages::observability::collector_timed_out(
                    timeout.as_millis(),
                )),
            }
        }
        self.report_dropped();
    }

    /// Removes the buffered spans and returns them with the time that sending them may take. Returns `None` if no
    /// spans are buffered or no time is left.
    fn take_batch(&self) -> Option<(Vec<SpanData>, Duration)> {
        let mut buffer = self.lock_buffer();
        let left =
            buffer.deadline.map(|it| it.duration_since(SystemTime::now()).unwrap_or_default());
        let timeout =
            left.map_or(TIMEOUT, |left| left.saturating_sub(DEADLINE_MARGIN).min(TIMEOUT));
        if buffer.spans.is_empty() || timeout.is_zero() {
            return None;
        }
        Some((std::mem::take(&mut buffer.spans), timeout))
    }

    /// Logs that spans were lost, if the batch before was not lost too.
    fn report_loss(&self, why: &str) {
        if !self.failing.swap(true, Ordering::Relaxed) {
            log::warning(messages::observability::spans_lost(&why));
        }
    }

    /// Logs how many spans were dropped since the last report, if any were.
    fn report_dropped(&self) {
        let dropped = std::mem::take(&mut self.lock_buffer().dropped);
        if dropped > 0 {
            log::warning(messages::observability::spans_dropped(dropped, MAX_SPANS));
        }
    }

    fn lock_buffer(&self) -> MutexGuard<'_, SpanBuffer> {
        // Nothing panics while it is locked.
        self.buffer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SpanProcessor for BufferingProcessor {
    fn on_start(&self, _: &mut Span, _: &Context) {}

    fn on_end(&self, span: SpanData) {
        if !span.span_context.is_sampled() {
            return;
        }
        let mut buffer = self.0.lock_buffer();
        if buffer.spans.len() >= MAX_SPANS {
            buffer.dropped += 1;
            return;
        }
        buffer.spans.push(span);
        let is_batch = buffer.spans.len().is_multiple_of(BATCH_SPANS);
        drop(buffer);
        if is_batch && let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let sender = Arc::clone(&self.0);
            runtime.spawn(async move { sender.flush().await });
        }
    }

    /// Does nothing: spans can only be sent by asynchronous code, and this method is not asynchronous.
    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}

impl Debug for SpanSender {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("SpanSender").finish_non_exhaustive()
    }
}
