//! [`ResumeStep`]: one call of a handler that does its work in parts. The step carries the cursor to the
//! handler, and the handler's decision how the work continues back to the caller, whichever source delivers the
//! event.

use std::sync::{Mutex, PoisonError};

/// One call of a handler that resumes: the cursor, and how the work continues after the call. It is part of the
/// [`Call`](super::call::Call).
pub(crate) struct ResumeStep {
    /// The cursor in JSON; `None` for the first call.
    pub(crate) cursor: Option<String>,
    /// How the work continues; `None` until the handler has returned.
    next: Mutex<Option<NextStep>>,
}

/// How the work continues after one call of a handler that resumes.
#[doc(hidden)]
#[derive(Debug, PartialEq, Eq)]
pub enum NextStep {
    /// The handler is called again, with this cursor in JSON.
    Continue(String),
    /// The handler is not called again: the work is done.
    Done,
}

impl ResumeStep {
    #[cfg(feature = "resume")]
    pub(crate) fn new(cursor: Option<String>) -> Self {
        Self { cursor, next: Mutex::new(None) }
    }

    /// Records how the work continues after this call.
    pub(crate) fn set(&self, next: NextStep) {
        // Nothing panics while it is locked.
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = Some(next);
    }

    /// Returns how the work continues after this call, or `None` if the handler was not called or failed.
    #[cfg(feature = "resume")]
    pub(crate) fn take(&self) -> Option<NextStep> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
