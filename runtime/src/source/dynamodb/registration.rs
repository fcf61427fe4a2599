//! What `dynamodb` delivers, whether or not its feature is on, and its value for the registry.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event::{Event, TriggeredBy};

/// The stream of a `DynamoDB` table: `trigger = dynamodb(table = …)`. Mirrors the SAM event `DynamoDB`.
pub enum DynamoDb {}

/// As registrations of functions have it.
pub const SOURCE: SourceEntry = SourceEntry { name: "dynamodb", trigger: "datasource" };

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
    Deliverer::for_event()
}
