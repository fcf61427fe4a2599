//! What the runtime does around an invocation so that it can be seen from outside: log lines, metrics
//! and spans that carry its ids. Takes the handler's future and gives its outcome. Each part is a
//! Cargo feature, and nothing of it is there without.

use tokio::runtime::Runtime;

#[cfg(feature = "_invocation")]
pub(crate) use scope::answer;
#[cfg(all(feature = "_invocation", feature = "http", feature = "local", debug_assertions))]
pub(crate) use scope::within;
#[cfg(feature = "tracing")]
pub(crate) use warmth::is_cold;

/// Prepares the process, before anything of the user's runs. `local` is a developer's machine.
#[allow(unused_variables, reason = "each is for a feature")]
pub(crate) fn start(package: &'static str, local: bool) {
    #[cfg(feature = "tracing")]
    crate::logging::start(local);
    #[cfg(feature = "metrics")]
    crate::metrics::start(package);
}

/// A tick came that no handler sees: the process is warm from now on.
pub(crate) fn ticked() {
    #[cfg(feature = "tracing")]
    warmth::ticked();
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
        let scope = Scope::begin(function, context);
        let outcome = poll_within(&scope.invocation, handler).await;
        match outcome {
            Ok(Ok(Answer::Streamed(stream))) => {
                let watched = |chunks| Box::pin(Watched { chunks, scope }) as Chunks;
                Ok(Ok(Answer::Streamed(stream.map(watched))))
            }
            Ok(Err(error)) => {
                scope.failed(&error);
                Ok(Err(error))
            }
            Err(panic) => {
                scope.failed(&panic);
                Err(panic)
            }
            whole => whole,
        }
    }

    /// The same for what cannot be a stream.
    #[cfg(all(feature = "http", feature = "local", debug_assertions))]
    pub(crate) async fn within<T>(
        function: &Function,
        context: &Context,
        handler: impl Future<Output = Caught<T>>,
    ) -> Caught<T> {
        let scope = Scope::begin(function, context);
        let outcome = poll_within(&scope.invocation, handler).await;
        if let Ok(Err(error)) | Err(error) = &outcome {
            scope.failed(error);
        }
        outcome
    }

    /// An invocation from the first poll of its handler to the last.
    struct Scope {
        // Ended first, and measured until then.
        _running: Running,
        invocation: Invocation,
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
            Self { _running: run(&invocation), invocation }
        }

        #[allow(unused_variables, clippy::unused_self, reason = "only a span is marked")]
        fn failed(&self, error: &Error) {
            #[cfg(feature = "otel")]
            crate::otel::failed(&self.invocation.span, error);
        }
    }

    #[cfg(any(feature = "metrics", feature = "otel"))]
    impl Drop for Scope {
        fn drop(&mut self) {
            #[cfg(feature = "metrics")]
            crate::metrics::flush(&self.invocation);
            #[cfg(feature = "otel")]
            crate::otel::ended(&self.invocation.context);
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
            if let Poll::Ready(Some(Err(error))) = &polled {
                scope.failed(error);
            }
            polled
        }
    }
}

#[cfg(feature = "tracing")]
mod warmth {
    use std::sync::OnceLock;

    use crate::Context;

    /// The invocation that the process was started for, where it was started for one.
    static FIRST: OnceLock<Option<Context>> = OnceLock::new();

    /// Whether nothing was invoked in this process before, and it was started for this invocation.
    pub(crate) fn is_cold(context: &Context) -> bool {
        let first = FIRST.get_or_init(|| {
            // "Defined runtime environment variables" of the AWS Lambda Developer Guide.
            let kind = std::env::var("AWS_LAMBDA_INITIALIZATION_TYPE").unwrap_or_default();
            let is_prepared = ["provisioned-concurrency", "lambda-managed-instances"];
            (!is_prepared.contains(&kind.as_str())).then(|| context.clone())
        });
        first.as_ref().is_some_and(|first| first.is(context))
    }

    pub(super) fn ticked() {
        FIRST.get_or_init(|| None);
    }
}
