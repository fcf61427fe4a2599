//! Messages about event source mappings: filters, and the arguments of streams.

use skylift_model::message::Message;

use super::{did_you_mean, list, one_of, values};

/// Reports that a trigger has `kms_key` but no `filters`.
pub(crate) fn kms_key_without_filters() -> Message {
    Message::new("`kms_key` encrypts the filters, and there are none").with_help("leave it out")
}

/// Reports that the value of `kms_key` is not the ARN of a KMS key.
pub(crate) fn arn_not_of_a_kms_key(text: &str) -> Message {
    values::arn_of_another_kind(text, "a KMS key", KMS_KEY_FORM)
        .with_help(values::arn_form("a KMS key", KMS_KEY_FORM))
}

/// Reports that the ARN is that of an alias, by which IAM allows nothing.
pub(crate) fn alias_of_a_kms_key(text: &str) -> Message {
    Message::new(format!(
        "`{text}` is an alias, and IAM allows the use of a key only by its own ARN"
    ))
    .with_help(values::arn_form("the key", KMS_KEY_FORM))
}

/// Reports that a text is not the ARN of a KMS key: the id or the alias of one, for example.
pub(crate) fn text_not_a_kms_key(text: &str) -> Message {
    values::not_the_arn_of(text, "a KMS key", &values::arn_form("a KMS key", KMS_KEY_FORM))
}

/// The form of the ARN of a KMS key.
const KMS_KEY_FORM: &str = "arn:aws:kms:eu-west-1:123456789012:key/ID";

// Filters.

/// Reports that the list `filters` is empty.
pub(crate) fn no_filters() -> Message {
    "`filters` is empty: leave it out to get every record".into()
}

/// Reports that a trigger has more filters than Lambda accepts.
pub(crate) fn too_many_filters(count: usize, limit: usize) -> Message {
    Message::new(format!("{count} filters, Lambda takes {limit}"))
        .with_help("one pattern can list several values, and alternatives in `$or`")
}

/// Reports that the pattern of a filter is longer than Lambda accepts. `length` is the number of characters of
/// its JSON.
pub(crate) fn pattern_too_long(length: usize, limit: usize) -> Message {
    format!("this pattern has {length} characters of JSON, Lambda takes {limit}").into()
}

/// Reports that a pattern names a field that the records of `source` do not have. `known` are the fields that
/// they have.
pub(crate) fn unknown_record_field(source: &str, field: &str, known: &[&str]) -> Message {
    Message::new(format!("a record of `{source}` has no field `{field}`")).with_help(did_you_mean(
        field,
        known,
        |known| format!("a record has {}", list(known)),
    ))
}

/// Reports that a field of a record is compared with a value that it never has. `known` are all its values.
pub(crate) fn impossible_field_value(field: &str, value: &str, known: &[&str]) -> Message {
    Message::new(format!("`{field}` of a record is never `{value}`"))
        .with_help(did_you_mean(value, known, one_of))
}

/// Reports that a pattern names a field that the change of a table's record does not have. `known` are its fields.
pub(crate) fn unknown_field_of_change(field: &str, known: &[&str]) -> Message {
    Message::new(format!("a change has no field `{field}`")).with_help(did_you_mean(
        field,
        known,
        |known| format!("a change has {}", list(known)),
    ))
}

/// Reports that a pattern compares an attribute of an item without its type. `kind` is the type that fits its values.
pub(crate) fn attribute_without_type(name: &str, kind: &str) -> Message {
    Message::new(format!("`{name}` has no type, and every attribute of an item has one"))
        .with_help(format!("write `\"{name}\": {{ \"{kind}\": […] }}`"))
}

/// Reports that a pattern has an unknown type of an attribute. `known` are the types.
pub(crate) fn unknown_attribute_type(kind: &str, known: &[&str]) -> Message {
    Message::new(format!("`{kind}` is not a type of an attribute"))
        .with_help(format!("the types are {}", list(known)))
}

/// Reports that a pattern compares a number of an item with a number. `number` is its text, if it is whole.
pub(crate) fn number_of_item(number: Option<&str>) -> Message {
    let help = number
        .map_or_else(|| "write it in quotes".to_owned(), |number| format!("write `\"{number}\"`"));
    Message::new("a filter never matches a number of an item, because the record has it as text")
        .with_help(help)
}

/// Reports that a pattern compares a number of an item by its value.
pub(crate) fn numeric_operator_of_item() -> Message {
    Message::new("`numeric` never matches a number of an item, because the record has it as text")
        .with_help("list the numbers as text, or compare them in the handler")
}

// Streams.

/// An example of a point in time as the value of `start`.
const TIME: &str = "\"2026-01-01T00:00:00Z\"";

/// Reports that a limit is set to -1, which AWS uses for no limit. `forever` is the word for no limit in the
/// grammar.
pub(crate) fn minus_one_for_no_limit(key: &str, forever: &str) -> Message {
    Message::new(format!("`{key}` does not take -1"))
        .with_help(format!("write `{key} = {forever}`, or leave it out"))
}

/// Reports that `start` has an unknown value. `takes_timestamp` is whether a mapping of the source can begin at
/// a point in time.
pub(crate) fn unknown_start(
    found: &str,
    word: &str,
    known: &[&str],
    takes_timestamp: bool,
) -> Message {
    let text = if takes_timestamp {
        format!("{found} is neither a starting position nor a point in time")
    } else {
        format!("{found} is not a starting position")
    };
    let time = if takes_timestamp { format!(", or a time: `{TIME}`") } else { String::new() };
    let help = did_you_mean(word, known, |known| format!("{}{time}", one_of(known)));
    Message::new(text).with_help(help)
}

/// Reports that a trigger on a table begins at a point in time.
pub(crate) fn start_at_a_time_in_a_table() -> Message {
    Message::new("the stream of a table cannot start at a point in time")
        .with_help("write `start = latest`, or `start = trim_horizon` for all that it holds")
}

/// Returns the help that shows the forms of the ARNs of failure destinations. `forms` is a list of example
/// ARNs.
pub(crate) fn arn_forms(forms: &str) -> String {
    format!("an ARN looks like {forms}")
}
