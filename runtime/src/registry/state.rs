//! The states that a function's parameters need, as the macros enter them: each is checked against what the
//! `#[init]` functions build when the process starts.

use std::any::{Any, TypeId, type_name};
use std::marker::PhantomData;

use crate::State;

/// A state that a handler's parameter needs.
#[derive(Clone, Copy)]
pub struct RequiredState {
    pub(crate) id: fn() -> TypeId,
    pub(crate) name: fn() -> &'static str,
}

/// Finds out whether a parameter's type is a `State`, whatever it is called where it is written: the
/// inherent constant exists only for `State<T>` and wins over the trait's.
pub struct StateProbe<P>(PhantomData<P>);

impl<T: Any> StateProbe<State<T>> {
    /// The state that the parameter needs.
    pub const REQUIRED: Option<RequiredState> =
        Some(RequiredState { id: TypeId::of::<T>, name: type_name::<T> });
}

/// What [`StateProbe`] falls back on.
pub trait NoState {
    /// No state.
    const REQUIRED: Option<RequiredState> = None;
}

impl<P> NoState for StateProbe<P> {}
