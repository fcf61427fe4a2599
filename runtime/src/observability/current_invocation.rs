//! Finds the invocation that the running code belongs to. The runtime [enters](RunningInvocation::enter) the
//! invocation around every poll of its handler, and what the handler uses (a typed client, `metric!`) asks for the
//! [current invocation](current_invocation). So no handler has to pass its invocation on, even if several invocations
//! run at the same time. The module exists only with a feature that uses it.
// See decision 0073.

use std::cell::RefCell;
use std::pin::pin;

use crate::Context;

/// An invocation while its handler runs. It is cheap to clone.
#[derive(Clone)]
pub(crate) struct RunningInvocation {
    pub(crate) context: Context,
    #[cfg(feature = "tracing")]
    pub(crate) span: tracing::Span,
    #[cfg(feature = "metrics")]
    pub(crate) metrics: std::sync::Arc<super::metrics::store::MetricStore>,
}

#[cfg(test)]
impl RunningInvocation {
    /// Creates a running invocation for a test, without a span and without metrics.
    pub(crate) fn for_test(context: Context) -> Self {
        Self {
            context,
            #[cfg(feature = "tracing")]
            span: tracing::Span::none(),
            #[cfg(feature = "metrics")]
            metrics: std::sync::Arc::default(),
        }
    }
}

thread_local! {
    /// The invocation whose future this thread is polling, or `None` if it polls no handler.
    static CURRENT: RefCell<Option<RunningInvocation>> = const { RefCell::new(None) };

    /// The invocations whose handlers run on this thread, whether their futures are being polled at this moment or
    /// not.
    static RUNNING: RefCell<Vec<RunningInvocation>> = const { RefCell::new(Vec::new()) };
}

/// Registers an invocation as running until the returned guard is dropped.
#[must_use]
pub(crate) fn start_running(invocation: &RunningInvocation) -> RunningGuard {
    let _ = RUNNING.try_with(|running| running.borrow_mut().push(invocation.clone()));
    RunningGuard(invocation.context.clone())
}

/// The guard of a running invocation, returned by [`start_running`]. When it is dropped, the invocation no longer
/// counts as running.
pub(crate) struct RunningGuard(Context);

impl Drop for RunningGuard {
    fn drop(&mut self) {
        let ended = RUNNING.try_with(|running| {
            let mut running = running.borrow_mut();
            let position = running.iter().position(|it| it.context.is_same_invocation(&self.0));
            position.map(|position| running.swap_remove(position))
        });
        // Outside of the borrow: what is dropped may log, and the log asks which invocations run.
        drop(ended);
    }
}

impl RunningInvocation {
    /// Runs a closure and returns its result. Meanwhile this invocation is the current invocation of the thread.
    pub(crate) fn enter<T>(&self, run: impl FnOnce() -> T) -> T {
        let before = CURRENT.try_with(|current| current.replace(Some(self.clone())));
        let _guard = CurrentGuard(before.ok().flatten());
        #[cfg(feature = "tracing")]
        let _span = self.span.enter();
        run()
    }
}

/// A guard that restores the previous current invocation of the thread when it is dropped, even after a panic.
struct CurrentGuard(Option<RunningInvocation>);

impl Drop for CurrentGuard {
    fn drop(&mut self) {
        let ended = CURRENT.try_with(|current| current.replace(self.0.take()));
        drop(ended);
    }
}

/// Returns the invocation that the calling code belongs to. For a task that a handler spawned, returns the running
/// invocation if only one runs on this thread. If none or several run, returns `None`: there is no way to tell which
/// of several invocations the task works for.
#[cfg_attr(not(any(feature = "_http", feature = "metrics")), allow(dead_code))]
pub(crate) fn current_invocation() -> Option<RunningInvocation> {
    let current = CURRENT.try_with(|current| current.borrow().clone()).ok().flatten();
    current.or_else(|| {
        let only = RUNNING.try_with(|running| match running.borrow().as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        });
        only.ok().flatten()
    })
}

