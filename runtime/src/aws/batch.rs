//! Many messages in as few calls as AWS allows: takes them with their sizes, calls with as many as
//! fit, and tries those again that AWS did not take and may take yet. Gives an error that lists what
//! finally failed.

use std::collections::VecDeque;

use super::backoff::Backoff;
use super::batch_error::{BatchError, BatchFailure};
use crate::Error;

/// Most of one call, and the most bytes of all it holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Most {
    pub(crate) entries: usize,
    pub(crate) bytes: usize,
}

/// A message on its way.
struct Pending<E> {
    /// Which one it was in what the caller gave.
    index: usize,
    bytes: usize,
    entry: E,
}

/// A message that a call did not take.
pub(crate) struct Refused {
    /// Which one of the call's.
    pub(crate) position: usize,
    pub(crate) code: String,
    pub(crate) message: String,
    /// Whether it may be taken the next time.
    pub(crate) again: bool,
}

/// What is sent after a message that failed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    /// All the same: each message stands for itself.
    Sent,
    /// Nothing: messages come in their order or not at all.
    #[cfg(any(test, feature = "queue", feature = "topic"))]
    Held,
}

/// Sends messages of these sizes. `call` makes one call and gives what it did not take, or the
/// error of the call as a whole.
pub(crate) async fn deliver<E, F, Fut>(
    most: Most,
    rest: Rest,
    entries: Vec<(usize, E)>,
    call: F,
) -> Result<(), Error>
where
    E: Clone,
    F: Fn(Vec<E>) -> Fut,
    Fut: Future<Output = Result<Vec<Refused>, Error>>,
{
    let count = entries.len();
    let pending = entries.into_iter().enumerate();
    let mut pending: VecDeque<_> =
        pending.map(|(index, (bytes, entry))| Pending { index, bytes, entry }).collect();
    let mut failures = Vec::new();
    while !pending.is_empty() {
        let chunk = chunk(most, &mut pending);
        let failed = one(chunk, rest, &call).await;
        let stop = failed.cause.is_some() || (rest != Rest::Sent && !failed.failures.is_empty());
        failures.extend(failed.failures);
        if stop {
            let cause = failed.cause.as_ref().map_or("HeldBack", Error::name).to_owned();
            let left = pending.drain(..).map(|it| it.index);
            failures.extend(left.map(|index| BatchFailure::held(index, cause.clone())));
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(BatchError::new(count, failures).into()) }
}

/// As many as one call takes; at least one.
fn chunk<E>(most: Most, pending: &mut VecDeque<Pending<E>>) -> Vec<Pending<E>> {
    let mut bytes = 0;
    let mut fitting = 0;
    for entry in pending.iter().take(most.entries) {
        bytes += entry.bytes;
        if bytes > most.bytes && fitting > 0 {
            break;
        }
        fitting += 1;
    }
    pending.drain(..fitting).collect()
}

/// What one chunk came to.
struct Failed {
    failures: Vec<BatchFailure>,
    /// Why there is no use in going on.
    cause: Option<Error>,
}

async fn one<E, F, Fut>(mut chunk: Vec<Pending<E>>, rest: Rest, call: &F) -> Failed
where
    E: Clone,
    F: Fn(Vec<E>) -> Fut,
    Fut: Future<Output = Result<Vec<Refused>, Error>>,
{
    let mut backoff = Backoff::default();
    let mut failures = Vec::new();
    loop {
        let entries: Vec<_> = chunk.iter().map(|it| it.entry.clone()).collect();
        let mut refused = match call(entries).await {
            Ok(refused) => refused,
            Err(error) => {
                let all = chunk.iter().map(|it| BatchFailure::of(it.index, &error));
                failures.extend(all);
                return Failed { failures, cause: Some(error) };
            }
        };
        // The order of AWS's answer is not promised; that of the messages is.
        refused.sort_by_key(|it| it.position);
        if refused.len() < chunk.len() {
            backoff.got_on();
        }
        // Sent again, it would come after those that were taken behind it.
        let is_refused = |position: &usize| refused.iter().any(|it| it.position == *position);
        let taken = (0..chunk.len()).rev().find(|position| !is_refused(position));
        let late = |position| rest != Rest::Sent && taken.is_some_and(|taken| position < taken);
        let mut left = Vec::new();
        let mut pending: Vec<_> = chunk.into_iter().map(Some).collect();
        for Refused { position, code, message, again } in refused {
            let Some(entry) = pending.get_mut(position).and_then(Option::take) else { continue };
            let failure = BatchFailure::new(entry.index, code, message);
            if again && !late(position) {
                left.push((entry, failure));
            } else {
                failures.push(failure);
            }
        }
        if left.is_empty() {
            return Failed { failures, cause: None };
        }
        if !backoff.again().await {
            failures.extend(left.into_iter().map(|(_, failure)| failure));
            return Failed { failures, cause: None };
        }
        chunk = left.into_iter().map(|(entry, _)| entry).collect();
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::testing::block_on;

    const MOST: Most = Most { entries: 3, bytes: 10 };

    fn refuse(position: usize, again: bool) -> Refused {
        Refused { position, code: "Busy".into(), message: "later".into(), again }
    }

    /// Sends messages of these sizes and gives the calls and what failed.
    fn send(
        rest: Rest,
        sizes: &[usize],
        mut answers: Vec<Result<Vec<Refused>, Error>>,
    ) -> (Vec<Vec<usize>>, Vec<(usize, String)>) {
        answers.reverse();
        let (calls, answers) = (RefCell::new(Vec::new()), RefCell::new(answers));
        let entries = sizes.iter().copied().enumerate().map(|(index, size)| (size, index));
        let sent = block_on(deliver(MOST, rest, entries.collect(), |entries: Vec<usize>| {
            calls.borrow_mut().push(entries);
            let answer = answers.borrow_mut().pop().unwrap_or_else(|| Ok(Vec::new()));
            async { answer }
        }));
        let failures = sent.err().map_or_else(Vec::new, |error| {
            let batch_error = error.downcast_ref::<BatchError>().unwrap();
            let failures = batch_error.failures().iter();
            failures.map(|it| (it.index(), it.code().to_owned())).collect()
        });
        (calls.into_inner(), failures)
    }

    #[test]
    fn a_call_holds_no_more_entries_and_no_more_bytes_than_it_may() {
        let (calls, failures) = send(Rest::Sent, &[1, 1, 1, 1, 6, 4, 1, 20, 1], Vec::new());
        assert_eq!(calls, [vec![0, 1, 2], vec![3, 4], vec![5, 6], vec![7], vec![8]]);
        assert!(failures.is_empty());
    }

    #[test]
    fn what_may_be_taken_later_is_sent_again_in_its_order() {
        let answers = vec![Ok(vec![refuse(2, true), refuse(0, true)]), Ok(vec![refuse(1, true)])];
        let (calls, failures) = send(Rest::Sent, &[1, 1, 1], answers);
        assert_eq!(calls, [vec![0, 1, 2], vec![0, 2], vec![2]]);
        assert!(failures.is_empty());
    }

    #[test]
    fn what_is_the_senders_fault_is_not_sent_again_and_the_rest_is_sent() {
        let (calls, failures) = send(Rest::Sent, &[1; 4], vec![Ok(vec![refuse(1, false)])]);
        assert_eq!(calls, [vec![0, 1, 2], vec![3]]);
        assert_eq!(failures, [(1, "Busy".into())]);
    }

    #[test]
    fn what_is_never_taken_fails_after_some_tries() {
        let answers = (0..20).map(|_| Ok(vec![refuse(0, true)])).collect();
        let (calls, failures) = send(Rest::Sent, &[1], answers);
        assert_eq!(calls.len(), 6);
        assert_eq!(failures, [(0, "Busy".into())]);
    }

    #[test]
    fn in_order_nothing_follows_a_message_that_failed() {
        let (calls, failures) = send(Rest::Held, &[1; 5], vec![Ok(vec![refuse(2, false)])]);
        assert_eq!(calls, [vec![0, 1, 2]]);
        assert_eq!(failures, [(2, "Busy".into()), (3, "HeldBack".into()), (4, "HeldBack".into())]);
    }

    #[test]
    fn in_order_nothing_is_sent_again_behind_what_came_after_it() {
        let answers = || vec![Ok(vec![refuse(1, true)])];
        let (calls, failures) = send(Rest::Held, &[1; 4], answers());
        assert_eq!(calls, [vec![0, 1, 2]]);
        assert_eq!(failures, [(1, "Busy".into()), (3, "HeldBack".into())]);
        let (calls, failures) = send(Rest::Held, &[1; 4], vec![Ok(vec![refuse(2, true)])]);
        assert_eq!(calls, [vec![0, 1, 2], vec![2], vec![3]]);
        assert!(failures.is_empty());
    }

    #[test]
    fn a_call_that_fails_as_a_whole_ends_it_all() {
        let denied = Err(Error::new("AccessDenied", "no"));
        let (calls, failures) = send(Rest::Sent, &[1; 4], vec![denied]);
        assert_eq!(calls.len(), 1);
        assert_eq!(failures.len(), 4);
        assert!(failures.iter().all(|(_, code)| code == "AccessDenied"));
    }
}
