//! Readers turn a value of the tree into a value of the model, or record why the value is wrong. Keys are
//! taken together with a reader: see [`Args::take`](crate::tree::Args::take).

mod json;
mod plain;
mod reference;
mod time;

use std::fmt::Display;

pub use self::json::{read_json, read_json_object};
pub use self::plain::{
    read_bool, read_list, read_name, read_non_empty_text, read_number, read_short_text, read_text,
    read_word,
};
pub(crate) use self::reference::{check_arn_kind, read_param};
pub use self::reference::{read_cfn_value, read_existing, read_reference};
pub use self::time::{read_milliseconds, read_schedule, read_seconds};

use crate::errors::Errors;
use crate::messages;
use crate::tree::ArgValue;

/// Returns the value that the model accepted, or records the model's reason to reject it.
pub fn accept<T, E: Display>(
    result: Result<T, E>,
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<T> {
    match result {
        Ok(accepted) => Some(accepted),
        Err(error) => {
            errors.push(&value.span, error.to_string());
            None
        }
    }
}

/// Records that something else was expected in place of this value.
pub(crate) fn report_expected<T>(what: &str, value: &ArgValue, errors: &mut Errors) -> Option<T> {
    errors.push(&value.span, messages::expected(what, &value.describe()));
    None
}
