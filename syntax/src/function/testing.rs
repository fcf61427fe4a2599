//! How the tests of this crate read an attribute of a function.

use super::{Item, Read};
use crate::errors::Errors;

/// What an attribute on `async fn work()` means, or all that is wrong with it.
fn read(attribute: &str) -> Result<Read, Vec<String>> {
    let mut errors = Errors::new();
    let item = "async fn work() -> Result<(), Error> {}".parse().unwrap();
    let read = Item::parse(attribute.parse().unwrap(), item, &mut errors)
        .and_then(|item| item.read(&mut errors));
    let messages: Vec<String> = errors.into_messages().iter().map(|it| it.full()).collect();
    match read {
        Some(read) if messages.is_empty() => Ok(read),
        _ => Err(messages),
    }
}

/// What an attribute that is right means.
pub(crate) fn right(attribute: &str) -> Read {
    read(attribute).unwrap_or_else(|messages| panic!("{attribute}: {messages:?}"))
}

/// The one thing that is wrong with an attribute.
pub(crate) fn refused(attribute: &str) -> String {
    let mut messages = read(attribute).map(|_| ()).unwrap_err();
    assert_eq!(messages.len(), 1, "{attribute}: {messages:?}");
    messages.remove(0)
}
