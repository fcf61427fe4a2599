//! What a handler can take after its event: a [`Context`], a [`State`], a capability. Each is taken from the
//! [`Call`], by the macros' code or, of an HTTP request, by axum.

use std::any::Any;

use crate::invocation::Call;
use crate::{Context, Error, State};

/// What a handler can ask for after its event.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something that a handler can ask for",
    label = "neither `Context` nor `State<T>` nor a capability",
    note = "the first parameter of a handler is its event; after it come capabilities, such as \
            `Reader<Uploads>`, and `Context` and `State<T>`, where an `#[init]` function builds the `T`"
)]
pub trait FromInvocation: Sized {
    /// Takes the value from the invocation.
    ///
    /// # Errors
    ///
    /// Where the value is a state that nobody built.
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

/// The call that a request belongs to: whoever hands a request to axum puts it beside.
#[cfg(feature = "http")]
pub(crate) fn call_from_request(parts: &http::request::Parts) -> Result<&Call, Error> {
    let call = parts.extensions.get::<Call>();
    call.ok_or_else(crate::messages::http::request_without_call)
}
