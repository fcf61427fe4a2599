//! [`TimeLimit`]: the instant until which a handler may run. It takes a future and drops it at that instant,
//! early enough that the failure can still be reported.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

#[cfg(feature = "_records")]
use super::context::Context;
use crate::{Error, messages};

/// The instant at which a call of a handler has to end, and how long before the deadline the instant is. `None`
/// if only the host stops a call that takes too long.
#[derive(Clone, Copy, Default)]
pub(crate) struct TimeLimit(Option<(Instant, Duration)>);

impl TimeLimit {
    /// Makes the limit for the calls with the records of a batch: it ends `margin` before the deadline, so that
    /// the results of all records can be reported.
    #[cfg(feature = "_records")]
    pub(crate) fn for_batch(context: &Context, margin: Duration) -> Self {
        let end = Instant::now() + context.remaining().saturating_sub(margin);
        Self(Some((end, margin)))
    }

    /// Returns whether the limit has passed, so that no other call may start.
    #[cfg(feature = "_records")]
    pub(crate) fn has_passed(self) -> bool {
        self.0.is_some_and(|(end, _)| Instant::now() >= end)
    }

    /// Returns an error if the limit has passed.
    #[cfg(feature = "_records")]
    pub(crate) fn check(self, context: &Context) -> Result<(), Error> {
        if !self.has_passed() {
            return Ok(());
        }
        Err(messages::batch::record_not_started(context.remaining().as_millis()))
    }

    /// Runs a future and returns its output, or drops the future at the limit and returns an error. A future
    /// that blocks its thread cannot be dropped.
    pub(crate) async fn run<T>(self, future: impl Future<Output = T>) -> Result<T, Error> {
        let Some((end, margin)) = self.0 else { return Ok(future.await) };
        let late = |_| messages::batch::record_not_finished(margin.as_millis());
        timeout_at(end, future).await.map_err(late)
    }
}
