//! How the tests of sources read one.

use skylift_model::aws::mapping::EventSourceMapping;
use skylift_model::source::Trigger;

use super::{TRIGGER, read};
use crate::errors::Errors;
use crate::tree;

/// What is wrong with one, each with its help.
fn all(source: &str) -> Result<Trigger, Vec<String>> {
    let mut errors = Errors::new();
    let args = tree::parse(format!("trigger = {source}").parse().unwrap(), &mut errors);
    let trigger = args.take(TRIGGER, |value, errors| read(TRIGGER, value, errors), &mut errors);
    let messages: Vec<String> = errors.into_messages().iter().map(|it| it.full()).collect();
    match trigger {
        Some(trigger) if messages.is_empty() => Ok(trigger),
        _ => Err(messages),
    }
}

/// What one that is right means.
pub(crate) fn trigger(source: &str) -> Trigger {
    all(source).unwrap_or_else(|messages| panic!("{source}: {messages:?}"))
}

/// What the arguments of a queue's mapping mean.
pub(crate) fn mapping(arguments: &str) -> EventSourceMapping {
    match trigger(&format!("sqs({arguments})")) {
        Trigger::Sqs(sqs) => sqs.mapping,
        other => panic!("{other:?}"),
    }
}

/// The one thing that is wrong with one.
pub(crate) fn refused(source: &str) -> String {
    let mut messages = all(source).map(|_| ()).unwrap_err();
    assert_eq!(messages.len(), 1, "{source}: {messages:?}");
    messages.remove(0)
}
