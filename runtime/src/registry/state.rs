//! The states that a function's parameters need, as the macros enter them. When the process starts, they are
//! compared with the states that the `#[init]` functions build.

use std::any::{Any, TypeId, type_name};
use std::marker::PhantomData;

use crate::State;

/// A state that a parameter of a handler needs.
#[derive(Clone, Copy)]
pub struct RequiredState {
    pub(crate) id: fn() -> TypeId,
    pub(crate) name: fn() -> &'static str,
}

/// Tells whether a parameter's type is a `State`, under whatever name it has where it is written: the
/// inherent constant exists only for `State<T>`, and takes precedence over that of the trait.
pub struct StateProbe<P>(PhantomData<P>);

impl<T: Any> StateProbe<State<T>> {
    /// The state that the parameter needs.
    pub const REQUIRED: Option<RequiredState> =
        Some(RequiredState { id: TypeId::of::<T>, name: type_name::<T> });
}

/// The fallback of [`StateProbe`].
pub trait NoState {
    /// The parameter needs no state.
    const REQUIRED: Option<RequiredState> = None;
}

impl<P> NoState for StateProbe<P> {}
