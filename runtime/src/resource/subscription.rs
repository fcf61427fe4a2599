//! Checks that a resource carries the messages that it gets from another one by a subscription. The macro writes the
//! assertions.

use super::markers::{Typed, Untyped};

/// The marker of a resource that gets messages with the marker `M`: both name the same type, or one of them names none.
#[diagnostic::on_unimplemented(
    message = "the messages that come from this resource have another type",
    label = "carries other messages than the resource that is subscribed to it",
    note = "`message = …` in both `#[resource(…)]` has to name the same type",
    note = "help: name the type of the publisher, or leave `message` out in one of them"
)]
pub trait CarriesMessages<M> {}

#[diagnostic::do_not_recommend]
impl<T> CarriesMessages<Typed<T>> for Typed<T> {}
#[diagnostic::do_not_recommend]
impl<T> CarriesMessages<Untyped> for Typed<T> {}
#[diagnostic::do_not_recommend]
impl<M> CarriesMessages<M> for Untyped {}

/// Asserts at compile time that a resource with the marker `To` carries messages with the marker `From`.
pub const fn check_subscription<To: CarriesMessages<From>, From>() {}
