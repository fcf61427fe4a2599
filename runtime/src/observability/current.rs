//! Which invocation the code that is running belongs to. Whoever runs a handler [enters](Invocation::enter)
//! its invocation around every poll, and what the handler calls (a client of AWS's, `metric!`) asks for the
//! [current] one: no handler has to pass it on, and of several in flight each has its own. Only
//! programs with a feature that asks have any of this.

use std::cell::RefCell;
use std::pin::pin;

use crate::Context;

/// An invocation, for as long as its handler runs. Cloning is cheap.
#[derive(Clone)]
pub(crate) struct Invocation {
    pub(crate) context: Context,
    #[cfg(feature = "tracing")]
    pub(crate) span: tracing::Span,
    #[cfg(feature = "metrics")]
    pub(crate) metrics: std::sync::Arc<super::metrics::store::Store>,
}

#[cfg(test)]
impl Invocation {
    /// One that nobody watches.
    pub(crate) fn of(context: Context) -> Self {
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
    /// The one that this thread is polling.
    static CURRENT: RefCell<Option<Invocation>> = const { RefCell::new(None) };

    /// Those whose handlers this thread runs, polled just now or not.
    static RUNNING: RefCell<Vec<Invocation>> = const { RefCell::new(Vec::new()) };
}

/// Makes an invocation one of those that run, until what this gives is dropped.
#[must_use]
pub(crate) fn run(invocation: &Invocation) -> Running {
    let _ = RUNNING.try_with(|running| running.borrow_mut().push(invocation.clone()));
    Running(invocation.context.clone())
}

/// See [`run`].
pub(crate) struct Running(Context);

impl Drop for Running {
    fn drop(&mut self) {
        let ended = RUNNING.try_with(|running| {
            let mut running = running.borrow_mut();
            let place = running.iter().position(|it| it.context.is(&self.0));
            place.map(|place| running.swap_remove(place))
        });
        // Outside: its last parts may log when they are dropped, and ask who is running.
        drop(ended);
    }
}

impl Invocation {
    /// Runs something with this invocation as the current one of its thread.
    pub(crate) fn enter<T>(&self, run: impl FnOnce() -> T) -> T {
        let before = CURRENT.try_with(|current| current.replace(Some(self.clone())));
        let _entered = Entered(before.ok().flatten());
        #[cfg(feature = "tracing")]
        let _span = self.span.enter();
        run()
    }
}

/// Puts the one before in its place, also where something panicked.
struct Entered(Option<Invocation>);

impl Drop for Entered {
    fn drop(&mut self) {
        let ended = CURRENT.try_with(|current| current.replace(self.0.take()));
        drop(ended);
    }
}

/// The invocation that asks. In a task that the handler made it is the one that runs, if only one
/// does: of several, nobody could tell which of them it works for.
#[cfg_attr(not(any(feature = "_http", feature = "metrics")), allow(dead_code))]
pub(crate) fn current() -> Option<Invocation> {
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
    /// Runs a future as part of this invocation.
    ///
    /// A handler's own code is part of it anyhow. A task that it spawns is one while no other
    /// invocation runs in this process, which is always so unless Lambda was told to run several at
    /// once (`AWS_LAMBDA_MAX_CONCURRENCY`): there the task needs this, for its metrics, its log lines
    /// and the trace header of its calls to count as this invocation's. All this is known on the thread
    /// of the handlers alone: what runs on another (`spawn_blocking`, a thread of the program's own) is
    /// no part of any invocation.
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
        let invocation =
            RUNNING.with_borrow(|running| running.iter().find(|it| it.context.is(&self)).cloned());
        match invocation {
            Some(invocation) => poll_within(&invocation, future).await,
            None => future.await,
        }
    }
}

/// Runs a future with an invocation as the current one.
pub(crate) async fn poll_within<F: Future>(invocation: &Invocation, future: F) -> F::Output {
    let mut future = pin!(future);
    std::future::poll_fn(|cx| invocation.enter(|| future.as_mut().poll(cx))).await
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::invocation::caught;
    use crate::testing::block_on;

    fn invocation(id: &str) -> Invocation {
        Invocation::of(Context::new(id))
    }

    fn id() -> Option<String> {
        current().map(|it| it.context.request_id().to_owned())
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
    fn of_two_in_flight_on_one_thread_each_keeps_its_own() {
        let seen = block_on(async {
            let task = |name: &'static str| {
                tokio::spawn(async move {
                    let it = invocation(name);
                    let _running = run(&it);
                    poll_within(&it, ids()).await
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
    fn a_spawned_task_belongs_to_the_one_that_runs_and_to_none_of_several() {
        block_on(async {
            let spawned = async || tokio::spawn(async { id() }).await.unwrap();
            let first = invocation("1");
            let running = run(&first);
            assert_eq!(spawned().await.as_deref(), Some("1"));
            let second = invocation("2");
            let _running = run(&second);
            assert_eq!(spawned().await, None);
            let scoped = tokio::spawn(second.context.clone().scope(async { id() }));
            assert_eq!(scoped.await.unwrap().as_deref(), Some("2"));
            drop(running);
            assert_eq!(spawned().await.as_deref(), Some("2"));
        });
        assert_eq!(id(), None);
    }

    #[test]
    fn a_panic_leaves_no_invocation_behind() {
        let it = invocation("1");
        let panicked = block_on(caught(poll_within(&it, async { panic!("out of stock") })));
        assert!(panicked.is_err());
        assert_eq!(id(), None);
    }
}
