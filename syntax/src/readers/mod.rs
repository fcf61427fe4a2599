//! Readers turn a value of the tree into a value of the model, or record why the value is wrong. A key is taken
//! from the arguments together with the reader of its value: see [`Args::take`](crate::tree::Args::take).

mod cfn_value;
mod computed;
mod json;
mod number;
mod plain;
mod reference;
mod time;

use std::fmt::Display;

pub(crate) use self::cfn_value::read_arn;
pub use self::cfn_value::{VALUE_FUNCTIONS, read_cfn_value};
pub use self::json::{read_json, read_json_object};
pub(crate) use self::number::{find_param, read_param_call, take_enabled, take_number};
pub(crate) use self::plain::report_not_a_string;
pub use self::plain::{
    read_bool, read_list, read_name, read_non_empty_text, read_number, read_short_text, read_text,
    read_word,
};
pub(crate) use self::reference::{check_arn_kind, read_overlay_id, read_param};
pub use self::reference::{read_existing, read_reference};
pub(crate) use self::time::{find_unquoted_schedule, read_time_zone, read_whole_seconds};
pub use self::time::{read_action_schedule, read_milliseconds, read_schedule, read_seconds};

use skylift_model::message::Message;

use self::computed::is_computed;
use crate::errors::Errors;
use crate::messages;
use crate::tree::ArgValue;

/// Returns the value if the model accepted it. Otherwise records the reason of the model as an error at
/// `value`, and returns `None`.
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

/// Returns the value if the model accepted it. Otherwise records the message of the model, with its help, as an error at
/// `value`, and returns `None`.
pub(crate) fn accept_message<T>(
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

/// Records that a value was expected to be `what`, which it is not. Always returns `None`, so that a reader can
/// return the result.
pub(crate) fn report_expected<T>(what: &str, value: &ArgValue, errors: &mut Errors) -> Option<T> {
    let found = value.describe();
    let message = if is_computed(value) {
        messages::computed_value(what, &found)
    } else {
        messages::expected(what, &found)
    };
    errors.push(&value.span, message);
    None
}
