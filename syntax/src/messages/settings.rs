//! Messages about the settings of a function.

use std::ops::RangeInclusive;

use skylift_model::message::Message;

// Logs.

/// Reports that a function sets a log level, but its log format is text. `key` is the key that sets the log
/// level.
pub(crate) fn log_level_without_json(key: &str) -> Message {
    Message::new(format!("`{key}` needs logs in JSON, and `log_format` is `text`"))
        .with_help("leave `log_format` out, or make it `json`")
}

/// Reports that a function sets `log_retention` and a log group of the user.
pub(crate) fn retention_of_own_log_group() -> Message {
    Message::new("`LogGroup` is a log group of your own, and Skylift does not set its retention")
        .with_help("leave `log_retention` out, and set the retention on the log group")
}

// Tags.

/// Reports that a function has more tags than AWS accepts.
pub(crate) fn too_many_tags(count: usize, limit: usize) -> Message {
    format!("{count} tags, AWS takes {limit}").into()
}

/// Reports that the key of a tag is too short, too long or reserved. `lengths` are the accepted lengths.
pub(crate) fn invalid_tag_key(
    key: &str,
    lengths: &RangeInclusive<usize>,
    reserved_prefix: &str,
) -> Message {
    let (least, most) = (lengths.start(), lengths.end());
    format!("`{key}` is not the key of a tag: a key has {least} to {most} characters and does not begin with `{reserved_prefix}`").into()
}

/// Reports that the key or the value of a tag has a character that is not allowed.
pub(crate) fn invalid_tag_character(character: char) -> Message {
    Message::new(format!("`{}` cannot be part of a tag", character.escape_debug()))
        .with_help("a tag has letters, digits, spaces and any of `_.:/=+-@`")
}

// `allow`.

/// Reports that `allow` is set without parentheses.
pub(crate) fn allow_without_parentheses() -> Message {
    "`allow` takes its values in parentheses: `allow(actions = […], resources = […])`".into()
}

/// Reports that a policy statement, `allow(…)`, lacks the list `key`.
pub(crate) fn list_missing_in_allow(key: &str) -> Message {
    format!("`allow` needs `{key} = […]`").into()
}

/// Reports that the list `key` of a policy statement, `allow(…)`, is empty.
pub(crate) fn empty_list_in_allow(key: &str) -> Message {
    Message::new(format!("`{key}` of `allow` is empty")).with_help(
        "IAM rejects a statement without actions or resources: leave the whole `allow` out",
    )
}

/// Reports that a text in a policy statement is not an IAM action.
pub(crate) fn not_an_iam_action(text: &str) -> Message {
    Message::new(format!("`{text}` is not an IAM action"))
        .with_help("write `service:Action`, such as `ses:SendEmail`")
}

/// Reports that a resource of a policy statement is not an ARN.
pub(crate) fn not_an_arn(text: &str) -> Message {
    Message::new(format!("`{text}` is not an ARN"))
        .with_help("write an ARN, `*`, or the path of a `#[resource]`")
}
