//! [`TimeLimit`]: until when a handler may go on. Takes a future and drops it at the end of its time, early
//! enough for somebody to report that.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

#[cfg(feature = "_records")]
use super::context::Context;
use crate::{Error, messages};

/// When a call has to be over, and how long before the deadline that is. None at all where the host
/// alone stops what takes too long.
#[derive(Clone, Copy, Default)]
pub(crate) struct TimeLimit(Option<(Instant, Duration)>);

impl TimeLimit {
    /// That of the records of a batch, of which all are reported together.
    #[cfg(feature = "_records")]
    pub(crate) fn for_batch(context: &Context, margin: Duration) -> Self {
        let end = Instant::now() + context.remaining().saturating_sub(margin);
        Self(Some((end, margin)))
    }

    /// Whether it has passed, so that there is no time to begin anything.
    #[cfg(feature = "_records")]
    pub(crate) fn has_passed(self) -> bool {
        self.0.is_some_and(|(end, _)| Instant::now() >= end)
    }

    /// Fails where it has passed.
    #[cfg(feature = "_records")]
    pub(crate) fn check(self, context: &Context) -> Result<(), Error> {
        if !self.has_passed() {
            return Ok(());
        }
        Err(messages::batch::record_not_started(context.remaining().as_millis()))
    }

    /// What the future gives, or an error where it is dropped. One that blocks its thread cannot be.
    pub(crate) async fn run<T>(self, future: impl Future<Output = T>) -> Result<T, Error> {
        let Some((end, margin)) = self.0 else { return Ok(future.await) };
        let late = |_| messages::batch::record_not_finished(margin.as_millis());
        timeout_at(end, future).await.map_err(late)
    }
}
