//! How the tests of this folder read an attribute.

use skylift_model::resource::{Existing, ResourceSettings};

use super::{Item, Read};
use crate::errors::Errors;

/// What an attribute on `struct Uploads;` means, or all that is wrong with it.
pub(super) fn read(attribute: &str) -> Result<Read, Vec<String>> {
    let mut errors = Errors::new();
    let item = "pub struct Uploads;".parse().unwrap();
    let read = Item::parse(attribute.parse().unwrap(), item, &mut errors)
        .and_then(|item| item.read(&mut errors));
    let messages: Vec<String> = errors.into_messages().iter().map(|it| it.full()).collect();
    match read {
        Some(read) if messages.is_empty() => Ok(read),
        _ => Err(messages),
    }
}

/// What an attribute that is right means.
pub(super) fn right(attribute: &str) -> Read {
    read(attribute).unwrap_or_else(|messages| panic!("{attribute}: {messages:?}"))
}

/// The settings of one that is right.
pub(super) fn settings(attribute: &str) -> ResourceSettings {
    right(attribute).settings
}

/// Which one it is, of one that is right.
pub(super) fn existing(attribute: &str) -> Option<Existing> {
    right(attribute).existing
}

/// The one thing that is wrong with an attribute.
pub(super) fn refused(attribute: &str) -> String {
    let mut messages = read(attribute).map(|_| ()).unwrap_err();
    assert_eq!(messages.len(), 1, "{attribute}: {messages:?}");
    messages.remove(0)
}
