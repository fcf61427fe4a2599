//! Sends many entries in as few requests as AWS allows. Takes the entries with their sizes, sends as many in a
//! request as fit, and retries the entries that AWS did not accept and may accept later. Returns a [`BatchError`]
//! with the entries that were not sent.

use std::collections::VecDeque;

use super::backoff::Backoff;
use super::batch_error::{BatchError, BatchFailure};
use crate::Error;

/// The limits of AWS for one request of a batch: the most entries, and the most bytes of all entries together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BatchLimits {
    pub(crate) entries: usize,
    pub(crate) bytes: usize,
}

/// An entry of a batch that was not sent yet.
struct PendingEntry<E> {
    /// The position of the entry in the list that the caller passed, from 0.
    index: usize,
    bytes: usize,
    entry: E,
}

/// An entry of a request that AWS did not accept, although it accepted the request.
pub(crate) struct RefusedEntry {
    /// The position of the entry in the request, from 0.
    pub(crate) position: usize,
    pub(crate) code: String,
    pub(crate) message: String,
    /// Whether AWS may accept the entry later.
    pub(crate) retryable: bool,
}

/// What happens to the entries of a batch that come after an entry that failed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AfterFailure {
    /// The later entries are sent, because the entries are independent of each other.
    Continue,
    /// The later entries are not sent, because the entries have to keep their order.
    #[cfg(any(test, feature = "queue", feature = "topic"))]
    HoldBack,
}

