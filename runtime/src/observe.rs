//! What the runtime does around an invocation so that it can be seen from outside: log lines, metrics
//! and spans that carry its ids. Takes the handler's future and gives its outcome. Each part is a
//! Cargo feature, and nothing of it is there without.

use tokio::runtime::Runtime;

#[cfg(feature = "_invocation")]
pub(crate) use scope::answer;
#[cfg(all(feature = "_invocation", feature = "http", feature = "local", debug_assertions))]
pub(crate) use scope::within;

/// Prepares the process, before anything of the user's runs. `local` is a developer's machine.
#[allow(unused_variables, reason = "each is for a feature")]
pub(crate) fn start(package: &'static str, local: bool) {
    #[cfg(feature = "tracing")]
    crate::logging::start(local);
    #[cfg(feature = "metrics")]
    crate::metrics::start(package);
}

/// The process ends: what no invocation took along is written.
#[allow(unused_variables, reason = "only spans are sent by it")]
pub(crate) fn stop(runtime: &Runtime) {
    #[cfg(feature = "metrics")]
    crate::metrics::flush_rest();
    #[cfg(feature = "otel")]
    runtime.block_on(crate::otel::stop());
}

#[cfg(feature = "_invocation")]
mod scope {
    use std::pin::Pin;
    use std::task::{Context as Waker, Poll};

    use bytes::Bytes;
    use futures_core::Stream;

    use crate::handler::Answer;
    use crate::invocation::{Invocation, Running, poll_within, run};
    use crate::registry::Function;
    use crate::streaming::Chunks;
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
                span: crate::logging::span(function, context),
                #[cfg(feature = "metrics")]
                metrics: std::sync::Arc::default(),
                context: context.clone(),
            };
            #[cfg(feature = "otel")]
            crate::otel::begin(context);
            Self { _running: run(&invocation), invocation, ended: false }
        }

        /// The handler came to an end, by that error where there is one.
        #[allow(unused_variables, reason = "only a span is marked")]
        fn ended(&mut self, error: Option<&Error>) {
            self.ended = true;
            #[cfg(feature = "otel")]
            if let Some(error) = error {
                crate::otel::failed(&self.invocation.span, error);
            }
        }
    }

    #[cfg(any(feature = "metrics", feature = "otel"))]
    impl Drop for Scope {
        fn drop(&mut self) {
            #[cfg(feature = "metrics")]
            crate::metrics::flush(&self.invocation);
            #[cfg(feature = "otel")]
            if !self.ended {
                crate::otel::cut_off(&self.invocation.span);
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
}
