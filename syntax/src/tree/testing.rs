//! How tests read one value.

use super::{Value, parse};
use crate::errors::Errors;

/// What a reader makes of a value, with what is wrong with it.
fn read<T>(
    text: &str,
    read: impl FnOnce(&Value, &mut Errors) -> Option<T>,
) -> (Option<T>, Vec<String>) {
    let mut errors = Errors::new();
    let args = parse(format!("a = {text}").parse().unwrap(), &mut errors);
    let made = args.take("a", read, &mut errors);
    (made, errors.into_messages().iter().map(|message| message.full()).collect())
}

/// What a value that is right means.
pub(crate) fn right<T>(text: &str, reader: impl FnOnce(&Value, &mut Errors) -> Option<T>) -> T {
    match read(text, reader) {
        (Some(made), messages) if messages.is_empty() => made,
        (_, messages) => panic!("{text}: {messages:?}"),
    }
}

/// All that is wrong with a value, of which nothing is made.
pub(crate) fn all_wrong<T>(
    text: &str,
    reader: impl FnOnce(&Value, &mut Errors) -> Option<T>,
) -> Vec<String> {
    let (made, messages) = read(text, reader);
    assert!(made.is_none(), "{text} was read");
    messages
}

/// The one thing that is wrong with a value.
pub(crate) fn refused<T>(
    text: &str,
    reader: impl FnOnce(&Value, &mut Errors) -> Option<T>,
) -> String {
    let mut messages = all_wrong(text, reader);
    assert_eq!(messages.len(), 1, "{text}: {messages:?}");
    messages.remove(0)
}
