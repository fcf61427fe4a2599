//! Helpers for tests that read a trigger.

use skylift_model::aws::mapping::EventSourceMapping;
use skylift_model::source::Trigger;

use super::{TRIGGER, read_trigger};
use crate::errors::Errors;
use crate::tree;

/// Reads a trigger, or returns all errors.
fn read(source: &str) -> Result<Trigger, Vec<String>> {
    let mut errors = Errors::new();
    let args = tree::parse_args(format!("trigger = {source}").parse().unwrap(), &mut errors);
    let read_one = |value: &_, errors: &mut Errors| read_trigger(TRIGGER, value, errors);
    let trigger = args.take(TRIGGER, read_one, &mut errors);
    let messages: Vec<String> = errors.into_diagnostics().iter().map(|it| it.full()).collect();
    match trigger {
        Some(trigger) if messages.is_empty() => Ok(trigger),
        _ => Err(messages),
    }
}

/// Reads a trigger without errors.
pub(crate) fn trigger(source: &str) -> Trigger {
    read(source).unwrap_or_else(|messages| panic!("{source}: {messages:?}"))
}

/// Reads the arguments of a queue's mapping without errors.
pub(crate) fn mapping(arguments: &str) -> EventSourceMapping {
    match trigger(&format!("sqs({arguments})")) {
        Trigger::Sqs(sqs) => sqs.mapping,
        other => panic!("{other:?}"),
    }
}

/// Returns the one error about a trigger.
pub(crate) fn rejected(source: &str) -> String {
    let mut messages = read(source).map(|_| ()).unwrap_err();
    assert_eq!(messages.len(), 1, "{source}: {messages:?}");
    messages.remove(0)
}
