//! What the runtime does around an invocation so that it can be seen from outside: log lines, metrics
//! and spans that carry its ids. Takes the handler's future and gives its outcome.

use std::pin::Pin;
use std::task::{Context as Waker, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::invocation::Answer;
use crate::invocation::streaming::Chunks;
use crate::observability::current::{Invocation, Running, poll_within, run};
use crate::registry::Function;
use crate::{Context, Error};

/// What a handler's future comes to: a panic, an error, or what it is for.
type Caught<T> = Result<Result<T, Error>, Error>;

/// Runs a handler's future as the invocation that it belongs to. One that is dropped half way
/// leaves what was measured until then; one whose answer is a stream ends with that.
pub(crate) async fn answer(
    function: &Function,
    context: &Context,
    handler: impl Future<Output = Caught<Answer>>,
) -> Caught<Answer> {
    let mut scope = Scope::begin(function, context);
    let outcome = poll_within(&scope.invocation, handler).await;
    match outcome {
        Ok(Ok(Answer::Streamed(stream))) => {
            let watched = |chunks| Box::pin(Watched { chunks, scope }) as Chunks;
            Ok(Ok(Answer::Streamed(stream.map(watched))))
        }
        whole => {
            scope.ended(whole.as_ref().map_or_else(Some, |whole| whole.as_ref().err()));
            whole
        }
    }
}

/// The same for what cannot be a stream.
#[cfg(all(feature = "http", feature = "local", debug_assertions))]
pub(crate) async fn within<T>(
    function: &Function,
    context: &Context,
    handler: impl Future<Output = Caught<T>>,
) -> Caught<T> {
    let mut scope = Scope::begin(function, context);
    let outcome = poll_within(&scope.invocation, handler).await;
    scope.ended(outcome.as_ref().map_or_else(Some, |outcome| outcome.as_ref().err()));
    outcome
}

/// An invocation from the first poll of its handler to the last.
struct Scope {
    // Ended first, and measured until then.
    _running: Running,
    invocation: Invocation,
    /// Whether its handler came to an end.
    #[cfg_attr(not(feature = "otel"), allow(dead_code))]
    ended: bool,
}

impl Scope {
    #[allow(unused_variables, reason = "each is for a feature")]
    fn begin(function: &Function, context: &Context) -> Self {
        let invocation = Invocation {
            #[cfg(feature = "tracing")]
            span: super::logging::span::span(function, context),
            #[cfg(feature = "metrics")]
            metrics: std::sync::Arc::default(),
            context: context.clone(),
        };
        #[cfg(feature = "otel")]
        super::otel::begin(context);
        Self { _running: run(&invocation), invocation, ended: false }
    }

    /// The handler came to an end, by that error where there is one.
    #[allow(unused_variables, reason = "only a span is marked")]
    fn ended(&mut self, error: Option<&Error>) {
        self.ended = true;
        #[cfg(feature = "otel")]
        if let Some(error) = error {
            super::otel::span::failed(&self.invocation.span, error);
        }
    }
}

#[cfg(any(feature = "metrics", feature = "otel"))]
impl Drop for Scope {
    fn drop(&mut self) {
        #[cfg(feature = "metrics")]
        super::metrics::flush(&self.invocation);
        #[cfg(feature = "otel")]
        if !self.ended {
            super::otel::span::cut_off(&self.invocation.span);
        }
    }
}

/// The chunks of an answer, made within its invocation.
struct Watched {
    chunks: Chunks,
    scope: Scope,
}

impl Stream for Watched {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Waker<'_>) -> Poll<Option<Self::Item>> {
        let Self { chunks, scope } = self.get_mut();
        let polled = scope.invocation.enter(|| chunks.as_mut().poll_next(cx));
        match &polled {
            Poll::Ready(Some(Err(error))) => scope.ended(Some(error)),
            Poll::Ready(None) => scope.ended(None),
            _ => {}
        }
        polled
    }
}
