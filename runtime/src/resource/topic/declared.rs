//! What `#[resource]` declares of a topic: its trait.

use crate::resource::kinds::{Resource, kind};
use crate::resource::markers::{DeliveryOrder, Messages};

/// A topic: `#[resource(topic)]`. Mirrors `AWS::SNS::Topic`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a topic",
    label = "a topic is expected here",
    note = "help: put `#[resource(topic)]` on `{Self}`"
)]
pub trait Topic: Resource<Kind = kind::Topic> {
    /// What its messages are.
    type Message: Messages;

    /// In which order it delivers them.
    type Order: DeliveryOrder;
}
