//! The part of the source `dynamodb` that exists whether its feature is on or not: the marker, the registry
//! entry, and the check of the types that it delivers.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// The stream of a `DynamoDB` table: `trigger = dynamodb(table = …)`. Mirrors the SAM event `DynamoDB`.
pub enum DynamoDb {}

/// The registry entry of the source `dynamodb`.
pub const SOURCE: SourceEntry = SourceEntry { name: "dynamodb", trigger: "datasource" };

/// An event that `dynamodb` delivers. The macro requires this trait and not `TriggeredBy<DynamoDb>`, so that
/// the compiler's message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `dynamodb` delivers",
    label = "not an event of `dynamodb`",
    note = "`dynamodb` delivers `skylift::event::DynamoDbEvent`, the whole batch, \
            `skylift::event::DynamoDbEventRecord` or `skylift::event::Change<T>`, one change at a time, and \
            `skylift::event::Window<S, …>`, a tumbling window of them, where `S` implements `Fold` for them",
    note = "help: a type of your own goes inside: `Change<Job>`; an enum of the events of several sources has `#[derive(Event)]`"
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

/// Returns the deliverer by which a table's stream delivers an `E`.
#[must_use]
pub fn dynamodb<E: DeliveredByDynamoDb>() -> Deliverer<E> {
    Deliverer::for_event()
}
