//! [`BatchError`]: what of many messages AWS did not take, which and why.

use std::fmt::{self, Display, Formatter};

use crate::Error;

/// Some of the messages of one call to `send_all`, `publish_all` or `put_all` were not sent. The
/// others were.
///
/// ```
/// use skylift::Error;
/// use skylift::resource::BatchError;
///
/// /// The indexes of the messages that are to be sent again.
/// fn left(error: &Error) -> Vec<usize> {
///     let batch_error = error.downcast_ref::<BatchError>();
///     batch_error.map_or_else(Vec::new, |it| it.failures().iter().map(|it| it.index()).collect())
/// }
/// # assert!(left(&Error::msg("")).is_empty());
/// ```
#[derive(Debug)]
pub struct BatchError {
    count: usize,
    failures: Vec<BatchFailure>,
}

/// A message that was not sent.
#[derive(Debug)]
pub struct BatchFailure {
    index: usize,
    code: String,
    message: String,
}

impl BatchError {
    pub(crate) fn new(count: usize, mut failures: Vec<BatchFailure>) -> Self {
        failures.sort_by_key(BatchFailure::index);
        Self { count, failures }
    }

    /// The messages that were not sent, in the order that they were given.
    #[must_use]
    pub fn failures(&self) -> &[BatchFailure] {
        &self.failures
    }
}

impl BatchFailure {
    pub(crate) fn new(index: usize, code: String, message: String) -> Self {
        Self { index, code, message }
    }

    pub(crate) fn of(index: usize, error: &Error) -> Self {
        Self::new(index, error.name().to_owned(), error.to_string())
    }

    /// One that was not even tried, after an error of that code.
    pub(crate) fn held(index: usize, code: String) -> Self {
        Self::new(index, code, "not sent after the failure of one before it".into())
    }

    /// Which one it was, from 0, in what was to be sent.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// AWS's code, or `HeldBack` for what comes after a failure where order is kept.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// AWS's message.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// How many failures a message shows.
const SHOWN: usize = 5;

impl Display for BatchError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { count, failures } = self;
        write!(f, "{} of {count} messages were not sent", failures.len())?;
        for (number, BatchFailure { index, code, message }) in
            failures.iter().take(SHOWN).enumerate()
        {
            let sign = if number == 0 { ':' } else { ',' };
            write!(f, "{sign} {index} ({code}: {message})")?;
        }
        match failures.len().checked_sub(SHOWN) {
            None | Some(0) => Ok(()),
            Some(more) => write!(f, " and {more} more"),
        }
    }
}

impl std::error::Error for BatchError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_which_and_why_in_order_and_not_without_end() {
        let failure = |index| BatchFailure::new(index, "Busy".into(), "later".into());
        let two = BatchError::new(9, vec![failure(7), failure(1)]);
        let message = "2 of 9 messages were not sent: 1 (Busy: later), 7 (Busy: later)";
        assert_eq!(two.to_string(), message);
        let many = BatchError::new(9, (0..9).map(failure).collect()).to_string();
        assert!(many.ends_with("4 (Busy: later) and 4 more"), "{many}");
        assert_eq!(Error::from(two).name(), "BatchError");
    }
}
