//! Records in groups: the records of one group are handled one after another, up to the first that fails, and
//! several groups are handled at the same time, up to a limit. Takes the groups and a function that handles a
//! record, and returns the records that were not finished.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;

/// The groups of a batch's records. The records of one group have to stay in order. A record is identified by
/// its index in the batch.
pub(crate) struct RecordGroups {
    /// The indexes of all records. The records of one group are next to each other.
    records: Vec<usize>,
    /// The position in `records` at which each group ends.
    ends: Vec<usize>,
}

/// The reason why a record of a batch was not finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfinished {
    /// The handler was called with the record, and the call failed.
    Failed,
    /// There was no time left to start the call for the record.
    NoTimeLeft,
    /// The call for the record was not started, because a record before it in its group failed.
    GroupStopped,
}

impl RecordGroups {
    /// Groups the records by their keys. `groups` has the key of each record, in the order of the batch. The
    /// groups are in the order of their first records; a record without a key is a group of its own.
    pub(crate) fn new<G: Eq + Hash>(groups: impl IntoIterator<Item = Option<G>>) -> Self {
        let mut numbers = HashMap::new();
        let mut count = 0;
        let mut new = || {
            count += 1;
            count - 1
        };
        let groups: Vec<usize> = groups
            .into_iter()
            .map(|group| match group {
                Some(group) => *numbers.entry(group).or_insert_with(&mut new),
                None => new(),
            })
            .collect();
        let mut records: Vec<_> = (0..groups.len()).collect();
        if !numbers.is_empty() {
            // A stable sort keeps the order of the batch within a group.
            records.sort_by_key(|&record| groups[record]);
        }
        let last = |place: &usize| {
            let next = records.get(place + 1);
            next.is_none_or(|&next| groups[next] != groups[records[*place]])
        };
        let ends = (0..records.len()).filter(last).map(|place| place + 1).collect();
        Self { records, ends }
    }

    /// Returns the records of a group, or `None` after the last group.
    fn get(&self, group: usize) -> Option<&[usize]> {
        let end = *self.ends.get(group)?;
        let start = group.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.records.get(start.unwrap_or(0)..end)
    }

