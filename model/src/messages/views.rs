//! Messages about views: structs that name a part of another resource.

use crate::aws::limits;
use crate::location::SourceLocation;
use crate::message::Message;

// The part.

/// Reports that the prefix of a view is empty.
pub(crate) fn empty_prefix() -> Message {
    Message::new("the prefix of a view is empty")
        .with_help("write the text with which the keys begin: `prefix = \"in/\"`")
}

/// Reports that the prefix of a view is as long as the longest key.
pub(crate) fn prefix_without_room() -> Message {
    let limit = limits::OBJECT_KEY_BYTES;
    Message::new(format!(
        "the prefix of a view has {limit} bytes, and leaves no room in the key of an object"
    ))
}

/// Reports that a prefix has a character that is special in a policy.
pub(crate) fn letter_of_iam(prefix: &str, letter: char) -> Message {
    let meaning = match letter {
        '*' => "any characters",
        '?' => "any character",
        _ => "the start of a variable",
    };
    let help = match prefix.strip_suffix('*') {
        Some(rest) if !rest.is_empty() && !rest.contains(['*', '?', '$']) => {
            format!("write `prefix = \"{rest}\"`: all keys that begin with it are in the view")
        }
        _ => "take a prefix without it".to_owned(),
    };
    Message::new(format!(
        "`{prefix}` has a `{letter}`, which IAM reads as {meaning} in the policy of the function"
    ))
    .with_help(help)
}

/// Reports that the typed client takes no key with this prefix.
pub(crate) fn unusable_prefix(prefix: &str) -> Message {
    let shown = prefix.escape_debug();
    Message::new(format!("`{shown}` cannot be used as the beginning of keys"))
        .with_help("the parts of a key are not `.` and `..`, and have no control characters")
}

/// Reports that the partition key of a view is empty.
pub(crate) fn empty_key() -> Message {
    Message::new("the partition key of a view is empty")
        .with_help("write the partition key of its items: `key = \"tenant#1\"`")
}

/// Reports that the partition key of a view has too many bytes.
pub(crate) fn key_too_long(bytes: usize) -> Message {
    let limit = limits::PARTITION_KEY_BYTES;
    Message::new(format!("a partition key of {bytes} bytes, and DynamoDB takes {limit}"))
}

/// Reports that the partition key of a view contains a variable of IAM.
pub(crate) fn variable_of_iam(key: &str) -> Message {
    Message::new(format!("IAM would take `${{` in `{key}` for the start of a variable"))
        .with_help("a view has one partition key, which is known when it is compiled")
}

// The resource.

/// Reports that a view is of another view.
pub(crate) fn view_of_view(name: &str, of: &str, origin: &SourceLocation) -> Message {
    Message::new(format!("`{name}` is a view itself (declared at {origin})"))
        .with_help(format!("name the resource that it is a view of: `of = {of}`"))
}

/// Reports that a view is of a table whose partition key is no text. `kind` is the type of the key.
pub(crate) fn key_of_another_type(table: &str, kind: &str, origin: &SourceLocation) -> Message {
    Message::new(format!(
        "the partition key of `{table}` is {kind}, and IAM compares the key of a view as text (declared at {origin})"
    ))
    .with_help("a table of views has a text as its partition key, such as `tenant#1`")
}

/// Reports that a view is of a table without a sort key.
pub(crate) fn table_without_sort_key(table: &str, origin: &SourceLocation) -> Message {
    Message::new(format!(
        "`{table}` has no sort key, so a view by its partition key is one item (declared at {origin})"
    ))
    .with_help("take the table itself, narrowed to calls: `Reader<…, Get>`")
}

/// Reports that a resource has the name or the id of another one, and one of the two is a view.
pub(crate) fn name_of_view_taken(name: &str, origin: &SourceLocation) -> Message {
    Message::new(format!("another resource has the name or the id of `{name}` (at {origin})"))
        .with_help("give one of them another name")
}

// Uses.

/// Reports that something other than a capability names a view. `kind` is the kind of the resource `of`.
pub(crate) fn view_elsewhere(name: &str, kind: &str, of: &str, origin: &SourceLocation) -> Message {
    Message::new(format!(
        "`{name}` is a view of the {kind} `{of}`, which only capabilities can name (declared at {origin})"
    ))
    .with_help(format!("name `{of}` here"))
}

/// Reports that a trigger on a bucket or a table names a view. `kind` is the kind of the resource `of`, and `filter`
/// is how the trigger follows the same part.
pub(crate) fn trigger_on_view(
    name: &str,
    kind: &str,
    of: &str,
    origin: &SourceLocation,
    filter: &str,
) -> Message {
    Message::new(format!(
        "`{name}` is a view of the {kind} `{of}`, and has no events of its own (declared at {origin})"
    ))
    .with_help(format!("name `{of}`, and {filter}"))
}

/// Reports that a capability of a view of a table is narrowed to scans.
pub(crate) fn scan_of_view(name: &str) -> Message {
    Message::new(format!(
        "`{name}` is a view by key, and has no `Scan`: IAM cannot limit a scan to a partition key"
    ))
    .with_help("take `Query`, with `items()` of the client")
}
