//! From values of the tree to values of the model: each reader takes one value, and gives what it
//! means or records why it means nothing. They are what keys are taken with: see
//! [`Args::take`](crate::tree::Args::take).

mod json;
mod plain;
mod reference;
mod time;

use std::fmt::Display;

pub use self::json::{node, object};
pub use self::plain::{boolean, list, name, number, some_text, text, text_within, word};
pub use self::reference::{existing, reference, value};
pub(crate) use self::reference::{is_arn_of, param};
pub use self::time::{milliseconds, schedule, seconds};

use crate::errors::Errors;
use crate::tree::Value;

/// What the model made of a value, or its reason for refusing it.
pub fn valid<T, E: Display>(result: Result<T, E>, value: &Value, errors: &mut Errors) -> Option<T> {
    match result {
        Ok(valid) => Some(valid),
        Err(error) => {
            errors.push(&value.place, error.to_string());
            None
        }
    }
}

/// Records that something else was expected here.
pub(crate) fn expected<T>(what: &str, value: &Value, errors: &mut Errors) -> Option<T> {
    errors.push(&value.place, format!("expected {what}, found {}", value.describe()));
    None
}
