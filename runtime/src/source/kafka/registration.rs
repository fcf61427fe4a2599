//! The part of the source `kafka` that exists whether its feature is on or not: the marker, the registry entry, and
//! the check of the types that it delivers.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// A topic of a self-managed Kafka cluster: `trigger = kafka`. Mirrors the SAM event `SelfManagedKafka`.
pub enum Kafka {}

/// The registry entry of the source `kafka`.
pub const SOURCE: SourceEntry = SourceEntry { name: "kafka", trigger: "pubsub" };

/// An event that `kafka` delivers. The macro requires this trait and not `TriggeredBy<Kafka>`, so that the
/// compiler's message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `kafka` delivers",
    label = "not an event of `kafka`",
    note = "`kafka` delivers `skylift::event::KafkaEvent`, the whole batch, and \
            `skylift::event::KafkaEventRecord` or `skylift::event::KafkaRecord<T>`, one record at a time",
    note = "help: a type of your own goes inside: `KafkaRecord<Order>`; an enum of the events of several sources has `#[derive(Event)]`"
)]
#[cfg_attr(
    not(feature = "kafka"),
    diagnostic::on_unimplemented(
        note = "help: these events need the feature `kafka` of `skylift`"
    )
)]
pub trait DeliveredByKafka: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<Kafka>> DeliveredByKafka for E {}

/// Returns the deliverer by which a self-managed Kafka cluster delivers an `E`.
#[must_use]
pub fn kafka<E: DeliveredByKafka>() -> Deliverer<E> {
    Deliverer::for_event()
}
