//! Observes a handler while it runs, so that its log lines, metrics and spans belong to its invocation. Takes the
//! handler's future and returns the outcome of that future.

use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::invocation::FunctionResponse;
use crate::invocation::streaming::Chunks;
use crate::invocation::user_error::to_text;
use crate::observability::current_invocation::{
    RunningGuard, RunningInvocation, poll_as_current, start_running,
};
use crate::registry::FunctionEntry;
use crate::{Context, Error};

/// Runs the future of a handler as part of its invocation, and returns the outcome of the future. If the future is
/// dropped before its end, the metrics recorded until then are written. If the answer is a stream, the observation of
/// the handler ends with the stream.
pub(crate) async fn observe_answer(
    function: &FunctionEntry,
    context: &Context,
    handler: impl Future<Output = Result<FunctionResponse, Error>>,
) -> Result<FunctionResponse, Error> {
    let mut observation = HandlerObservation::begin(function, context);
    let outcome = poll_as_current(&observation.invocation, handler).await;
    match outcome {
        Ok(FunctionResponse::Streamed(stream)) => {
            let observed = |chunks| Box::pin(ObservedChunks { chunks, observation }) as Chunks;
            Ok(FunctionResponse::Streamed(stream.map_chunks(observed)))
        }
        whole => {
            observation.record_end(whole.as_ref().err());
            whole
        }
    }
}

/// Runs the future of a handler like [`observe_answer`], for a response that is not a [`FunctionResponse`].
#[cfg(all(feature = "http", feature = "local", debug_assertions))]
pub(crate) async fn observe<T>(
    function: &FunctionEntry,
    context: &Context,
    handler: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let mut observation = HandlerObservation::begin(function, context);
    let outcome = poll_as_current(&observation.invocation, handler).await;
    observation.record_end(outcome.as_ref().err());
    outcome
}

/// The observation of a handler, from the first poll to the last.
struct HandlerObservation {
    // Dropped first: `drop` runs while the invocation is registered, the fields after it.
    _running: RunningGuard,
    invocation: RunningInvocation,
    /// Whether the handler has ended. If it is dropped before, its span is marked as cut off.
    #[cfg_attr(not(feature = "otel"), allow(dead_code))]
    ended: bool,
}

impl HandlerObservation {
    #[allow(unused_variables, reason = "each parameter is for a feature")]
    fn begin(function: &FunctionEntry, context: &Context) -> Self {
        let invocation = RunningInvocation {
            #[cfg(feature = "tracing")]
            span: super::subscriber::span::invocation_span(function, context),
            #[cfg(feature = "metrics")]
            metrics: std::sync::Arc::default(),
            context: context.clone(),
        };
        #[cfg(feature = "otel")]
        super::otel::invocation_started(context);
        Self { _running: start_running(&invocation), invocation, ended: false }
    }

    /// Records that the handler has ended. `error` is its error, or `None` if it succeeded.
    #[allow(unused_variables, reason = "only a span records the error")]
    fn record_end(&mut self, error: Option<&Error>) {
        self.ended = true;
        #[cfg(feature = "otel")]
        if let Some(error) = error {
            super::otel::span::mark_failed(&self.invocation.span, error);
        }
    }
}

#[cfg(any(feature = "metrics", feature = "otel"))]
impl Drop for HandlerObservation {
    fn drop(&mut self) {
        #[cfg(feature = "metrics")]
        super::metrics::write_invocation_metrics(&self.invocation);
        #[cfg(feature = "otel")]
        if !self.ended {
            super::otel::span::mark_cut_off(&self.invocation.span);
        }
    }
}

/// The chunks of the streamed answer of a handler. The handler makes each chunk as part of its invocation.
struct ObservedChunks {
    chunks: Chunks,
    observation: HandlerObservation,
}

impl Stream for ObservedChunks {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        let Self { chunks, observation } = self.get_mut();
        let polled = observation.invocation.enter(|| chunks.as_mut().poll_next(cx));
        // As text, because the span shows the error.
        let polled = polled.map(|chunk| chunk.map(|chunk| chunk.map_err(to_text)));
        match &polled {
            Poll::Ready(Some(Err(error))) => observation.record_end(Some(error)),
            Poll::Ready(None) => observation.record_end(None),
            _ => {}
        }
        polled
    }
}
