//! The key `resume` of a function, for work that takes longer than one invocation can. An invocation sends the
//! remaining work to a queue that belongs to the function, and the queue invokes the function again. This
//! module has the settings, the queue, its trigger, and the API call that the runtime makes.
// See decision 0059.

use serde::Serialize;

use crate::aws::iam::ApiCall;
use crate::aws::limits;
use crate::aws::mapping::EventSourceMapping;
use crate::aws::value::ResourceReference;
use crate::messages::values;
use crate::resource::queue::{MaxReceiveCount, Queue};
use crate::source::Trigger;
use crate::source::sqs::{QueueBatchSize, Sqs};

/// The suffix that turns the logical id of a function that resumes into the logical id of its queue.
pub const QUEUE_SUFFIX: &str = "Resume";

/// The API call with which the runtime hands over the remaining work to the queue. The event source mapping of
/// the queue makes further calls.
pub const SEND_CALL: ApiCall = ApiCall::new("SendMessage", "sqs:SendMessage");

/// The maximum number of times that a function hands over its remaining work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Hops(u32);

impl Hops {
    /// The default number of hops, which is enough for a day of the longest invocations.
    pub const DEFAULT: Self = Self(limits::DEFAULT_RESUME_HOPS);

    /// Returns the number of hops.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u64> for Hops {
    type Error = String;

    fn try_from(hops: u64) -> Result<Self, String> {
        let number = u32::try_from(hops).ok().filter(|hops| limits::RESUME_HOPS.contains(hops));
        number.map(Self).ok_or_else(|| values::hops_out_of_range(hops))
    }
}

/// The settings of a function that resumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Resume {
    /// The maximum number of times that the function hands over its remaining work.
    pub hops: Hops,
    /// How often a message with handed-over work is received before it goes to the dead-letter queue.
    pub max_receives: MaxReceiveCount,
}

impl Resume {
    /// Returns the queue to which the function sends its remaining work. The queue is FIFO: work that was sent
    /// twice is one message, or at least its two messages are processed one after the other.
    #[must_use]
    pub fn queue(&self) -> Queue {
        let max_receives = self.max_receives;
        Queue { fifo: true, high_throughput: true, max_receives, ..Queue::default() }
    }
}

/// Returns the trigger through which the queue with the identifier `ident` invokes the function again. Each
/// invocation gets the work of one message, which can use all of the invocation's time.
#[must_use]
pub fn queue_trigger(ident: String) -> Sqs {
    Sqs {
        queue: ResourceReference::Declared(ident),
        batch_size: Some(QueueBatchSize::ONE),
        max_concurrency: None,
        batch_concurrency: None,
        shared: false,
        mapping: EventSourceMapping::default(),
    }
}

/// Returns whether one of these triggers invokes its function asynchronously: no caller waits for the result,
/// and Lambda drops an event after three attempts.
#[must_use]
pub fn has_asynchronous_trigger(triggers: &[Trigger]) -> bool {
    triggers.iter().any(Trigger::invokes_asynchronously)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_the_range_of_hops_are_accepted() {
        let text = "0 hops are out of range: `resume` takes 1 to 100000";
        assert_eq!(Hops::try_from(0).unwrap_err(), text);
        assert_eq!(Hops::try_from(1).unwrap().get(), 1);
        assert_eq!(Hops::try_from(100_000).unwrap().get(), 100_000);
        assert!(Hops::try_from(100_001).is_err());
        assert!(Hops::try_from(u64::MAX).is_err());
        assert_eq!(Hops::try_from(u64::from(Hops::DEFAULT.get())), Ok(Hops::DEFAULT));
    }
}
