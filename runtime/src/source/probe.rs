//! What the macros ask about a handler's event, under whatever name it has where it is written: an inherent
//! constant that exists only for some types takes precedence over that of a trait that all types have.

use std::marker::PhantomData;

use super::event::Event;

/// Tells whether an event is a tumbling window. The macro compares this with the trigger.
pub struct WindowProbe<E>(PhantomData<E>);

#[cfg(feature = "_shards")]
impl<S, E> WindowProbe<crate::source::shard::window::Window<S, E>> {
    /// It is a window.
    pub const IS: bool = true;
}

/// The fallback of [`WindowProbe`].
pub trait NotWindow {
    /// It is not a window.
    const IS: bool = false;
}

impl<E> NotWindow for WindowProbe<E> {}

/// Tells whether a function that resumes can take an event: the inherent constant exists only for events.
pub struct ResumeProbe<E>(PhantomData<E>);

impl<E: Event> ResumeProbe<E> {
    /// The event's own constant.
    pub const RESUMES: Result<(), &'static str> = E::RESUMES;
}

/// The fallback of [`ResumeProbe`].
pub trait NotAnEvent {
    /// No reason: the type is not an event, which is a mistake with a message of its own.
    const RESUMES: Result<(), &'static str> = Ok(());
}

impl<E> NotAnEvent for ResumeProbe<E> {}

/// Returns why a function that resumes cannot take an enum of these events, if it cannot.
///
/// # Errors
///
/// The reason of the first event that cannot be taken.
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

/// Checks that a function that resumes can take the event.
///
/// # Panics
///
/// If it cannot. The call is evaluated in a constant, so that the panic is a message of the compiler.
#[track_caller]
pub const fn check_resumable(event: Result<(), &'static str>) {
    if let Err(why) = event {
        panic!("{}", why);
    }
}
