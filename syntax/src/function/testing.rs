//! Helpers for tests that read a function's attribute.

use super::{FunctionDefinition, FunctionItem};
use crate::errors::Errors;

/// A function without parameters.
const WORK: &str = "async fn work() -> Result<(), Error> {}";

/// Reads an attribute on this function, or returns all errors.
pub(crate) fn read_on(attribute: &str, function: &str) -> Result<FunctionDefinition, Vec<String>> {
    let mut errors = Errors::new();
    let (args, item) = (attribute.parse().unwrap(), function.parse().unwrap());
    let definition =
        FunctionItem::parse(args, item, &mut errors).and_then(|item| item.read(&mut errors));
    let messages: Vec<String> = errors.into_diagnostics().iter().map(|it| it.full()).collect();
    match definition {
        Some(definition) if messages.is_empty() => Ok(definition),
        None if !messages.is_empty() => Err(messages),
        other => panic!("{attribute}: {other:?} with {messages:?}"),
    }
}

/// Reads an attribute without errors.
pub(crate) fn accepted(attribute: &str) -> FunctionDefinition {
    accepted_on(attribute, WORK)
}

/// Reads an attribute on this function without errors.
pub(crate) fn accepted_on(attribute: &str, function: &str) -> FunctionDefinition {
    read_on(attribute, function).unwrap_or_else(|messages| panic!("{attribute}: {messages:?}"))
}

/// Returns the one error about an attribute.
pub(crate) fn rejected(attribute: &str) -> String {
    rejected_on(attribute, WORK)
}

/// Returns all errors about an attribute.
pub(crate) fn rejected_all(attribute: &str) -> Vec<String> {
    read_on(attribute, WORK).unwrap_err()
}

/// Returns the one error about an attribute on this function.
pub(crate) fn rejected_on(attribute: &str, function: &str) -> String {
    let mut messages = read_on(attribute, function).map(|_| ()).unwrap_err();
    assert_eq!(messages.len(), 1, "{attribute}: {messages:?}");
    messages.remove(0)
}
