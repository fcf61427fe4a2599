//! The source `dynamodb`, whether its feature is on or not: its marker, its registry entry, and the check of
//! its events.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event::{Event, TriggeredBy};

/// The stream of a `DynamoDB` table: `trigger = dynamodb(table = …)`. Mirrors the SAM event `DynamoDB`.
pub enum DynamoDb {}

/// The entry for the registry.
pub const SOURCE: SourceEntry = SourceEntry { name: "dynamodb", trigger: "datasource" };

/// An event that `dynamodb` delivers. The macro requires it, for a message that fits.
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

/// Returns how a table's stream delivers `E`.
#[must_use]
pub fn dynamodb<E: DeliveredByDynamoDb>() -> Deliverer<E> {
    Deliverer::for_event()
}