impl Context {
    /// Runs a future as part of the invocation of this context.
    ///
    /// The handler's own code is part of the invocation anyway. A task that the handler spawns is part of the
    /// invocation as long as no other invocation runs in this process. Other invocations run only if Lambda runs
    /// several at the same time (`AWS_LAMBDA_MAX_CONCURRENCY`). Then the task needs this method, so that its metrics,
    /// its log lines and the trace header of its requests belong to this invocation. The method works only on the
    /// thread of the handlers: code on another thread (`spawn_blocking`, a thread of the program) belongs to no
    /// invocation.
    ///
    /// ```
    /// use skylift::{Context, Error};
    ///
    /// async fn handler(context: Context) -> Result<(), Error> {
    ///     let task = tokio::spawn(context.clone().scope(async { 6 * 7 }));
    ///     assert_eq!(task.await?, 42);
    ///     Ok(())
    /// }
    /// ```
    #[cfg_attr(docsrs, doc(cfg(any(feature = "metrics", feature = "otel", feature = "tracing"))))]
    pub async fn scope<F: Future>(self, future: F) -> F::Output {
        let invocation = RUNNING.with_borrow(|running| {
            running.iter().find(|it| it.context.is_same_invocation(&self)).cloned()
        });
        match invocation {
            Some(invocation) => poll_as_current(&invocation, future).await,
            None => future.await,
        }
    }
}

/// Runs a future to its end and returns its output. While the future is polled, `invocation` is the current
/// invocation of the thread.
pub(crate) async fn poll_as_current<F: Future>(
    invocation: &RunningInvocation,
    future: F,
) -> F::Output {
    let mut future = pin!(future);
    std::future::poll_fn(|cx| invocation.enter(|| future.as_mut().poll(cx))).await
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::invocation::panic::catch_panic;
    use crate::testing::block_on;

    fn invocation(id: &str) -> RunningInvocation {
        RunningInvocation::for_test(Context::new(id))
    }

    fn id() -> Option<String> {
        current_invocation().map(|it| it.context.request_id().to_owned())
    }

    async fn ids() -> Vec<Option<String>> {
        let mut ids = Vec::new();
        for _ in 0..3 {
            ids.push(id());
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        ids
    }

    #[test]
    fn two_invocations_on_one_thread_do_not_mix() {
        let seen = block_on(async {
            let task = |name: &'static str| {
                tokio::spawn(async move {
                    let it = invocation(name);
                    let _running = start_running(&it);
                    poll_as_current(&it, ids()).await
                })
            };
            let (first, second) = (task("1"), task("2"));
            (first.await.unwrap(), second.await.unwrap())
        });
        assert_eq!(seen.0, vec![Some("1".to_owned()); 3]);
        assert_eq!(seen.1, vec![Some("2".to_owned()); 3]);
        assert_eq!(id(), None);
    }

    #[test]
    fn a_spawned_task_belongs_to_the_only_running_invocation_and_to_none_if_several_run() {
        block_on(async {
            let spawned = async || tokio::spawn(async { id() }).await.unwrap();
            let first = invocation("1");
            let running = start_running(&first);
            assert_eq!(spawned().await.as_deref(), Some("1"));
            let second = invocation("2");
            let _running = start_running(&second);
            assert_eq!(spawned().await, None);
            let scoped = tokio::spawn(second.context.clone().scope(async { id() }));
            assert_eq!(scoped.await.unwrap().as_deref(), Some("2"));
            drop(running);
            assert_eq!(spawned().await.as_deref(), Some("2"));
        });
        assert_eq!(id(), None);
    }

    #[test]
    fn after_a_panic_there_is_no_current_invocation() {
        let it = invocation("1");
        let panicked =
            block_on(catch_panic(poll_as_current(&it, async { panic!("out of stock") })));
        assert!(panicked.is_err());
        assert_eq!(id(), None);
    }
}
