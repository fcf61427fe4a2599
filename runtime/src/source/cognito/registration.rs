//! The part of the source `cognito` that exists whether its feature is on or not: the marker, the registry entry, and the
//! checks of the types that it delivers and expects back.

use std::marker::PhantomData;

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// A trigger of a user pool whose event is an `E`: `trigger = cognito(…)`. Mirrors the SAM event `Cognito`.
pub struct Cognito<E>(PhantomData<E>);

/// The registry entry of the source `cognito`.
pub const SOURCE: SourceEntry = SourceEntry { name: "cognito", trigger: "other" };

/// An event that `cognito` delivers for the trigger whose event is a `T`. The macro requires this trait and not
/// `TriggeredBy<Cognito<T>>`, so that the compiler's message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the event of this trigger of `cognito`",
    label = "not a `{T}`",
    note = "each trigger of a user pool has an event type of its own, and this one delivers `{T}`",
    note = "help: take `{T}`, or an enum of the events of all triggers with `#[derive(Event)]`"
)]
#[cfg_attr(
    not(feature = "cognito"),
    diagnostic::on_unimplemented(
        note = "help: these events need the feature `cognito` of `skylift`"
    )
)]
pub trait DeliveredByCognito<T>: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<Cognito<T>>, T> DeliveredByCognito<T> for E {}

/// Returns the deliverer by which a user pool delivers an `E` for the trigger whose event is a `T`.
#[must_use]
pub fn cognito<E: DeliveredByCognito<T>, T>() -> Deliverer<E> {
    Deliverer::for_event()
}

/// The output of a handler that Cognito accepts as the answer to an `E`: the same event, or any JSON.
#[diagnostic::on_unimplemented(
    message = "a handler of `cognito` returns its event, found `{Self}`",
    label = "not a `Result` of the event",
    note = "Cognito expects the event that it sent, with its `response` filled in",
    note = "help: return `Result<{E}, skylift::Error>`, and end with `Ok(event)`"
)]
pub trait EventAnswer<E> {}

impl<T, Failure> EventAnswer<T> for Result<T, Failure> {}

#[diagnostic::do_not_recommend]
impl<T: Event, Failure> EventAnswer<T> for Result<serde_json::Value, Failure> {}

/// Checks that a handler which takes an `E` answers with it.
pub const fn answers_with_event<E, O: EventAnswer<E>>() {}
