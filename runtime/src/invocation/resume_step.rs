//! [`ResumeStep`]: one call of a handler that does its work in parts. It carries the cursor to the handler and
//! what is next back, past the source that delivers the event.

use std::sync::{Mutex, PoisonError};

/// One call of a handler that resumes: with which cursor, and what came of it. It goes with the
/// [`Call`](super::call::Call), past whatever delivers the event.
pub(crate) struct ResumeStep {
    pub(crate) cursor: Option<String>,
    next: Mutex<Option<NextStep>>,
}

/// What came of a call.
#[doc(hidden)]
#[derive(Debug, PartialEq, Eq)]
pub enum NextStep {
    /// It goes on, from this cursor in JSON.
    Continue(String),
    /// It is at its end.
    Done,
}

impl ResumeStep {
    #[cfg(feature = "resume")]
    pub(crate) fn new(cursor: Option<String>) -> Self {
        Self { cursor, next: Mutex::new(None) }
    }

    pub(crate) fn set(&self, next: NextStep) {
        // Nothing panics while it is locked.
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = Some(next);
    }

    /// What came of the call; none where the handler was not called, or failed.
    #[cfg(feature = "resume")]
    pub(crate) fn take(&self) -> Option<NextStep> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
