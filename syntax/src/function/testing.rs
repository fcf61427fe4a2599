//! How the tests of this crate read an attribute of a function.

use super::{Item, Read};
use crate::errors::Errors;

/// A function that takes nothing.
const WORK: &str = "async fn work() -> Result<(), Error> {}";

/// What an attribute on a function means, or all that is wrong with it.
pub(crate) fn read_on(attribute: &str, function: &str) -> Result<Read, Vec<String>> {
    let mut errors = Errors::new();
    let (args, item) = (attribute.parse().unwrap(), function.parse().unwrap());
    let read = Item::parse(args, item, &mut errors).and_then(|item| item.read(&mut errors));
    let messages: Vec<String> = errors.into_messages().iter().map(|it| it.full()).collect();
    match read {
        Some(read) if messages.is_empty() => Ok(read),
        None if !messages.is_empty() => Err(messages),
        other => panic!("{attribute}: {other:?} with {messages:?}"),
    }
}

/// What an attribute that is right means.
pub(crate) fn right(attribute: &str) -> Read {
    right_on(attribute, WORK)
}

/// What an attribute that is right for this function means.
pub(crate) fn right_on(attribute: &str, function: &str) -> Read {
    read_on(attribute, function).unwrap_or_else(|messages| panic!("{attribute}: {messages:?}"))
}

/// The one thing that is wrong with an attribute.
pub(crate) fn refused(attribute: &str) -> String {
    refused_on(attribute, WORK)
}

/// The one thing that is wrong with an attribute on this function.
pub(crate) fn refused_on(attribute: &str, function: &str) -> String {
    let mut messages = read_on(attribute, function).map(|_| ()).unwrap_err();
    assert_eq!(messages.len(), 1, "{attribute}: {messages:?}");
    messages.remove(0)
}
