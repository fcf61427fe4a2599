//! `bus`: an event bus of `EventBridge`, and the typed client that publishes to it.

#[cfg(feature = "bus")]
mod client;
#[cfg(all(test, feature = "bus"))]
mod grants;
#[cfg(all(test, feature = "bus"))]
mod tests;

use std::marker::PhantomData;

#[cfg(feature = "bus")]
pub use client::BusClient;

use crate::resource::define_kind::define_kind;
use crate::resource::kinds::{Resource, kind};
use crate::resource::markers::Messages;
use crate::resource::trigger_event::Accepts;

/// An event bus that the application declares with `#[resource(bus)]`. Mirrors `AWS::Events::EventBus`.
///
/// The capability of an event bus is [`Publisher`](crate::Publisher). `#[resource]` implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event bus",
    label = "an event bus is expected here",
    note = "help: put `#[resource(bus)]` on `{Self}`"
)]
pub trait Bus: Resource<Kind = kind::Bus> {
    /// The marker of the type of the details of the events on the bus.
    type Message: Messages;

    /// The `source` of the events that the client publishes: `source = …` of the bus, or the name of the package.
    const SOURCE: &'static str;
}

/// An event type that accepts events whose details have the type `M` from a bus.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take the events of this bus",
    label = "the bus carries other events",
    note = "`message = …` in the bus's `#[resource(bus(…))]` says what its publishers send: \
            the consumer takes an `EventBridgeEvent` of that type",
    note = "an enum with `#[derive(Event)]` accepts what its event of `event` accepts"
)]
pub trait AcceptsEvents<M> {}

#[diagnostic::do_not_recommend]
impl<M, E: Accepts<kind::Bus, M>> AcceptsEvents<M> for E {}

/// Asserts at compile time that the event type `E` of a handler accepts the events of the bus `B`.
pub const fn accepts_from_bus<E: AcceptsEvents<B::Message>, B: Bus>(
    _: PhantomData<B>,
    _: PhantomData<E>,
) {
}

define_kind! {
    Bus, "event bus", feature bus = "bus", sdk aws_sdk_eventbridge,
    Publisher = BusClient<R>,
}
