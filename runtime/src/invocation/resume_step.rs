//! [`ResumeStep`]: one call of a handler that does its work in parts. It carries the cursor to the handler
//! and the next step back, independently of the source that delivers the event.

use std::sync::{Mutex, PoisonError};

/// One call of a handler that resumes: its cursor, and what comes next. It is part of the
/// [`Call`](super::call::Call).
pub(crate) struct ResumeStep {
    pub(crate) cursor: Option<String>,
    next: Mutex<Option<NextStep>>,
}

/// What comes after a call.
#[doc(hidden)]
#[derive(Debug, PartialEq, Eq)]
pub enum NextStep {
    /// Another call, with this cursor in JSON.
    Continue(String),
    /// Nothing: the work is done.
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

    /// Takes what comes next. `None` if the handler was not called, or failed.
    #[cfg(feature = "resume")]
    pub(crate) fn take(&self) -> Option<NextStep> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
