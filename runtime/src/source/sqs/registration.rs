//! What `sqs` delivers, whether or not its feature is on, and its value for the registry.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event::{Event, TriggeredBy};

/// An SQS queue: `trigger = sqs`. Mirrors the SAM event `SQS`.
pub enum Sqs {}

/// As registrations of functions have it.
pub const SOURCE: SourceEntry = SourceEntry { name: "sqs", trigger: "pubsub" };

/// What `sqs` delivers; the macro asks for it to have the right message.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `sqs` delivers",
    label = "not an event of `sqs`",
    note = "`sqs` delivers `skylift::event::SqsEvent`, the whole batch, and \
            `skylift::event::SqsMessage` or `skylift::event::Message<T>`, one message at a time"
)]
#[cfg_attr(
    not(feature = "sqs"),
    diagnostic::on_unimplemented(note = "help: these events need the feature `sqs` of `skylift`")
)]
pub trait DeliveredBySqs: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<Sqs>> DeliveredBySqs for E {}

/// How SQS delivers `E`.
#[must_use]
pub fn sqs<E: DeliveredBySqs>() -> Deliverer<E> {
    Deliverer::for_event()
}
