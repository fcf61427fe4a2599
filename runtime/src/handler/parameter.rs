//! The parameters that a handler takes after its event: a [`Context`], a [`State`], a capability. Each is made
//! from the [`Call`], by the code of the macros, or by axum for HTTP requests.

use std::any::Any;

use crate::invocation::Call;
use crate::{Context, Error, State};

/// A parameter that a handler can take after its event.
#[diagnostic::on_unimplemented(
    message = "a handler cannot take `{Self}`",
    label = "neither `Context` nor `State<T>` nor a capability",
    note = "the first parameter of a handler is its event; the others are capabilities, such as \
            `Reader<Uploads>`, a `Context`, and a `skylift::State<T>` if an `#[init]` function builds the `T`, which \
            is `Send` and `Sync`"
)]
pub trait FromInvocation: Sized {
    /// Makes the parameter from the invocation.
    ///
    /// # Errors
    ///
    /// Returns an error if the parameter is a state that no `#[init]` function built, or a capability that was not
    /// opened when the function started.
    fn from_invocation(call: &Call) -> Result<Self, Error>;
}

impl FromInvocation for Context {
    fn from_invocation(call: &Call) -> Result<Self, Error> {
        Ok(call.context().clone())
    }
}

impl<T: Any + Send + Sync> FromInvocation for State<T> {
    fn from_invocation(call: &Call) -> Result<Self, Error> {
        call.states().get()
    }
}

/// Returns the call that an HTTP request belongs to. A host stores the call in the extensions of the request;
/// without it, this returns an error.
#[cfg(feature = "http")]
pub(crate) fn call_from_request(parts: &http::request::Parts) -> Result<&Call, Error> {
    let call = parts.extensions.get::<Call>();
    call.ok_or_else(crate::messages::http::request_without_call)
}
