//! [`State`]: a value that `#[init]` builds once in each process, and that handlers share. A host runs the init
//! functions that its functions need, and stores the results by type in `States`.

use std::any::{Any, TypeId, type_name};
use std::fmt::{self, Debug, Formatter};
use std::ops::Deref;
use std::sync::Arc;

use super::panic::drop_catching_panic;
use crate::{Error, messages};

/// A value that an `#[init]` function built, shared by all invocations of the process.
///
/// A handler takes a `State<T>` as a parameter; with the feature `http`, `State<T>` is an axum extractor as well.
/// When the process starts, before the first event, the runtime checks that an `#[init]` function builds a `T`.
///
/// ```
/// use skylift::{Error, State, function, init};
///
/// struct Shop { currency: &'static str }
///
/// #[init]
/// async fn open() -> Result<Shop, Error> {
///     Ok(Shop { currency: "EUR" })
/// }
///
/// #[function]
/// async fn price(cents: u32, State(shop): State<Shop>) -> Result<String, Error> {
///     Ok(format!("{cents} {}", shop.currency))
/// }
///
/// // In a test, make one by hand.
/// let shop = State::new(Shop { currency: "EUR" });
/// assert_eq!(shop.currency, "EUR");
/// # let _ = price(1, shop);
/// ```
pub struct State<T>(pub Arc<T>);

impl<T> State<T> {
    /// Makes a state for tests of a handler.
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for State<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Debug> Debug for State<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("State").field(&self.0).finish()
    }
}

/// A shared value with its type erased: the code that reads it knows the type.
pub(crate) type Shared = Arc<dyn Any + Send + Sync>;

/// The values that the `#[init]` functions built, each found by its type.
#[derive(Clone, Default)]
pub(crate) struct States(Arc<StateList>);

/// A list of states, which catches the panics of states that panic when they are dropped.
#[derive(Default)]
pub(crate) struct StateList(Vec<Shared>);

impl StateList {
    /// Adds a state.
    pub(crate) fn push(&mut self, state: Shared) {
        self.0.push(state);
    }
}

impl Drop for StateList {
    fn drop(&mut self) {
        for state in self.0.drain(..) {
            drop_catching_panic(|| drop(state));
        }
    }
}

impl States {
    pub(crate) fn new(states: StateList) -> Self {
        Self(Arc::new(states))
    }

    /// Returns the state of type `T`. A host checks the states of every function when the process starts, so
    /// this fails only for a handler that no host calls.
    pub(crate) fn get<T: Any + Send + Sync>(&self) -> Result<State<T>, Error> {
        let found = self.0.0.iter().find(|state| (***state).type_id() == TypeId::of::<T>());
        let state = found.and_then(|state| Arc::clone(state).downcast::<T>().ok());
        state.map(State).ok_or_else(|| messages::startup::state_missing(type_name::<T>()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_found_by_its_type_among_others() {
        let states = States::new(StateList(vec![Arc::new(1_u8), Arc::new("two")]));
        assert_eq!(*states.get::<&str>().unwrap().0, "two");
        assert_eq!(*states.get::<u8>().unwrap().0, 1);
    }

    #[test]
    fn states_that_panic_when_they_are_dropped_are_all_dropped() {
        struct Loud(#[allow(dead_code)] Arc<()>);
        impl Drop for Loud {
            fn drop(&mut self) {
                panic!("still open")
            }
        }
        let count = Arc::new(());
        let loud = || Arc::new(Loud(Arc::clone(&count))) as Shared;
        drop(States::new(StateList(vec![loud(), loud()])));
        assert_eq!(Arc::strong_count(&count), 1);
    }

    #[test]
    fn a_state_that_was_not_built_is_an_error_that_names_it() {
        let error = States::default().get::<u8>().unwrap_err();
        assert_eq!(error.to_string(), "no `#[init]` function built a `u8`");
    }
}
