//! Messages about the reserved concurrency of a function, which limits what invokes the function at the same time.

use crate::message::Message;

/// Reports that `keep_warm(…)` has more instances than the function's reserved concurrency.
pub(crate) fn more_instances_than_reserved(instances: u32, reserved: u32) -> Message {
    Message::new(format!(
        "{instances} instances kept warm are more than the reserved concurrency of {reserved}"
    ))
    .with_help("Lambda would throttle the pings, and requests beside them: keep fewer warm, or reserve more")
}

/// Reports that the provisioned concurrency of a function is more than its reserved concurrency.
pub(crate) fn more_provisioned_than_reserved(provisioned: u32, reserved: u32) -> Message {
    Message::new(format!(
        "provisioned concurrency of {provisioned} is more than the reserved concurrency of {reserved}"
    ))
    .with_help(format!("lower it, or write `reserved_concurrency = {provisioned}` or more"))
}

/// Reports that the maximum concurrency of a function's queues is more than its reserved concurrency. `sum` is the
/// maximum concurrency of all `count` triggers together.
pub(crate) fn more_polled_than_reserved(sum: u32, reserved: u32, count: usize) -> Message {
    let together = if count > 1 { " of all triggers together" } else { "" };
    Message::new(format!(
        "maximum concurrency of {sum}{together} is more than the reserved concurrency of {reserved}: Lambda would throttle the messages above it"
    ))
    .with_help(format!("lower it or leave it out, or write `reserved_concurrency = {sum}` or more"))
}
