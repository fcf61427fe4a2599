//! What `#[resource]` declares of an event bus: its trait.

use crate::resource::kinds::{Resource, kind};
use crate::resource::markers::Messages;

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
