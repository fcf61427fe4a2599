//! What the macros ask of a handler's event, whatever it is called where it is written: an inherent
//! constant that exists only for some types wins over that of a trait which all have.

use std::marker::PhantomData;

use super::event::Event;

/// Finds out whether an event is a tumbling window, which the macro compares with what the trigger says.
pub struct WindowProbe<E>(PhantomData<E>);

#[cfg(feature = "_shards")]
impl<S, E> WindowProbe<crate::source::shard::window::Window<S, E>> {
    /// It is.
    pub const IS: bool = true;
}

/// What [`WindowProbe`] falls back on.
pub trait NotWindow {
    /// It is not.
    const IS: bool = false;
}

impl<E> NotWindow for WindowProbe<E> {}

/// Finds out whether a function that resumes can take an event: the inherent constant exists only for
/// events, and wins over the trait's.
pub struct ResumeProbe<E>(PhantomData<E>);

impl<E: Event> ResumeProbe<E> {
    /// As the event says.
    pub const RESUMES: Result<(), &'static str> = E::RESUMES;
}

/// What [`ResumeProbe`] falls back on.
pub trait NotAnEvent {
    /// It is no event, and somebody else says so.
    const RESUMES: Result<(), &'static str> = Ok(());
}

impl<E> NotAnEvent for ResumeProbe<E> {}

/// Why a function that resumes cannot take an enum of these events, where it cannot.
///
/// # Errors
///
/// The first reason.
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

/// Compiles where a function that resumes can take the event.
///
/// # Panics
///
/// Where it cannot; while it is compiled, which makes that a message of the compiler.
#[track_caller]
pub const fn check_resumable(event: Result<(), &'static str>) {
    if let Err(why) = event {
        panic!("{}", why);
    }
}
