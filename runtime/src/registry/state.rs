//! The states that the parameters of a handler need, as the macros enter them. When the process starts, a host
//! compares them with the states that the `#[init]` functions build.

use std::any::{Any, TypeId, type_name};
use std::marker::PhantomData;

use crate::State;

/// A state that a parameter of a handler needs.
#[derive(Clone, Copy)]
pub struct RequiredState {
    /// Returns the type of the state.
    pub(crate) id: fn() -> TypeId,
    /// Returns the name of the state's type, for messages.
    pub(crate) name: fn() -> &'static str,
}

/// Tells whether the type `P` of a handler's parameter is a [`State`], under whatever name the source has for
/// it: the inherent constant `REQUIRED` exists only for `State<T>`, and takes precedence over the constant of
/// the trait [`NoState`].
pub struct StateProbe<P>(PhantomData<P>);

impl<T: Any> StateProbe<State<T>> {
    /// The state that a parameter of this type needs.
    pub const REQUIRED: Option<RequiredState> =
        Some(RequiredState { id: TypeId::of::<T>, name: type_name::<T> });
}

/// Gives [`StateProbe`] its constant for a type that is not a [`State`].
pub trait NoState {
    /// No state: a parameter of another type than [`State`] needs none.
    const REQUIRED: Option<RequiredState> = None;
}

impl<P> NoState for StateProbe<P> {}
