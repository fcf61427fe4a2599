//! The part of the source `sqs` that exists whether its feature is on or not: the marker, the registry entry,
//! and the check of the types that it delivers.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// An SQS queue: `trigger = sqs`. Mirrors the SAM event `SQS`.
pub enum Sqs {}

/// The registry entry of the source `sqs`.
pub const SOURCE: SourceEntry = SourceEntry { name: "sqs", trigger: "pubsub" };

/// An event that `sqs` delivers. The macro requires this trait and not `TriggeredBy<Sqs>`, so that the
/// compiler's message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `sqs` delivers",
    label = "not an event of `sqs`",
    note = "`sqs` delivers `skylift::event::SqsEvent`, the whole batch, and \
            `skylift::event::SqsMessage` or `skylift::event::Message<T>`, one message at a time",
    note = "help: a type of your own goes inside: `Message<Job>`; an enum of the events of several sources has `#[derive(Event)]`"
)]
#[cfg_attr(
    not(feature = "sqs"),
    diagnostic::on_unimplemented(note = "help: these events need the feature `sqs` of `skylift`")
)]
pub trait DeliveredBySqs: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<Sqs>> DeliveredBySqs for E {}

/// Returns the deliverer by which SQS delivers an `E`.
#[must_use]
pub fn sqs<E: DeliveredBySqs>() -> Deliverer<E> {
    Deliverer::for_event()
}
