//! The user's `#[init]` functions: the type that such a function returns, and the builder that calls it.

use std::any::Any;
use std::sync::Arc;

use crate::Error;
use crate::invocation::{Shared, user_error};
use crate::registry::StateBuilder;

/// The type that an `#[init]` function returns: a `Result` with the state.
#[diagnostic::on_unimplemented(
    message = "an `#[init]` function cannot return `{Self}`",
    label = "not a `Result<T, E>` of a state that can be shared",
    note = "an `#[init]` returns `Result<T, E>`, where `T` is the state, `Send` and `Sync`, and `E` \
            implements `std::fmt::Display`",
    note = "help: write `std::sync::Mutex` for `RefCell` and `Cell` in the state, and `std::sync::Arc` for `Rc`"
)]
pub trait InitOutput: Send + 'static {
    /// The type of the state that the function builds.
    type State: Any + Send + Sync;

    /// Returns the state that the function built.
    ///
    /// # Errors
    ///
    /// Returns the error of the `#[init]` function if the function failed.
    #[doc(hidden)]
    fn into_state(self) -> Result<Self::State, Error>;
}

#[diagnostic::do_not_recommend]
impl<T, E> InitOutput for Result<T, E>
where
    T: Any + Send + Sync,
    E: std::fmt::Display + Send + 'static,
{
    type State = T;

    fn into_state(self) -> Result<T, Error> {
        self.map_err(user_error::from_handler)
    }
}

/// Makes the builder that calls the `#[init]` function `start`.
pub fn state_builder<R, F, Fut>(start: F) -> StateBuilder
where
    R: InitOutput,
    F: FnOnce() -> Fut + Send + 'static,
    Fut: Future<Output = R> + Send + 'static,
{
    StateBuilder {
        id: std::any::TypeId::of::<R::State>(),
        name: std::any::type_name::<R::State>(),
        build: Box::new(|| {
            Box::pin(async {
                let state = start().await.into_state()?;
                Ok(Arc::new(state) as Shared)
            })
        }),
    }
}
