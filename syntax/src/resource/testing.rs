//! Helpers for tests that read a resource's attribute.

use skylift_model::resource::{Existing, ResourceSettings};

use super::{ResourceDefinition, ResourceItem};
use crate::errors::Errors;
use crate::http::AuthorizerDefinition;

/// Reads an attribute on `struct Uploads;`, or returns all errors.
pub(crate) fn read(attribute: &str) -> Result<ResourceDefinition, Vec<String>> {
    let mut errors = Errors::new();
    let item = "pub struct Uploads;".parse().unwrap();
    let definition = ResourceItem::parse(attribute.parse().unwrap(), item, &mut errors)
        .and_then(|item| item.read(&mut errors));
    let messages: Vec<String> = errors.into_diagnostics().iter().map(|it| it.full()).collect();
    match definition {
        Some(definition) if messages.is_empty() => Ok(definition),
        _ => Err(messages),
    }
}

/// Reads an attribute without errors.
pub(crate) fn accepted(attribute: &str) -> ResourceDefinition {
    read(attribute).unwrap_or_else(|messages| panic!("{attribute}: {messages:?}"))
}

/// Returns the settings in an attribute without errors.
pub(crate) fn settings(attribute: &str) -> ResourceSettings {
    accepted(attribute).settings
}

/// Returns the value of `existing` in an attribute without errors.
pub(crate) fn existing(attribute: &str) -> Option<Existing> {
    accepted(attribute).existing
}

/// Returns the one error about an attribute.
pub(crate) fn rejected(attribute: &str) -> String {
    let mut messages = read(attribute).map(|_| ()).expect_err(attribute);
    assert_eq!(messages.len(), 1, "{attribute}: {messages:?}");
    messages.remove(0)
}

/// Reads an attribute of an authorizer on `struct Users;`, or returns all errors.
fn read_authorizer(attribute: &str) -> Result<AuthorizerDefinition, Vec<String>> {
    let mut errors = Errors::new();
    let item = "pub struct Users;".parse().unwrap();
    let item = ResourceItem::parse(attribute.parse().unwrap(), item, &mut errors).unwrap();
    assert!(item.is_authorizer(), "{attribute}");
    let definition = item.read_authorizer(&mut errors);
    let messages: Vec<String> = errors.into_diagnostics().iter().map(|it| it.full()).collect();
    definition.filter(|_| messages.is_empty()).ok_or(messages)
}

/// Reads an attribute of an authorizer without errors.
pub(crate) fn accepted_authorizer(attribute: &str) -> AuthorizerDefinition {
    read_authorizer(attribute).unwrap_or_else(|messages| panic!("{attribute}: {messages:?}"))
}

/// Returns the one error about an attribute of an authorizer.
pub(crate) fn rejected_authorizer(attribute: &str) -> String {
    let mut messages = read_authorizer(attribute).map(|_| ()).expect_err(attribute);
    assert_eq!(messages.len(), 1, "{attribute}: {messages:?}");
    messages.remove(0)
}
