//! The `DynamoDB` source: takes a batch of changes to a table's items and gives it whole, or one change
//! after another, raw or with its items decoded. One at a time, it answers which one failed, and Lambda
//! goes on from there.

#[cfg(feature = "dynamodb")]
mod change;
#[cfg(feature = "dynamodb")]
mod deliver;
#[cfg(feature = "dynamodb")]
mod image;
#[cfg(feature = "dynamodb")]
mod record;
#[cfg(feature = "dynamodb")]
#[cfg(test)]
mod tests;

#[cfg(feature = "dynamodb")]
pub(crate) use image::{Image, Part, Whole};
#[cfg(feature = "dynamodb")]
pub use {
    change::{Change, Changed},
    image::Keys,
};

use crate::source::{Deliverer, DynamoDb, Event, TriggeredBy};

/// What `dynamodb` delivers; the macro asks for it to have the right message.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `dynamodb` delivers",
    label = "not an event of `dynamodb`",
    note = "`dynamodb` delivers `skylift::event::DynamoDbEvent`, the whole batch, \
            `skylift::event::DynamoDbEventRecord` or `skylift::event::Change<T>`, one change at a time, and \
            `skylift::event::Window<S, …>`, a tumbling window of them, where `S` implements `Fold` for them"
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
