//! Messages about the shape of an attribute's arguments: tokens that cannot be parsed, and keys that are
//! unknown, repeated or without a value.

use std::fmt::Display;

use skylift_model::message::Message;

use super::{did_you_mean, list};

const ARGUMENT_EXPECTED: &str = "expected `key = value`, a string, a number or a name";

// Tokens.

pub(crate) fn argument_expected() -> Message {
    ARGUMENT_EXPECTED.into()
}

pub(crate) fn equals_missing(key: impl Display) -> Message {
    Message::new(ARGUMENT_EXPECTED).with_help(format!("write `{key} = …`"))
}

pub(crate) fn comma_missing() -> Message {
    Message::new(ARGUMENT_EXPECTED).with_help("separate two arguments by a comma")
}

pub(crate) fn type_with_parameters() -> Message {
    Message::new(ARGUMENT_EXPECTED)
        .with_help("give a type with parameters a name: `type Lines = Vec<Line>;`")
}

pub(crate) fn argument_missing_before_comma() -> Message {
    "expected an argument before this comma".into()
}

pub(crate) fn value_missing_after_equals(key: &str) -> Message {
    format!("`{key}` needs a value after the `=`").into()
}

pub(crate) fn parentheses_are_no_value() -> Message {
    "expected a value, found parentheses".into()
}

pub(crate) fn nested_too_deeply() -> Message {
    "this is nested too deeply".into()
}

pub(crate) fn map_entry_expected() -> Message {
    "expected `\"key\": value`".into()
}

pub(crate) fn map_key_not_a_string() -> Message {
    "a key of a map is a string".into()
}

// Keys.

/// Reports that `owner` has an argument with an unknown key. `known` are the keys that `owner` takes, and
/// `takes_value` is whether it also takes a value without a key.
pub(crate) fn unknown_key(key: &str, owner: &str, known: &[&str], takes_value: bool) -> Message {
    let help = did_you_mean(key, known, |known| {
        if known.is_empty() {
            let arguments = if takes_value { "one value and no keys" } else { "no arguments" };
            return format!("`{owner}` takes {arguments}");
        }
        let mut known = known.to_vec();
        known.sort_unstable();
        known.dedup();
        format!("`{owner}` takes {}", list(&known))
    });
    Message::new(format!("unknown key `{key}` in `{owner}`")).with_help(help)
}

pub(crate) fn key_expected(owner: &str, found: &str) -> Message {
    format!("expected `key = value` in `{owner}`, found {found}").into()
}

pub(crate) fn set_twice(key: &str) -> Message {
    format!("`{key}` is set twice").into()
}

pub(crate) fn value_missing(key: &str) -> Message {
    Message::new(format!("`{key}` needs a value")).with_help(format!("write `{key} = …`"))
}

pub(crate) fn values_missing(key: &str) -> Message {
    Message::new(format!("`{key}` needs values")).with_help(format!("write `{key}(…)`"))
}

pub(crate) fn parentheses_expected(key: &str) -> Message {
    format!("`{key}` takes its values in parentheses: `{key}(…)`").into()
}

pub(crate) fn entry_without_name(owner: &str) -> Message {
    format!("`{owner}` takes `name = value`").into()
}

pub(crate) fn not_a_flag(flag: &str, found: &str) -> Message {
    format!("`{flag}` takes `true` or `false`, found {found}").into()
}
