//! The timeout of a function: takes the future of an invocation and returns its output, or, shortly before
//! Lambda would end the process, an error that can still be reported. The process continues, and is warm for
//! the next invocation.
// See decision 0068.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::task::coop::unconstrained;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::{Context, Error, messages};

/// The time before the deadline that is kept to report a timeout: on the smallest function, one post to the
/// runtime API takes some milliseconds.
const REPORT_MARGIN: Duration = Duration::from_millis(20);

/// Runs the future of an invocation to its end, or returns an error shortly before the deadline of the
/// invocation. A future that never waits is not stopped, because a timer costs more than a small invocation
/// does.
pub(super) async fn run_until_deadline<T>(
    context: &Context,
    mut future: Pin<&mut impl Future<Output = Result<T, Error>>>,
) -> Result<T, Error> {
    let first = poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await;
    if let Poll::Ready(done) = first {
        return done;
    }
    Deadline::for_context(context).run(future).await?
}

/// The deadline of an invocation, until which several futures can run one after another.
pub(super) struct Deadline {
    /// The instant at which a running future is stopped.
    end: Instant,
    /// The timer, which is made when a future first has to wait.
    timer: Option<Pin<Box<Sleep>>>,
}

impl Deadline {
    /// Makes the deadline of the invocation with this context.
    pub(super) fn for_context(context: &Context) -> Self {
        let left = context.remaining().saturating_sub(REPORT_MARGIN);
        Self { end: Instant::now() + left, timer: None }
    }

    /// Runs a future to its end, or returns an error shortly before the deadline. A future that is passed after
    /// that instant is not polled.
    pub(super) async fn run<T>(&mut self, future: impl Future<Output = T>) -> Result<T, Error> {
        if Instant::now() >= self.end {
            return Err(messages::invocation::timed_out(REPORT_MARGIN.as_millis()));
        }
        let mut future = pin!(future);
        poll_fn(|cx| {
            if let Poll::Ready(done) = future.as_mut().poll(cx) {
                return Poll::Ready(Ok(done));
            }
            let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(self.end)));
            // Whatever is left of tokio's budget: otherwise a future that uses it up in each poll would never
            // be stopped.
            let timed_out = pin!(unconstrained(timer.as_mut())).poll(cx);
            timed_out.map(|()| Err(messages::invocation::timed_out(REPORT_MARGIN.as_millis())))
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::block_on;

    fn run<T>(left: Duration, future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        block_on(run_until_deadline(&Context::new("1").with_remaining(left), pin!(future)))
    }

    #[test]
    fn a_future_that_does_not_wait_finishes_after_the_deadline() {
        assert_eq!(run(Duration::ZERO, async { Ok(7) }).unwrap(), 7);
    }

    #[test]
    fn a_future_that_waits_too_long_is_stopped_before_the_timeout() {
        let start = std::time::Instant::now();
        let left = Duration::from_millis(100);
        let error = run(left, std::future::pending::<Result<(), Error>>()).unwrap_err();
        assert_eq!(error.name(), "TimedOut");
        assert!(start.elapsed() + REPORT_MARGIN >= left);
    }

    #[test]
    fn a_future_that_only_uses_up_the_task_budget_is_stopped() {
        let busy = async {
            let lock = tokio::sync::Mutex::new(());
            loop {
                drop(lock.lock().await);
            }
        };
        let error = run::<()>(Duration::from_millis(60), busy).unwrap_err();
        assert_eq!(error.name(), "TimedOut");
    }

    #[test]
    fn several_futures_share_one_deadline() {
        block_on(async {
            let context = Context::new("1").with_remaining(Duration::from_millis(70));
            let mut deadline = Deadline::for_context(&context);
            assert_eq!(deadline.run(async { 7 }).await.unwrap(), 7);
            let sleep = tokio::time::sleep(Duration::from_mins(1));
            assert_eq!(deadline.run(sleep).await.unwrap_err().name(), "TimedOut");
            assert_eq!(deadline.run(async { 7 }).await.unwrap_err().name(), "TimedOut");
        });
    }

    #[test]
    fn a_future_that_waits_and_finishes_in_time_succeeds() {
        let late = async {
            tokio::time::sleep(Duration::from_millis(5)).await;
            Ok(7)
        };
        assert_eq!(run(Duration::from_secs(5), late).unwrap(), 7);
    }
}
