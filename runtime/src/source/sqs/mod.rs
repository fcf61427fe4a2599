//! The SQS source: takes a batch of messages and gives it whole, or one message at a time, raw or
//! with its JSON body decoded. One at a time, it answers which messages failed.

#[cfg(feature = "sqs")]
mod deliver;
#[cfg(feature = "sqs")]
mod envelope;
#[cfg(feature = "sqs")]
mod message;
#[cfg(feature = "sqs")]
#[cfg(test)]
mod tests;

#[cfg(feature = "sqs")]
pub use message::Message;

use crate::source::{Deliverer, Event, Sqs, TriggeredBy};

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
    Deliverer::of_event()
}