    /// Handles all groups, and returns the records that were not finished, each with the reason, in the order
    /// of the batch. `attempt` handles one record and returns the reason if it was not finished. It must not
    /// panic.
    ///
    /// All calls run in one task: while one handler waits, the others run, but while one handler computes, no
    /// other runs. Each of the `bound` workers takes the next free group, so that records start in about the order
    /// of the batch, and only running groups have a future.
    pub(crate) async fn run<F: Future<Output = Result<(), Unfinished>>>(
        &self,
        bound: usize,
        attempt: impl Fn(usize) -> F,
    ) -> Vec<(usize, Unfinished)> {
        let next = AtomicUsize::new(0);
        let worker = || async {
            let mut unfinished = Vec::new();
            while let Some(group) = self.get(next.fetch_add(1, Ordering::Relaxed)) {
                let mut group = group.iter().copied();
                while let Some(record) = group.next() {
                    let Err(why) = attempt(record).await else { continue };
                    unfinished.push((record, why));
                    let rest = match why {
                        Unfinished::NoTimeLeft => Unfinished::NoTimeLeft,
                        Unfinished::Failed | Unfinished::GroupStopped => Unfinished::GroupStopped,
                    };
                    unfinished.extend(group.by_ref().map(|record| (record, rest)));
                }
            }
            unfinished
        };
        let count = bound.clamp(1, self.ends.len().max(1));
        let workers: FuturesUnordered<_> = (0..count).map(|_| worker()).collect();
        let mut unfinished: Vec<_> = workers.concat().await;
        unfinished.sort_unstable_by_key(|(record, _)| *record);
        unfinished
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Mutex;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::testing::block_on;

    /// How a record behaves when it is handled.
    #[derive(Clone, Debug)]
    struct Record {
        group: Option<u8>,
        outcome: Result<(), Unfinished>,
        /// How often it yields.
        waits: u32,
    }

    fn record() -> impl Strategy<Value = Record> {
        let group = proptest::option::of(0..4_u8);
        let outcome = prop_oneof![
            8 => Just(Ok(())), 1 => Just(Err(Unfinished::Failed)), 1 => Just(Err(Unfinished::NoTimeLeft)),
        ];
        (group, outcome, 0..4_u32).prop_map(|(group, outcome, waits)| Record {
            group,
            outcome,
            waits,
        })
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Step {
        Begun(usize),
        Ended(usize),
    }

    fn run(records: &[Record], bound: usize) -> (Vec<Step>, Vec<(usize, Unfinished)>) {
        let steps = Mutex::new(Vec::new());
        let note = |step| steps.lock().unwrap().push(step);
        let attempt = async |index: usize| {
            note(Step::Begun(index));
            for _ in 0..records[index].waits {
                tokio::task::yield_now().await;
            }
            note(Step::Ended(index));
            records[index].outcome
        };
        let groups = RecordGroups::new(records.iter().map(|record| record.group));
        let unfinished = block_on(groups.run(bound, attempt));
        (steps.into_inner().unwrap(), unfinished)
    }

    proptest! {
        #[test]
        fn every_record_is_finished_or_reported_once_in_the_order_of_the_batch(
            records in vec(record(), 0..40), bound in 1..12_usize,
        ) {
            let (steps, unfinished) = run(&records, bound);
            prop_assert!(unfinished.is_sorted_by(|(one, _), (other, _)| one < other));
            for (index, record) in records.iter().enumerate() {
                let count = |step| steps.iter().filter(|it| **it == step).count();
                let tried = count(Step::Begun(index));
                prop_assert!(tried <= 1);
                prop_assert_eq!(tried, count(Step::Ended(index)));
                let reported = unfinished.iter().find(|(it, _)| *it == index).map(|(_, why)| *why);
                let first = || {
                    let mut group = records.iter().filter(|it| it.group == record.group);
                    group.find_map(|it| it.outcome.err())
                };
                let expected = match (tried, first()) {
                    (0, Some(Unfinished::NoTimeLeft)) => Some(Unfinished::NoTimeLeft),
                    (0, _) => Some(Unfinished::GroupStopped),
                    _ => record.outcome.err(),
                };
                prop_assert_eq!(reported, expected);
            }
        }

        #[test]
        fn the_records_of_a_group_are_handled_in_order_up_to_the_first_failure(
            records in vec(record(), 0..40), bound in 1..12_usize,
        ) {
            let (steps, _) = run(&records, bound);
            let mut groups: HashMap<u8, Vec<usize>> = HashMap::new();
            for (index, group) in records.iter().enumerate().filter_map(|(n, it)| Some((n, it.group?))) {
                groups.entry(group).or_default().push(index);
            }
            for group in groups.values() {
                let end = group.iter().position(|&index| records[index].outcome.is_err());
                let tried = &group[..end.map_or(group.len(), |first| first + 1)];
                let expected: Vec<_> =
                    tried.iter().flat_map(|&it| [Step::Begun(it), Step::Ended(it)]).collect();
                let is_of = |step: &&Step| match step {
                    Step::Begun(index) | Step::Ended(index) => group.contains(index),
                };
                let steps: Vec<_> = steps.iter().filter(is_of).copied().collect();
                prop_assert_eq!(steps, expected);
            }
        }

        #[test]
        fn as_many_groups_run_at_once_as_the_bound_allows_and_never_more(
            records in vec(record(), 0..40), bound in 1..12_usize,
        ) {
            let records: Vec<_> = records.into_iter().map(|it| Record { waits: it.waits + 1, ..it }).collect();
            let (steps, _) = run(&records, bound);
            let (mut now, mut most) = (0, 0);
            for step in steps {
                match step {
                    Step::Begun(_) => now += 1,
                    Step::Ended(_) => now -= 1,
                }
                most = most.max(now);
            }
            let groups = RecordGroups::new(records.iter().map(|record| record.group)).ends.len();
            prop_assert_eq!(most, bound.min(groups));
        }
    }
}
