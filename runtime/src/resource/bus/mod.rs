//! `bus`: an event bus of `EventBridge`, and the typed client that publishes to it.

#[cfg(feature = "bus")]
mod client;
#[cfg(all(test, feature = "bus"))]
mod grants;
#[cfg(all(test, feature = "bus"))]
mod tests;

#[cfg(feature = "bus")]
pub use client::BusClient;

use crate::resource::define_kind::define_kind;
use crate::resource::kinds::{Resource, kind};
use crate::resource::markers::Messages;

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

define_kind! {
    Bus, "event bus", feature bus = "bus", sdk aws_sdk_eventbridge,
    Publisher = BusClient<R>,
}
