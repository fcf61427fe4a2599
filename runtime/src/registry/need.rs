//! The states that a function's parameters need, as the macros enter them: each is checked against what the
//! `#[init]` functions build when the process starts.

use std::any::{Any, TypeId, type_name};
use std::marker::PhantomData;

use crate::State;

/// A state that a handler's parameter needs.
#[derive(Clone, Copy)]
pub struct Need {
    pub(crate) id: fn() -> TypeId,
    pub(crate) name: fn() -> &'static str,
}

/// Finds out whether a parameter's type is a `State`, whatever it is called where it is written: the
/// inherent constant exists only for `State<T>` and wins over the trait's.
pub struct Probe<P>(PhantomData<P>);

impl<T: Any> Probe<State<T>> {
    /// The state that the parameter needs.
    pub const NEED: Option<Need> = Some(Need { id: TypeId::of::<T>, name: type_name::<T> });
}

/// What [`Probe`] falls back on.
pub trait Stateless {
    /// No state.
    const NEED: Option<Need> = None;
}

impl<P> Stateless for Probe<P> {}
