//! [`BatchError`]: which entries of a batch AWS did not accept, and why.

use std::fmt::{self, Display, Formatter};

use crate::{Error, messages};

/// The error of a method that sends many messages, records or events, when AWS did not accept all of them. It lists
/// those that were not sent; all others were sent. A message that AWS's answer does not mention counts as not sent.
///
/// `send_all`, `publish_all`, `put_all`, `send_all_to_groups` and `publish_all_to_groups` fail with a `BatchError`,
/// and so does `publish` of an event bus.
///
/// ```
/// use skylift::Error;
/// use skylift::resource::BatchError;
///
/// /// Returns the positions of the messages to send again.
/// fn unsent(error: &Error) -> Vec<usize> {
///     let error = error.downcast_ref::<BatchError>();
///     error.map_or_else(Vec::new, |it| it.failures().iter().map(|it| it.index()).collect())
/// }
/// # assert!(unsent(&Error::msg("")).is_empty());
/// ```
#[cfg_attr(
    docsrs,
    doc(cfg(any(feature = "bus", feature = "queue", feature = "stream", feature = "topic")))
)]
#[derive(Debug)]
pub struct BatchError {
    count: usize,
    failures: Vec<BatchFailure>,
}

/// A message, record or event of a batch that was not sent, with the reason.
#[cfg_attr(
    docsrs,
    doc(cfg(any(feature = "bus", feature = "queue", feature = "stream", feature = "topic")))
)]
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

    /// Returns the messages, records or events that were not sent, in the order in which the caller passed them.
    #[must_use]
    pub fn failures(&self) -> &[BatchFailure] {
        &self.failures
    }
}

impl BatchFailure {
    pub(crate) fn new(index: usize, code: String, message: String) -> Self {
        Self { index, code, message }
    }

    pub(crate) fn from_error(index: usize, error: &Error) -> Self {
        Self::new(index, error.name().to_owned(), error.to_string())
    }

    /// Creates the failure of an entry of a batch that was never sent because an earlier request or entry failed.
    /// `code` is the code of the failed request, or `HeldBack` after a failed entry.
    pub(crate) fn held_back(index: usize, code: String) -> Self {
        Self::new(index, code, messages::aws::held_back().into())
    }

    /// Creates the failure of an entry of a batch that AWS's answer names neither as accepted nor as refused.
    pub(crate) fn unconfirmed(index: usize) -> Self {
        Self::new(index, "Unconfirmed".into(), messages::aws::unconfirmed().into())
    }

    /// Returns the position of the message, record or event in the list that the caller passed, from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Returns AWS's code for the failure. The code is `HeldBack` if the message was not sent because an earlier
    /// message of its group failed and the order has to be kept, and `Unconfirmed` if AWS's answer does not mention
    /// the message.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Returns AWS's message about the failure.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// How many failures the text of a [`BatchError`] lists. It only counts the others.
const MAX_LISTED: usize = 5;

impl Display for BatchError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { count, failures } = self;
        let listed = failures.iter().take(MAX_LISTED);
        let listed = listed.map(|it| (it.index, it.code.as_str(), it.message.as_str()));
        messages::aws::batch_failed(f, failures.len(), *count, listed)
    }
}

impl std::error::Error for BatchError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_lists_the_first_failures_in_order_and_counts_the_others() {
        let failure = |index| BatchFailure::new(index, "Busy".into(), "later".into());
        let two = BatchError::new(9, vec![failure(7), failure(1)]);
        let message = "2 of 9 messages were not sent: 1 (Busy: later), 7 (Busy: later)";
        assert_eq!(two.to_string(), message);
        let many = BatchError::new(9, (0..9).map(failure).collect()).to_string();
        assert!(many.ends_with("4 (Busy: later) and 4 more"), "{many}");
        assert_eq!(Error::from(two).name(), "BatchError");
    }
}
