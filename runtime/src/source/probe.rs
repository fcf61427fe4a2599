//! Questions of the macros about the type of a handler's event, under whatever name the source has for it: an
//! inherent constant that exists only for some types takes precedence over a constant of a trait that all types
//! have.

use std::marker::PhantomData;

use super::event_type::Event;
use crate::resource::trigger_event::Accepts;

/// Names the event type `E` of a handler for the check that the event accepts what the resource of its trigger
/// carries: the inherent constant `EVENT` exists only for types that implement [`Event`]. Of any other type the
/// compiler reports that it is no event, and this check would report the same mistake again.
pub struct EventProbe<E>(PhantomData<E>);

impl<E: Event> EventProbe<E> {
    /// The event type itself.
    pub const EVENT: PhantomData<E> = PhantomData;
}

/// Gives [`EventProbe`] its constant for a type that is not an event.
pub trait NotDelivered {
    /// An event type that accepts what any resource carries.
    const EVENT: PhantomData<AnyEvent> = PhantomData;
}

impl<E> NotDelivered for EventProbe<E> {}

/// Stands for a type that is not an event, and accepts what any resource carries.
pub enum AnyEvent {}

impl<K, M> Accepts<K, M> for AnyEvent {}

/// Tells whether an event type `E` is a tumbling window. The macro compares the answer with the trigger.
pub struct WindowProbe<E>(PhantomData<E>);

#[cfg(feature = "_shards")]
impl<S, E> WindowProbe<crate::source::shard::window::Window<S, E>> {
    /// This event type is a window.
    pub const IS: bool = true;
}

/// Gives [`WindowProbe`] its constant for an event type that is not a window.
pub trait NotWindow {
    /// This event type is not a window.
    const IS: bool = false;
}

impl<E> NotWindow for WindowProbe<E> {}

/// Tells whether a function that resumes can take an event of type `E`: the inherent constant `RESUMES` exists
/// only for types that implement [`Event`].
pub struct ResumeProbe<E>(PhantomData<E>);

impl<E: Event> ResumeProbe<E> {
    /// The answer of the event type itself: `Ok`, or the reason why a function that resumes cannot take it.
    pub const RESUMES: Result<(), &'static str> = E::RESUMES;
}

/// Gives [`ResumeProbe`] its constant for a type that is not an event.
pub trait NotAnEvent {
    /// `Ok`, because the compiler reports elsewhere that the type is not an event.
    const RESUMES: Result<(), &'static str> = Ok(());
}

impl<E> NotAnEvent for ResumeProbe<E> {}

/// Checks that a function that resumes can take an enum of events. `events` has one answer for each event of
/// the enum: `Ok`, or the reason why such a function cannot take the event.
///
/// # Errors
///
/// Returns the reason of the first event that cannot be taken.
pub const fn all_resumable(events: &[Result<(), &'static str>]) -> Result<(), &'static str> {
    let mut index = 0;
    while index < events.len() {
        if events[index].is_err() {
            return events[index];
        }
        index += 1;
    }
    Ok(())
}

/// Checks that a function that resumes can take its event; `event` is `Ok`, or the reason why it cannot.
///
/// # Panics
///
/// Panics with the reason if `event` is an error. The call is evaluated in a constant, so that the panic is a
/// message of the compiler.
#[track_caller]
pub const fn check_resumable(event: Result<(), &'static str>) {
    if let Err(why) = event {
        panic!("{}", why);
    }
}
