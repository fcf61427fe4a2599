//! The types that handlers return: takes the `Result` of the user's function and returns the response, or an
//! [`Error`] with the name that Lambda reports.

use std::fmt::Display;

use serde::Serialize;

use crate::invocation::{FunctionResponse, user_error};
use crate::messages;
use crate::{Error, Streaming};

/// The type that a handler returns: `Result<T, E>`, where `T` is serialized as the response, and `E` is any
/// error with a text: [`Error`], `anyhow::Error`, a standard error, a `String`.
#[diagnostic::on_unimplemented(
    message = "a handler cannot return `{Self}`",
    label = "not a `Result<T, E>`",
    note = "a handler returns `Result<T, E>`, where `T` implements `serde::Serialize` and `E` \
            implements `std::fmt::Display`",
    note = "help: return `Result<(), skylift::Error>` if there is no result"
)]
pub trait HandlerOutput {
    /// The type of the value that the handler responds with if it does not fail.
    type Value;

    /// Converts the output of the handler to the response.
    #[doc(hidden)]
    fn into_response(self) -> Result<FunctionResponse, Error>;
}

/// The error of a handler: the `E` of a `Result<T, E>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of a handler",
    label = "its error has no text, or cannot be sent between threads",
    note = "the error of a handler implements `std::fmt::Display`, and is `Send` and `'static`",
    note = "help: write `skylift::Error` instead of `{Self}`: `?` converts every error to it"
)]
pub trait HandlerError: Display + Send + 'static {}

#[diagnostic::do_not_recommend]
impl<E: Display + Send + 'static> HandlerError for E {}

impl<T: Serialize, E: HandlerError> HandlerOutput for Result<T, E> {
    type Value = T;

    fn into_response(self) -> Result<FunctionResponse, Error> {
        let value = self.map_err(user_error::from_handler)?;
        let written = serde_json::to_vec(&value).map(FunctionResponse::Buffered);
        written.map_err(|error| messages::invocation::response_not_json(&error))
    }
}

#[diagnostic::do_not_recommend]
impl<E: Display + Send + 'static> HandlerOutput for Result<Streaming, E> {
    type Value = Streaming;

    fn into_response(self) -> Result<FunctionResponse, Error> {
        self.map(FunctionResponse::Streamed).map_err(user_error::from_handler)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_response_that_json_cannot_represent_is_an_error_not_a_panic() {
        let answer: Result<_, Error> = Ok(BTreeMap::from([((1, 2), 3)]));
        let error = answer.into_response().unwrap_err();
        assert_eq!(error.name(), "InvalidResponse");
        assert!(error.to_string().contains("key must be a string"), "{error}");
    }

    #[test]
    fn any_error_that_implements_display_is_accepted() {
        let error = Err::<(), _>("sold out").into_response().unwrap_err();
        assert_eq!((error.name(), error.to_string().as_str()), ("Error", "sold out"));
    }
}
