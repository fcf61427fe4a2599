//! The grammar of the HTTP API: its settings in `[package.metadata.skylift.http]`, the authorizers that
//! `#[resource(authorizer(…))]` declares, and the authorization and limits of a route.

mod auth;
mod authorizer;
mod domain;
mod settings;
mod throttle;

pub(crate) use self::auth::{read_route_auth, read_scopes};
pub use self::authorizer::AuthorizerDefinition;
pub(crate) use self::authorizer::{WORDS as AUTHORIZER_WORDS, read_authorizer};
pub use self::settings::{TABLES, read_http_settings};
pub(crate) use self::throttle::read_throttle;

use skylift_model::message::Message;

use crate::errors::Errors;
use crate::readers::read_text;
use crate::tree::ArgValue;

/// Reads a text that the model accepts, or records the message of the model.
fn read_accepted<T>(value: &ArgValue, errors: &mut Errors) -> Option<T>
where
    T: for<'a> TryFrom<&'a str, Error = Message>,
{
    let text = read_text(value, errors)?;
    accept_message(T::try_from(text), value, errors)
}

/// Returns the value if the model accepted it. Otherwise records its message at `value`, and returns `None`.
fn accept_message<T>(
    result: Result<T, Message>,
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<T> {
    match result {
        Ok(accepted) => Some(accepted),
        Err(message) => {
            errors.push(&value.span, message);
            None
        }
    }
}
