//! What has a name in the account has it alone.

use std::collections::HashMap;

use crate::App;
use crate::aws::limits;
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::resource::{Existing, Resource, ResourceKind};

pub(super) fn check(app: &App, problems: &mut Problems) {
    functions(app, problems);
    handlers(app, problems);
    resources(app, problems);
}

fn functions(app: &App, problems: &mut Problems) {
    let mut functions: HashMap<&str, usize> = HashMap::new();
    for (index, function) in app.functions.iter().enumerate() {
        let Some(name) = &function.name else { continue };
        if let Some(other) = functions.insert(name.as_str(), index) {
            let other = &app.functions[other];
            let message = format!(
                "function name `{name}` is taken by `{}` at {}",
                other.handler, other.origin
            );
            problems.push(ItemIndex::Function(index), PlaceInItem::key("name"), message);
        }
    }
}

/// The path of a handler fits into what Lambda takes, and leads to one function.
fn handlers(app: &App, problems: &mut Problems) {
    let mut handlers: HashMap<(Option<&str>, &str), usize> = HashMap::new();
    for (index, function) in app.functions.iter().enumerate() {
        let (length, most) = (function.handler.chars().count(), limits::HANDLER_LEN);
        if length > most {
            let message = format!(
                "the path `{}` has {length} characters, Lambda takes {most} for a handler",
                function.handler
            );
            problems
                .push(ItemIndex::Function(index), PlaceInItem::Name, message)
                .help("give it a shorter name, or move it up in the modules");
        }
        let key = (function.binary.as_deref(), function.handler.as_str());
        if let Some(other) = handlers.insert(key, index) {
            let (handler, origin) = (&function.handler, &app.functions[other].origin);
            let message = format!(
                "the library and the binary both have a handler `{handler}`: the other is at {origin}"
            );
            problems
                .push(ItemIndex::Function(index), PlaceInItem::Name, message)
                .help("rename one of them");
        }
    }
}

/// A name of the account means one resource, and that resource has one struct.
fn resources(app: &App, problems: &mut Problems) {
    let mut taken: HashMap<(ResourceKind, &str), Vec<&Resource>> = HashMap::new();
    for (index, resource) in app.resources.iter().enumerate() {
        let Some(name) = resource.physical_name() else { continue };
        let known = taken.entry((resource.kind(), name)).or_default();
        if let Some(other) = known.iter().find(|other| !are_apart(resource, other)) {
            let kind = resource.kind().as_str();
            let key = if resource.existing.is_some() { "existing" } else { "name" };
            let message =
                format!("{kind} name `{name}` is taken by `{}` at {}", other.ident, other.origin);
            problems.push(ItemIndex::Resource(index), PlaceInItem::key(key), message);
        }
        known.push(resource);
    }
}

/// Whether two resources of one name stand in different accounts or regions, as their ARNs say.
fn are_apart(one: &Resource, other: &Resource) -> bool {
    match (&one.existing, &other.existing) {
        (Some(Existing::Arn(one)), Some(Existing::Arn(other))) => one != other,
        _ => false,
    }
}
