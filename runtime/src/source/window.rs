//! Whether a handler takes a tumbling window: the macro compares it with what the trigger says.

use std::marker::PhantomData;

/// Finds out whether an event is a window, whatever it is called where it is written: the inherent
/// constant exists only for a `Window` and wins over the trait's.
pub struct Probe<E>(PhantomData<E>);

#[cfg(feature = "_shards")]
impl<S, E> Probe<crate::event::Window<S, E>> {
    /// It is.
    pub const IS: bool = true;
}

/// What [`Probe`] falls back on.
pub trait OneByOne {
    /// It is not.
    const IS: bool = false;
}

impl<E> OneByOne for Probe<E> {}
