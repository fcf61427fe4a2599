//! Checks that names are unique: function names, handlers, and the names of resources.

use std::collections::HashMap;

use crate::App;
use crate::aws::limits;
use crate::messages::application as messages;
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::resource::{Existing, Resource, ResourceKind};

pub(super) fn check(app: &App, problems: &mut Problems) {
    check_function_names(app, problems);
    check_handlers(app, problems);
    check_resource_names(app, problems);
}

/// Checks that no two functions have the same name in the account.
fn check_function_names(app: &App, problems: &mut Problems) {
    let mut taken: HashMap<&str, usize> = HashMap::new();
    for (index, function) in app.functions.iter().enumerate() {
        let Some(name) = &function.name else { continue };
        if let Some(other) = taken.insert(name.as_str(), index) {
            let other = &app.functions[other];
            let message =
                messages::function_name_taken(name.as_str(), &other.handler, &other.origin);
            problems.push(ItemIndex::Function(index), PlaceInItem::key("name"), message);
        }
    }
}

/// Checks that the path of each handler is not longer than Lambda allows, and that no two functions have the
/// same path.
fn check_handlers(app: &App, problems: &mut Problems) {
    let mut taken: HashMap<(Option<&str>, &str), usize> = HashMap::new();
    for (index, function) in app.functions.iter().enumerate() {
        let item = ItemIndex::Function(index);
        let length = function.handler.chars().count();
        if length > limits::HANDLER_LEN {
            let message = messages::handler_too_long(&function.handler, length);
            problems.push(item, PlaceInItem::Name, message);
        }
        let key = (function.binary.as_deref(), function.handler.as_str());
        if let Some(other) = taken.insert(key, index) {
            let origin = &app.functions[other].origin;
            let message = messages::handler_in_library_and_binary(&function.handler, origin);
            problems.push(item, PlaceInItem::Name, message);
        }
    }
}

/// Checks that no two resources have the same name in one account and region, and that no two structs stand for
/// the same existing resource.
fn check_resource_names(app: &App, problems: &mut Problems) {
    let mut taken: HashMap<(ResourceKind, &str), Vec<&Resource>> = HashMap::new();
    for (index, resource) in app.resources.iter().enumerate() {
        if resource.view.is_some() {
            continue;
        }
        let Some(name) = resource.physical_name() else { continue };
        let earlier = taken.entry((resource.kind(), name)).or_default();
        if let Some(other) = earlier.iter().find(|other| !have_different_arns(resource, other)) {
            let kind = resource.kind().as_str();
            let key = if resource.existing.is_some() { "existing" } else { "name" };
            let message = messages::resource_name_taken(kind, name, &other.ident, &other.origin);
            problems.push(ItemIndex::Resource(index), PlaceInItem::key(key), message);
        }
        earlier.push(resource);
    }
}

/// Returns whether two resources with the same name exist already and have different ARNs, so that their
/// accounts or regions differ.
fn have_different_arns(one: &Resource, other: &Resource) -> bool {
    match (&one.existing, &other.existing) {
        (Some(Existing::Arn(one)), Some(Existing::Arn(other))) => one != other,
        _ => false,
    }
}
