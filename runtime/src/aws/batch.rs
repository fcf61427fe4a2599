//! Sends many entries in as few requests as AWS allows. Takes the entries with their sizes, sends as many in a
//! request as fit, and retries the entries that AWS did not accept and may accept later. Returns a [`BatchError`]
//! with the entries that AWS did not confirm.

use std::collections::{HashSet, VecDeque};

use super::backoff::Backoff;
use super::batch_error::{BatchError, BatchFailure};
use crate::Error;

/// The limits of AWS for one request of a batch: the most entries, and the most bytes of all entries together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BatchLimits {
    pub(crate) entries: usize,
    pub(crate) bytes: usize,
}

/// An entry of a batch, as the caller passes it.
pub(crate) struct BatchEntry<E> {
    /// The size of the entry, in bytes.
    pub(crate) bytes: usize,
    /// The group whose entries have to keep their order. `None` for an entry that is independent of all others.
    pub(crate) group: Option<String>,
    pub(crate) entry: E,
}

/// An entry of a batch that was not sent yet.
struct PendingEntry<E> {
    /// The position of the entry in the list that the caller passed, from 0.
    index: usize,
    bytes: usize,
    group: Option<String>,
    entry: E,
}

/// What AWS's answer to one request says about the entries of the request. An entry in neither list was not
/// confirmed, and counts as not sent.
#[derive(Default)]
pub(crate) struct ChunkResponse {
    /// The positions in the request, from 0, of the entries that AWS accepted.
    pub(crate) accepted: Vec<usize>,
    pub(crate) refused: Vec<RefusedEntry>,
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

/// Sends the entries of a batch. `send_request` sends one request and returns what AWS's answer says about its
/// entries, or the error of the whole request. After an entry that failed, the later entries of its group are not
/// sent. Returns a [`BatchError`] with the entries that were not sent, if there are any.
pub(crate) async fn send_batch<E, F, Fut>(
    limits: BatchLimits,
    entries: Vec<BatchEntry<E>>,
    send_request: F,
) -> Result<(), Error>
where
    E: Clone,
    F: Fn(Vec<E>) -> Fut,
    Fut: Future<Output = Result<ChunkResponse, Error>>,
{
    let count = entries.len();
    let mut pending: VecDeque<_> = entries
        .into_iter()
        .enumerate()
        .map(|(index, BatchEntry { bytes, group, entry })| PendingEntry {
            index,
            bytes,
            group,
            entry,
        })
        .collect();
    let mut failures = Vec::new();
    while !pending.is_empty() {
        let chunk = take_chunk(limits, &mut pending);
        let outcome = send_chunk(chunk, &send_request).await;
        failures.extend(outcome.failures);
        let (code, stop) = match &outcome.request_error {
            Some(error) => (error.name().to_owned(), true),
            None => ("HeldBack".to_owned(), false),
        };
        pending.retain(|it| {
            let held_back =
                stop || it.group.as_ref().is_some_and(|it| outcome.failed_groups.contains(it));
            if held_back {
                failures.push(BatchFailure::held_back(it.index, code.clone()));
            }
            !held_back
        });
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
#[derive(Default)]
struct ChunkOutcome {
    failures: Vec<BatchFailure>,
    /// The groups of the entries that failed.
    failed_groups: HashSet<String>,
    /// The error of a whole request, if a request failed. The rest of the batch is then not sent, since no further
    /// request would succeed.
    request_error: Option<Error>,
}

impl ChunkOutcome {
    fn add_failure(&mut self, group: Option<String>, failure: BatchFailure) {
        self.failures.push(failure);
        self.failed_groups.extend(group);
    }

    fn has_failed_group(&self, group: Option<&String>) -> bool {
        group.is_some_and(|group| self.failed_groups.contains(group))
    }
}

/// Sends one chunk of a batch, and retries its entries until all of them are sent or have failed.
async fn send_chunk<E, F, Fut>(mut chunk: Vec<PendingEntry<E>>, send_request: &F) -> ChunkOutcome
where
    E: Clone,
    F: Fn(Vec<E>) -> Fut,
    Fut: Future<Output = Result<ChunkResponse, Error>>,
{
    let mut backoff = Backoff::default();
    let mut outcome = ChunkOutcome::default();
    loop {
        let entries: Vec<_> = chunk.iter().map(|it| it.entry.clone()).collect();
        let ChunkResponse { accepted, mut refused } = match send_request(entries).await {
            Ok(response) => response,
            Err(error) => {
                for it in chunk {
                    outcome.add_failure(it.group, BatchFailure::from_error(it.index, &error));
                }
                outcome.request_error = Some(error);
                return outcome;
            }
        };
        let is_accepted = |position: usize| {
            accepted.contains(&position) && refused.iter().all(|it| it.position != position)
        };
        let accepted: Vec<_> = (0..chunk.len()).filter(|it| is_accepted(*it)).collect();
        if !accepted.is_empty() {
            backoff.reset();
        }
        // If order matters, an entry cannot be retried after a later entry of its group was accepted.
        let is_late = |position: usize, group: Option<&String>| {
            let later = accepted.iter().filter(|it| **it > position);
            group.is_some() && later.into_iter().any(|it| chunk[*it].group.as_ref() == group)
        };
        let late: Vec<_> =
            chunk.iter().enumerate().map(|(at, it)| is_late(at, it.group.as_ref())).collect();
        // The order of the entries, because AWS does not promise an order of the refused ones.
        let mut left = Vec::new();
        for ((position, entry), late) in chunk.into_iter().enumerate().zip(late) {
            if accepted.contains(&position) {
                continue;
            }
            let found = refused.iter().position(|it| it.position == position);
            let Some(found) = found.map(|found| refused.swap_remove(found)) else {
                outcome.add_failure(entry.group, BatchFailure::unconfirmed(entry.index));
                continue;
            };
            let failure = BatchFailure::new(entry.index, found.code, found.message);
            if found.retryable && !late && !outcome.has_failed_group(entry.group.as_ref()) {
                left.push((entry, failure));
            } else {
                outcome.add_failure(entry.group, failure);
            }
        }
        if left.is_empty() {
            return outcome;
        }
        if !backoff.wait_before_retry().await {
            for (entry, failure) in left {
                outcome.add_failure(entry.group, failure);
            }
            return outcome;
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

    /// Makes the answer that refuses these entries and accepts the others.
    #[expect(clippy::unnecessary_wraps, reason = "an answer may be an error")]
    fn accept_others(refused: Vec<RefusedEntry>) -> Result<ChunkResponse, Error> {
        Ok(ChunkResponse { accepted: (0..LIMITS.entries).collect(), refused })
    }

    /// Sends entries of these sizes and groups. Returns the requests and the failures.
    fn send(
        entries: &[(usize, Option<&str>)],
        mut answers: Vec<Result<ChunkResponse, Error>>,
    ) -> (Vec<Vec<usize>>, Vec<(usize, String)>) {
        answers.reverse();
        let (requests, answers) = (RefCell::new(Vec::new()), RefCell::new(answers));
        let entries = entries.iter().enumerate().map(|(entry, (bytes, group))| BatchEntry {
            bytes: *bytes,
            group: group.map(ToOwned::to_owned),
            entry,
        });
        let sent = block_on(send_batch(LIMITS, entries.collect(), |entries: Vec<usize>| {
            requests.borrow_mut().push(entries);
            let answer = answers.borrow_mut().pop().unwrap_or_else(|| accept_others(Vec::new()));
            async { answer }
        }));
        let failures = sent.err().map_or_else(Vec::new, |error| {
            let batch_error = error.downcast_ref::<BatchError>().unwrap();
            let failures = batch_error.failures().iter();
            failures.map(|it| (it.index(), it.code().to_owned())).collect()
        });
        (requests.into_inner(), failures)
    }

    /// Sends independent entries of these sizes.
    fn send_independent(
        sizes: &[usize],
        answers: Vec<Result<ChunkResponse, Error>>,
    ) -> (Vec<Vec<usize>>, Vec<(usize, String)>) {
        send(&sizes.iter().map(|size| (*size, None)).collect::<Vec<_>>(), answers)
    }

    /// Sends entries of these groups, one letter for each entry.
    fn send_groups(
        groups: &str,
        answers: Vec<Result<ChunkResponse, Error>>,
    ) -> (Vec<Vec<usize>>, Vec<(usize, String)>) {
        let groups: Vec<_> = groups.split("").filter(|it| !it.is_empty()).collect();
        send(&groups.iter().map(|group| (1, Some(*group))).collect::<Vec<_>>(), answers)
    }

    fn failed(failures: &[(usize, &str)]) -> Vec<(usize, String)> {
        failures.iter().map(|(index, code)| (*index, (*code).to_owned())).collect()
    }

    #[test]
    fn a_request_has_no_more_entries_and_bytes_than_allowed() {
        let (requests, failures) = send_independent(&[1, 1, 1, 1, 6, 4, 1, 20, 1], Vec::new());
        assert_eq!(requests, [vec![0, 1, 2], vec![3, 4], vec![5, 6], vec![7], vec![8]]);
        assert!(failures.is_empty());
    }

    #[test]
    fn retryable_entries_are_sent_again_in_their_order() {
        let answers = vec![
            accept_others(vec![refuse(2, true), refuse(0, true)]),
            accept_others(vec![refuse(1, true)]),
        ];
        let (requests, failures) = send_independent(&[1, 1, 1], answers);
        assert_eq!(requests, [vec![0, 1, 2], vec![0, 2], vec![2]]);
        assert!(failures.is_empty());
    }

    #[test]
    fn other_entries_are_not_sent_again_and_the_rest_is_sent() {
        let (requests, failures) =
            send_independent(&[1; 4], vec![accept_others(vec![refuse(1, false)])]);
        assert_eq!(requests, [vec![0, 1, 2], vec![3]]);
        assert_eq!(failures, failed(&[(1, "Busy")]));
    }

    #[test]
    fn an_entry_that_is_never_accepted_fails_after_six_attempts() {
        let answers = (0..20).map(|_| accept_others(vec![refuse(0, true)])).collect();
        let (requests, failures) = send_independent(&[1], answers);
        assert_eq!(requests.len(), 6);
        assert_eq!(failures, failed(&[(0, "Busy")]));
    }

    #[test]
    fn an_entry_that_the_answer_does_not_name_counts_as_not_sent() {
        let unknown = ChunkResponse { accepted: vec![0, 9], refused: vec![refuse(7, true)] };
        let (requests, failures) = send_independent(&[1; 4], vec![Ok(unknown)]);
        assert_eq!(requests, [vec![0, 1, 2], vec![3]]);
        assert_eq!(failures, failed(&[(1, "Unconfirmed"), (2, "Unconfirmed")]));
        let (_, failures) = send_independent(&[1; 2], vec![Ok(ChunkResponse::default())]);
        assert_eq!(failures, failed(&[(0, "Unconfirmed"), (1, "Unconfirmed")]));
    }

    #[test]
    fn an_entry_that_the_answer_names_as_sent_and_as_refused_counts_as_refused() {
        let both = ChunkResponse { accepted: vec![0], refused: vec![refuse(0, false)] };
        assert_eq!(send_independent(&[1], vec![Ok(both)]).1, failed(&[(0, "Busy")]));
    }

    #[test]
    fn nothing_of_a_group_is_sent_after_a_failure() {
        let (requests, failures) =
            send_groups("aaaaa", vec![accept_others(vec![refuse(2, false)])]);
        assert_eq!(requests, [vec![0, 1, 2]]);
        assert_eq!(failures, failed(&[(2, "Busy"), (3, "HeldBack"), (4, "HeldBack")]));
        let unconfirmed = ChunkResponse { accepted: vec![0, 2], refused: Vec::new() };
        let (requests, failures) = send_groups("aaaa", vec![Ok(unconfirmed)]);
        assert_eq!(requests, [vec![0, 1, 2]]);
        assert_eq!(failures, failed(&[(1, "Unconfirmed"), (3, "HeldBack")]));
    }

    #[test]
    fn the_failure_of_a_group_does_not_hold_back_other_groups() {
        let (requests, failures) =
            send_groups("abcabcab", vec![accept_others(vec![refuse(1, false)])]);
        assert_eq!(requests, [vec![0, 1, 2], vec![3, 5, 6]]);
        assert_eq!(failures, failed(&[(1, "Busy"), (4, "HeldBack"), (7, "HeldBack")]));
    }

    #[test]
    fn an_entry_is_not_retried_after_a_later_one_of_its_group_was_accepted() {
        let answers = || vec![accept_others(vec![refuse(1, true)])];
        let (requests, failures) = send_groups("aaaa", answers());
        assert_eq!(requests, [vec![0, 1, 2]]);
        assert_eq!(failures, failed(&[(1, "Busy"), (3, "HeldBack")]));
        let (requests, failures) = send_groups("abab", answers());
        assert_eq!(requests, [vec![0, 1, 2], vec![1], vec![3]]);
        assert!(failures.is_empty());
    }

    #[test]
    fn an_entry_is_not_retried_after_an_earlier_one_of_its_group_failed() {
        let answers = vec![accept_others(vec![refuse(0, false), refuse(1, true), refuse(2, true)])];
        let (requests, failures) = send_groups("aab", answers);
        assert_eq!(requests, [vec![0, 1, 2], vec![2]]);
        assert_eq!(failures, failed(&[(0, "Busy"), (1, "Busy")]));
    }

    #[test]
    fn the_error_of_a_whole_request_fails_all_entries() {
        let denied = Err(Error::new("AccessDenied", "no"));
        let (requests, failures) = send_independent(&[1; 4], vec![denied]);
        assert_eq!(requests.len(), 1);
        assert_eq!(failures.len(), 4);
        assert!(failures.iter().all(|(_, code)| code == "AccessDenied"));
    }
}
