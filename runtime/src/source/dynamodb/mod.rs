//! The DynamoDB source: takes a batch of changes to a table's items and gives it to the handler as a
//! whole. The answer may name those that failed: Lambda goes on from the first of them.

#[cfg(feature = "dynamodb")]
mod deliver;

use crate::source::{Deliverer, DynamoDb, Event, TriggeredBy};

/// What `dynamodb` delivers; the macro asks for it to have the right message.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `dynamodb` delivers",
    label = "not an event of `dynamodb`",
    note = "`dynamodb` delivers `skylift::event::DynamoDbEvent`, the whole batch"
)]
#[cfg_attr(
    not(feature = "dynamodb"),
    diagnostic::on_unimplemented(
        note = "help: these events need the feature `dynamodb` of `skylift`"
    )
)]
pub trait DeliveredByDynamoDb: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<DynamoDb>> DeliveredByDynamoDb for E {}

/// How a table's stream delivers `E`.
#[must_use]
pub fn dynamodb<E: DeliveredByDynamoDb>() -> Deliverer<E> {
    Deliverer::of_event()
}
