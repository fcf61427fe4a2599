//! `resume`: work that takes longer than one invocation may. What is left of it goes into a queue of the
//! function's own, which invokes the function anew; this says what that queue is, and what is granted.

use std::ops::RangeInclusive;

use serde::Serialize;

use crate::aws::iam::ApiCall;
use crate::aws::mapping::EventSourceMapping;
use crate::aws::value::ResourceReference;
use crate::resource::queue::{MaxReceiveCount, Queue};
use crate::source::Trigger;
use crate::source::sqs::{QueueBatchSize, Sqs};

/// What stands behind the function's id in that of its queue.
pub const QUEUE_SUFFIX: &str = "Resume";

/// What the runtime calls to hand work over, beside what the mapping of the queue does.
pub const SEND_CALL: ApiCall = ApiCall::new("SendMessage", "sqs:SendMessage");

/// How often work can be handed over: the limit is ours, so that no mistake goes on for ever.
const HOPS: RangeInclusive<u32> = 1..=100_000;

/// How often work is handed over at the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Hops(u32);

impl Hops {
    /// What holds where nothing is said: a day of the longest invocations.
    pub const DEFAULT: Self = Self(100);

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u64> for Hops {
    type Error = String;

    fn try_from(hops: u64) -> Result<Self, String> {
        let number = u32::try_from(hops).ok().filter(|hops| HOPS.contains(hops));
        number.map(Self).ok_or_else(|| {
            let (least, most) = (HOPS.start(), HOPS.end());
            format!("{hops} hops are out of range: `resume` takes {least} to {most}")
        })
    }
}

/// How a function resumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Resume {
    /// How often its work is handed over at the most.
    pub hops: Hops,
    /// How often one hand-over is received before it goes to the dead-letter queue.
    pub max_receives: MaxReceiveCount,
}

impl Resume {
    /// The queue that work is handed over by: a hand-over that was sent twice is one message, or at least
    /// one after the other.
    #[must_use]
    pub fn queue(&self) -> Queue {
        let max_receives = self.max_receives;
        Queue { fifo: true, high_throughput: true, max_receives, ..Queue::default() }
    }
}

/// The trigger that the queue of this identifier is to its function: one hand-over an invocation, which
/// may take all of its time.
#[must_use]
pub fn queue_trigger(ident: String) -> Sqs {
    Sqs {
        queue: ResourceReference::Declared(ident),
        batch_size: Some(QueueBatchSize::ONE),
        max_concurrency: None,
        batch_concurrency: None,
        mapping: EventSourceMapping::default(),
    }
}

/// Whether events invoke a function with these triggers for which nobody waits, and which Lambda drops
/// when it has tried them three times.
#[must_use]
pub fn has_asynchronous_trigger(triggers: &[Trigger]) -> bool {
    triggers.iter().any(Trigger::invokes_asynchronously)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hops_have_both_ends() {
        let text = "0 hops are out of range: `resume` takes 1 to 100000";
        assert_eq!(Hops::try_from(0).unwrap_err(), text);
        assert_eq!(Hops::try_from(1).unwrap().get(), 1);
        assert_eq!(Hops::try_from(100_000).unwrap().get(), 100_000);
        assert!(Hops::try_from(100_001).is_err());
        assert!(Hops::try_from(u64::MAX).is_err());
        assert_eq!(Hops::try_from(u64::from(Hops::DEFAULT.get())), Ok(Hops::DEFAULT));
    }
}
