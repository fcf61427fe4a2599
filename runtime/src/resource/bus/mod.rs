//! `bus`: an event bus of `EventBridge`, and the typed client that publishes to it.

#[cfg(feature = "bus")]
mod publisher;
#[cfg(all(test, feature = "bus"))]
mod tests;

#[cfg(feature = "bus")]
pub use publisher::BusPublisher;

use crate::resource::{Messages, Resource, kind, kinds};
#[cfg(feature = "bus")]
use crate::{
    Error,
    aws::{self, Named},
};

/// An event bus: `#[resource(bus)]`. Mirrors `AWS::Events::EventBus`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event bus",
    label = "an event bus is expected here",
    note = "help: put `#[resource(bus)]` on `{Self}`"
)]
pub trait Bus: Resource<Kind = kind::Bus> {
    /// What the details of its events are.
    type Message: Messages;

    /// The `source` of its events where a call names none: the package's name.
    const SOURCE: &'static str;
}

#[cfg(feature = "bus")]
async fn connect(name: String) -> Result<Named<aws_sdk_eventbridge::Client>, Error> {
    Ok(Named { client: aws::once!(aws_sdk_eventbridge)?, name: name.into() })
}

kinds::declare! {
    Bus, "event bus", feature bus = "bus",
    Named<aws_sdk_eventbridge::Client> = connect,
    Publisher = BusPublisher<R>,
}
