//! Messages about triggers on log groups.

use crate::location::SourceLocation;
use crate::message::Message;
use crate::suggest;

/// The help for a JSON path into the event of a log group.
pub(crate) const EVENT_ADVICE: &str =
    "the entries are packed: take a `LogRecord<T>`, so that the path begins in the message of one";

/// The help for a JSON path into an entry of a log.
pub(crate) const ENTRY_ADVICE: &str =
    "take a `LogRecord<T>`, so that the path begins in the message, or write `$.id` for the entry";

/// Reports that the trigger of the function `ident` follows the log group that the function itself writes to.
pub(crate) fn own_log_group(ident: &str) -> Message {
    Message::new(format!("a loop: `{ident}` writes to the log group that triggers it"))
        .with_help("name the log group of another function")
}

/// The way in which a trigger leaves out entries of a log group.
pub(crate) const FILTER_ENTRIES: &str = "select entries with `filter = \"…\"`";

/// Reports that each of these functions writes to the log group that triggers the next one, and the last one to that of
/// the first.
pub(crate) fn loop_of_log_groups(idents: &[&str]) -> Message {
    Message::new(format!(
        "a loop: each of {} writes to a log group that triggers another of them",
        suggest::list(idents.iter().copied())
    ))
    .with_help(format!("{FILTER_ENTRIES}, or leave one of the triggers out"))
}

/// Reports that a trigger names the log group `name` as an existing one, and the template creates it for the
/// function `ident`.
pub(crate) fn log_group_of_function(name: &str, ident: &str, origin: &SourceLocation) -> Message {
    Message::new(format!(
        "`{name}` is the log group of function `{ident}` at {origin}, which is created with the stack"
    ))
    .with_help(format!("write `group = {ident}`, so that the log group is created before the trigger"))
}

/// Reports that a log group has more triggers than CloudWatch Logs accepts. `others` are the functions of the first
/// ones.
pub(crate) fn too_many_subscriptions(limit: usize, others: &str) -> Message {
    Message::new(format!(
        "CloudWatch Logs takes {limit} subscription filters for a log group, and {others} have triggers on this one already"
    ))
    .with_help("do the work of two triggers in one function")
}
