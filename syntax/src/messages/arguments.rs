//! Messages about the shape of an attribute's arguments: tokens that cannot be parsed, and keys that are
//! unknown, repeated or without a value.

use std::fmt::Display;

use skylift_model::message::Message;

use super::{did_you_mean, list};

const ARGUMENT_EXPECTED: &str = "expected `key = value`, a string, a number or a name";

// Tokens.

/// Reports that tokens are not an argument.
pub(crate) fn argument_expected() -> Message {
    ARGUMENT_EXPECTED.into()
}

/// Reports that an argument has no `=` between its key and its value.
pub(crate) fn equals_missing(key: impl Display) -> Message {
    Message::new(ARGUMENT_EXPECTED).with_help(format!("write `{key} = …`"))
}

/// Reports that there is no comma between two arguments.
pub(crate) fn comma_missing() -> Message {
    Message::new(ARGUMENT_EXPECTED).with_help("separate two arguments by a comma")
}

/// Reports that a name has its arguments in braces or brackets.
pub(crate) fn parentheses_for_arguments(name: impl Display) -> Message {
    Message::new(format!("`{name}` takes its arguments in parentheses"))
        .with_help(format!("write `{name}(…)`"))
}

/// Reports that there is no argument before a comma.
pub(crate) fn argument_missing_before_comma() -> Message {
    "expected an argument before this comma".into()
}

/// Reports that there is no value after the `=` of a key.
pub(crate) fn value_missing_after_equals(key: &str) -> Message {
    format!("`{key}` needs a value after the `=`").into()
}

/// Reports that parentheses without a name stand in place of a value.
pub(crate) fn parentheses_are_no_value() -> Message {
    "expected a value, found parentheses".into()
}

/// Reports that values are nested too deeply.
pub(crate) fn nested_too_deeply() -> Message {
    "this is nested too deeply".into()
}

/// Reports that tokens in a map are not an entry, which is a key and a value.
pub(crate) fn map_entry_expected() -> Message {
    "expected `\"key\": value`".into()
}

/// Reports that the key of an entry in a map is not a string.
pub(crate) fn map_key_not_a_string() -> Message {
    "a key of a map is a string".into()
}

// Keys.

/// Reports that `owner` has an argument with an unknown key. `known` are the keys that `owner` takes, and
/// `takes_value` is whether it also takes a value without a key. `help` is the help that is better than the nearest key.
pub(crate) fn unknown_key(
    key: &str,
    owner: &str,
    known: &[&str],
    takes_value: bool,
    help: Option<String>,
) -> Message {
    let near = || {
        did_you_mean(key, known, |known| {
            if known.is_empty() {
                let arguments = if takes_value { "one value and no keys" } else { "no arguments" };
                return format!("`{owner}` takes {arguments}");
            }
            let mut known = known.to_vec();
            known.sort_unstable();
            known.dedup();
            format!("`{owner}` takes {}", list(&known))
        })
    };
    let help = help.unwrap_or_else(near);
    Message::new(format!("unknown key `{key}` in `{owner}`")).with_help(help)
}

/// Returns the help for a resource that the user wrote without the key that names it: `sqs(Jobs)`.
pub(crate) fn write_resource_with_key(key: &str, resource: &str) -> String {
    format!("write `{key} = {resource}`")
}

/// Reports that `owner` has a value without a key where only keys are valid. `found` describes the value, and `key` is
/// the key that the value most likely belongs to.
pub(crate) fn key_expected(owner: &str, found: &str, key: Option<&str>) -> Message {
    let message = Message::new(format!("expected `key = value` in `{owner}`, found {found}"));
    match key {
        Some(key) => message.with_help(format!("write `{key} = …`")),
        None => message,
    }
}

/// Reports that a key is set twice.
pub(crate) fn set_twice(key: &str) -> Message {
    format!("`{key}` is set twice").into()
}

/// Reports that a key is written without the value that it needs.
pub(crate) fn value_missing(key: &str) -> Message {
    Message::new(format!("`{key}` needs a value")).with_help(format!("write `{key} = …`"))
}

/// Reports that a key is written without the parentheses with values that it needs.
pub(crate) fn values_missing(key: &str) -> Message {
    Message::new(format!("`{key}` needs values")).with_help(format!("write `{}`", form_of(key)))
}

/// Examples of the keys whose values are in parentheses.
const FORMS: [(&str, &str); 8] = [
    ("dead_letters", "dead_letters(after = 5)"),
    ("env", "env(KEY = \"value\")"),
    ("file_system", "file_system(access_point = \"arn:…\", path = \"/mnt/data\")"),
    ("idempotent", "idempotent(key = \"$.id\")"),
    ("indexes", "indexes(by_state(key = \"state\"))"),
    ("pollers", "pollers(min = 1, max = 4)"),
    ("scaling", "scaling(min = 3, max = 20)"),
    ("tags", "tags(team = \"media\")"),
];

/// Returns an example of a key whose values are in parentheses.
fn form_of(key: &str) -> String {
    let form = FORMS.iter().find(|(name, _)| *name == key);
    form.map_or_else(|| format!("{key}(…)"), |(_, form)| (*form).to_owned())
}

/// Reports that a key is set in another form than with parentheses.
pub(crate) fn parentheses_expected(key: &str) -> Message {
    format!("`{key}` takes its values in parentheses: `{}`", form_of(key)).into()
}

/// Reports that a key of Cargo.toml is set in another form than as a table. `found` describes the value.
pub(crate) fn table_expected(key: &str, found: &str) -> Message {
    Message::new(format!("`{key}` takes a table, found {found}"))
        .with_help(format!("write `{key} = {{ NAME = \"value\" }}`"))
}

/// Reports that `owner`, in which the user chooses the names, has a value without a name.
pub(crate) fn entry_without_name(owner: &str) -> Message {
    format!("`{owner}` takes `name = value`").into()
}

/// Reports that a flag is set to something other than `true` or `false`. `found` describes the value.
pub(crate) fn not_a_flag(flag: &str, found: &str) -> Message {
    format!("`{flag}` takes `true` or `false`, found {found}").into()
}