/// Sends the entries of a batch, each a pair of its size in bytes and the entry. `send_request` sends one request and
/// returns the entries that AWS did not accept, or the error of the whole request. Returns a [`BatchError`] with the
/// entries that were not sent, if there are any.
pub(crate) async fn send_batch<E, F, Fut>(
    limits: BatchLimits,
    after_failure: AfterFailure,
    entries: Vec<(usize, E)>,
    send_request: F,
) -> Result<(), Error>
where
    E: Clone,
    F: Fn(Vec<E>) -> Fut,
    Fut: Future<Output = Result<Vec<RefusedEntry>, Error>>,
{
    let count = entries.len();
    let pending = entries.into_iter().enumerate();
    let mut pending: VecDeque<_> =
        pending.map(|(index, (bytes, entry))| PendingEntry { index, bytes, entry }).collect();
    let mut failures = Vec::new();
    while !pending.is_empty() {
        let chunk = take_chunk(limits, &mut pending);
        let outcome = send_chunk(chunk, after_failure, &send_request).await;
        let stop = outcome.request_error.is_some()
            || (after_failure != AfterFailure::Continue && !outcome.failures.is_empty());
        failures.extend(outcome.failures);
        if stop {
            let code = outcome.request_error.as_ref().map_or("HeldBack", Error::name).to_owned();
            let left = pending.drain(..).map(|it| it.index);
            failures.extend(left.map(|index| BatchFailure::held_back(index, code.clone())));
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(BatchError::new(count, failures).into()) }
}

/// Removes the first entries from `pending` and returns them: as many as one request can have, and at least one.
fn take_chunk<E>(
    limits: BatchLimits,
    pending: &mut VecDeque<PendingEntry<E>>,
) -> Vec<PendingEntry<E>> {
    let mut bytes = 0;
    let mut fitting = 0;
    for entry in pending.iter().take(limits.entries) {
        bytes += entry.bytes;
        if bytes > limits.bytes && fitting > 0 {
            break;
        }
        fitting += 1;
    }
    pending.drain(..fitting).collect()
}

/// The outcome of sending one chunk of a batch.
struct ChunkOutcome {
    failures: Vec<BatchFailure>,
    /// The error of a whole request, if a request failed. The rest of the batch is then not sent, since no further
    /// request would succeed.
    request_error: Option<Error>,
}

/// Sends one chunk of a batch, and retries its entries until all of them are sent or have failed.
async fn send_chunk<E, F, Fut>(
    mut chunk: Vec<PendingEntry<E>>,
    after_failure: AfterFailure,
    send_request: &F,
) -> ChunkOutcome
where
    E: Clone,
    F: Fn(Vec<E>) -> Fut,
    Fut: Future<Output = Result<Vec<RefusedEntry>, Error>>,
{
    let mut backoff = Backoff::default();
    let mut failures = Vec::new();
    loop {
        let entries: Vec<_> = chunk.iter().map(|it| it.entry.clone()).collect();
        let mut refused = match send_request(entries).await {
            Ok(refused) => refused,
            Err(error) => {
                let all = chunk.iter().map(|it| BatchFailure::from_error(it.index, &error));
                failures.extend(all);
                return ChunkOutcome { failures, request_error: Some(error) };
            }
        };
        // AWS does not promise an order of the refused entries. Retries keep the order of the entries.
        refused.sort_by_key(|it| it.position);
        if refused.len() < chunk.len() {
            backoff.reset();
        }
        // If order matters, an entry cannot be retried after a later entry was accepted.
        let is_refused = |position: &usize| refused.iter().any(|it| it.position == *position);
        let last_accepted = (0..chunk.len()).rev().find(|position| !is_refused(position));
        let is_late = |position| {
            after_failure != AfterFailure::Continue
                && last_accepted.is_some_and(|accepted| position < accepted)
        };
        let mut left = Vec::new();
        let mut pending: Vec<_> = chunk.into_iter().map(Some).collect();
        for RefusedEntry { position, code, message, retryable } in refused {
            let Some(entry) = pending.get_mut(position).and_then(Option::take) else { continue };
            let failure = BatchFailure::new(entry.index, code, message);
            if retryable && !is_late(position) {
                left.push((entry, failure));
            } else {
                failures.push(failure);
            }
        }
        if left.is_empty() {
            return ChunkOutcome { failures, request_error: None };
        }
        if !backoff.wait_before_retry().await {
            failures.extend(left.into_iter().map(|(_, failure)| failure));
            return ChunkOutcome { failures, request_error: None };
        }
        chunk = left.into_iter().map(|(entry, _)| entry).collect();
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::testing::block_on;

    const LIMITS: BatchLimits = BatchLimits { entries: 3, bytes: 10 };

    fn refuse(position: usize, retryable: bool) -> RefusedEntry {
        RefusedEntry { position, code: "Busy".into(), message: "later".into(), retryable }
    }

    /// Sends entries of these sizes. Returns the requests and the failures.
    fn send(
        after_failure: AfterFailure,
        sizes: &[usize],
        mut answers: Vec<Result<Vec<RefusedEntry>, Error>>,
    ) -> (Vec<Vec<usize>>, Vec<(usize, String)>) {
        answers.reverse();
        let (requests, answers) = (RefCell::new(Vec::new()), RefCell::new(answers));
        let entries = sizes.iter().copied().enumerate().map(|(index, size)| (size, index));
        let sent = block_on(send_batch(
            LIMITS,
            after_failure,
            entries.collect(),
            |entries: Vec<usize>| {
                requests.borrow_mut().push(entries);
                let answer = answers.borrow_mut().pop().unwrap_or_else(|| Ok(Vec::new()));
                async { answer }
            },
        ));
        let failures = sent.err().map_or_else(Vec::new, |error| {
            let batch_error = error.downcast_ref::<BatchError>().unwrap();
            let failures = batch_error.failures().iter();
            failures.map(|it| (it.index(), it.code().to_owned())).collect()
        });
        (requests.into_inner(), failures)
    }

    #[test]
    fn a_request_has_no_more_entries_and_bytes_than_allowed() {
        let (requests, failures) =
            send(AfterFailure::Continue, &[1, 1, 1, 1, 6, 4, 1, 20, 1], Vec::new());
        assert_eq!(requests, [vec![0, 1, 2], vec![3, 4], vec![5, 6], vec![7], vec![8]]);
        assert!(failures.is_empty());
    }

    #[test]
    fn retryable_entries_are_sent_again_in_their_order() {
        let answers = vec![Ok(vec![refuse(2, true), refuse(0, true)]), Ok(vec![refuse(1, true)])];
        let (requests, failures) = send(AfterFailure::Continue, &[1, 1, 1], answers);
        assert_eq!(requests, [vec![0, 1, 2], vec![0, 2], vec![2]]);
        assert!(failures.is_empty());
    }

    #[test]
    fn other_entries_are_not_sent_again_and_the_rest_is_sent() {
        let (requests, failures) =
            send(AfterFailure::Continue, &[1; 4], vec![Ok(vec![refuse(1, false)])]);
        assert_eq!(requests, [vec![0, 1, 2], vec![3]]);
        assert_eq!(failures, [(1, "Busy".into())]);
    }

    #[test]
    fn an_entry_that_is_never_accepted_fails_after_six_attempts() {
        let answers = (0..20).map(|_| Ok(vec![refuse(0, true)])).collect();
        let (requests, failures) = send(AfterFailure::Continue, &[1], answers);
        assert_eq!(requests.len(), 6);
        assert_eq!(failures, [(0, "Busy".into())]);
    }

    #[test]
    fn if_order_matters_nothing_is_sent_after_a_failure() {
        let (requests, failures) =
            send(AfterFailure::HoldBack, &[1; 5], vec![Ok(vec![refuse(2, false)])]);
        assert_eq!(requests, [vec![0, 1, 2]]);
        assert_eq!(failures, [(2, "Busy".into()), (3, "HeldBack".into()), (4, "HeldBack".into())]);
    }

    #[test]
    fn if_order_matters_an_entry_is_not_retried_after_a_later_one_was_accepted() {
        let answers = || vec![Ok(vec![refuse(1, true)])];
        let (requests, failures) = send(AfterFailure::HoldBack, &[1; 4], answers());
        assert_eq!(requests, [vec![0, 1, 2]]);
        assert_eq!(failures, [(1, "Busy".into()), (3, "HeldBack".into())]);
        let (requests, failures) =
            send(AfterFailure::HoldBack, &[1; 4], vec![Ok(vec![refuse(2, true)])]);
        assert_eq!(requests, [vec![0, 1, 2], vec![2], vec![3]]);
        assert!(failures.is_empty());
    }

    #[test]
    fn the_error_of_a_whole_request_fails_all_entries() {
        let denied = Err(Error::new("AccessDenied", "no"));
        let (requests, failures) = send(AfterFailure::Continue, &[1; 4], vec![denied]);
        assert_eq!(requests.len(), 1);
        assert_eq!(failures.len(), 4);
        assert!(failures.iter().all(|(_, code)| code == "AccessDenied"));
    }
}
