//! Helpers for tests that read one value.

use super::{ArgValue, parse_args};
use crate::errors::Errors;

/// Returns what a reader makes of a value, and all errors.
fn read<T>(
    text: &str,
    read: impl FnOnce(&ArgValue, &mut Errors) -> Option<T>,
) -> (Option<T>, Vec<String>) {
    let mut errors = Errors::new();
    let args = parse_args(format!("a = {text}").parse().unwrap(), &mut errors);
    let result = args.take("a", read, &mut errors);
    (result, errors.into_diagnostics().iter().map(|it| it.full()).collect())
}

/// Returns what a reader makes of a value that it accepts.
pub(crate) fn accepted<T>(
    text: &str,
    reader: impl FnOnce(&ArgValue, &mut Errors) -> Option<T>,
) -> T {
    match read(text, reader) {
        (Some(result), messages) if messages.is_empty() => result,
        (_, messages) => panic!("{text}: {messages:?}"),
    }
}

/// Returns all errors about a value that a reader rejects.
pub(crate) fn rejected_all<T>(
    text: &str,
    reader: impl FnOnce(&ArgValue, &mut Errors) -> Option<T>,
) -> Vec<String> {
    let (result, messages) = read(text, reader);
    assert!(result.is_none(), "{text} was accepted");
    messages
}

/// Returns the one error about a value that a reader rejects.
pub(crate) fn rejected<T>(
    text: &str,
    reader: impl FnOnce(&ArgValue, &mut Errors) -> Option<T>,
) -> String {
    let mut messages = rejected_all(text, reader);
    assert_eq!(messages.len(), 1, "{text}: {messages:?}");
    messages.remove(0)
}
