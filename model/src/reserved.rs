//! The reserved concurrency of a function, compared with what invokes the function at the same time. Each comparison returns
//! `None` if the reserved concurrency is enough.

use crate::message::Message;
use crate::messages::concurrency as messages;

/// Compares the maximum concurrency of a function's queues with the reserved concurrency. `sum` is that of all `count`
/// triggers together.
#[must_use]
pub fn check_polled(sum: u32, reserved: u32, count: usize) -> Option<Message> {
    (sum > reserved).then(|| messages::more_polled_than_reserved(sum, reserved, count))
}

/// Compares the greatest provisioned concurrency of a function with the reserved concurrency.
#[must_use]
pub fn check_provisioned(provisioned: u32, reserved: u32) -> Option<Message> {
    (provisioned > reserved)
        .then(|| messages::more_provisioned_than_reserved(provisioned, reserved))
}

/// Compares the number of pings at the same time with the reserved concurrency.
#[must_use]
pub fn check_instances(instances: u32, reserved: u32) -> Option<Message> {
    (instances > reserved).then(|| messages::more_instances_than_reserved(instances, reserved))
}
