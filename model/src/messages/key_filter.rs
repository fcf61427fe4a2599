//! Messages about the prefixes and suffixes by which S3 filters the keys of objects. `key` is the key of the trigger
//! that sets the filter: `prefix` or `suffix`.

use crate::aws::limits;
use crate::message::Message;

/// The key of a trigger that sets a prefix.
const PREFIX: &str = "prefix";

/// Reports that a filter is empty.
pub(crate) fn empty(key: &str) -> Message {
    Message::new(format!("the {key} is empty")).with_help(leave_out(key))
}

/// Reports that a filter has more bytes than the key of an object can have.
pub(crate) fn too_long(key: &str, bytes: usize) -> Message {
    let limit = limits::OBJECT_KEY_BYTES;
    Message::new(format!("a {key} of {bytes} bytes, and the key of an object has at most {limit}"))
}

/// Reports that a filter has a wildcard. The help splits the text at its wildcards.
pub(crate) fn wildcard(key: &str, text: &str) -> Message {
    let before = text.split('*').next().unwrap_or_default();
    let after = text.rsplit('*').next().unwrap_or_default();
    let help = match (before, after) {
        ("", "") => leave_out(key),
        (before, "") => write_prefix(before),
        ("", after) => format!("write `suffix = \"{after}\"`"),
        (before, after) => format!("write `prefix = \"{before}\"` and `suffix = \"{after}\"`"),
    };
    Message::new(format!("a {key} has no wildcards, and S3 refuses a `*` in it")).with_help(help)
}

/// Reports that a prefix begins as a path does. `key` is the rest of it, which can be empty.
pub(crate) fn leading_slash(text: &str, key: &str) -> Message {
    let start = if text.starts_with('.') { "./" } else { "/" };
    Message::new(format!("`{text}` begins with `{start}`, and the keys of objects do not"))
        .with_help(write_prefix(key))
}

/// Reports that a prefix is a URL or an ARN of objects.
pub(crate) fn location(text: &str) -> Message {
    let rest = text.strip_prefix("s3://").or_else(|| text.rsplit_once(':').map(|(_, rest)| rest));
    let key = rest.and_then(|rest| rest.split_once('/')).map_or("", |(_, key)| key);
    Message::new(format!(
        "`{text}` is the location of objects, and a prefix is the beginning of their keys"
    ))
    .with_help(write_prefix(key))
}

/// Reports that a filter is a regular expression.
pub(crate) fn regular_expression(key: &str, text: &str) -> Message {
    let plain = text.trim_start_matches('^').trim_end_matches('$').replace('\\', "");
    let plain = plain.trim_start_matches(".*").trim_end_matches(".*");
    let verb = if key == PREFIX { "begin" } else { "end" };
    Message::new(format!("`{text}` is a regular expression, and S3 compares it as plain text"))
        .with_help(format!("write the text with which the keys {verb}: `{key} = \"{plain}\"`"))
}

/// Reports that a filter lists several texts.
pub(crate) fn alternatives(key: &str, text: &str, alternatives: &[String]) -> Message {
    let each = |it: &String| format!("`{key} = \"{}\"`", it.trim_matches('*'));
    let written: Vec<String> = alternatives.iter().map(each).collect();
    Message::new(format!("`{text}` lists several {key}es, and S3 compares it as one text"))
        .with_help(format!("write a trigger for each: {}", written.join(" and ")))
}

/// Reports that a character of a filter is percent-encoded. `plain` is the filter with its plain text.
pub(crate) fn encoded_already(encoded: &str, plain: &str) -> Message {
    Message::new(format!(
        "`{encoded}` is encoded already, and Skylift encodes the plain text for S3"
    ))
    .with_help(format!("write `{plain}`"))
}

/// Returns the help to write this prefix, or none if it is empty.
fn write_prefix(prefix: &str) -> String {
    if prefix.is_empty() {
        return leave_out(PREFIX);
    }
    format!("write `prefix = \"{prefix}\"`")
}

/// Returns the help to leave the key out.
fn leave_out(key: &str) -> String {
    format!("leave `{key}` out to match every key")
}
