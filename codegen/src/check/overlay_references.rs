//! Checks references to resources of the overlay: structs with `existing = overlay("LegacyOrders")`. It takes the
//! application and the overlay, and reports a resource that is missing, is of another kind, or has settings
//! with which a trigger on it cannot work.

use std::collections::HashMap;

use skylift_model::problem::{ItemIndex, PlaceInItem, Problems};
use skylift_model::resource::{Existing, Resource, ResourceKind};
use skylift_model::source::Trigger;
use skylift_model::{App, suggest};

use crate::lower::resource::{cloudformation_types, fifo_property};
use crate::lower::source::{self, TriggerContext};
use crate::overlay::{Overlay, OverlayEntry, PropertyValue, Section, parse_bool};
use crate::stack::Cause;

/// Checks that each such struct names a resource of its kind, and that the triggers on it can work.
pub(crate) fn check_overlay_references(app: &App, overlay: &Overlay, problems: &mut Problems) {
    let mut taken: HashMap<&str, &Resource> = HashMap::new();
    for (index, resource) in app.resources.iter().enumerate() {
        let Some(id) = overlay_id(resource) else { continue };
        let item = ItemIndex::Resource(index);
        let at = || PlaceInItem::Key("existing".to_owned());
        if let Some(other) = taken.insert(id, resource) {
            let message = format!("`{id}` is `{}` at {} already", other.ident, other.origin);
            problems.push(item, at(), message).help("use one struct for one resource");
            continue;
        }
        match overlay.resource(id) {
            Some(entry) => check_type(item, resource, entry, overlay, problems),
            None if overlay.broken || overlay.may_have_more_resources() => {}
            None => report_missing(item, resource.kind(), id, overlay, problems),
        }
    }
    for (index, function) in app.functions.iter().enumerate() {
        for (number, trigger) in function.triggers.iter().enumerate() {
            let context = TriggerContext { app, function, index, cause: Cause::Trigger(number) };
            check_trigger(&context, trigger, overlay, problems);
        }
    }
}

/// Returns the id of the overlay's resource that the struct refers to.
fn overlay_id(resource: &Resource) -> Option<&str> {
    match &resource.existing {
        Some(Existing::Overlay(id)) => Some(id.as_str()),
        _ => None,
    }
}

/// Returns the ids of the overlay's resources of this kind.
fn ids_of_kind(kind: ResourceKind, overlay: &Overlay) -> Vec<&str> {
    let fits = |entry: &&OverlayEntry| {
        entry.kind().is_some_and(|it| cloudformation_types(kind).contains(&it))
    };
    overlay.entries_of(Section::Resources).filter(fits).map(|entry| entry.name.as_str()).collect()
}

fn report_missing(
    item: ItemIndex,
    kind: ResourceKind,
    id: &str,
    overlay: &Overlay,
    problems: &mut Problems,
) {
    let at = PlaceInItem::Key("existing".to_owned());
    if !overlay.named {
        problems
            .push(item, at, "this package has no overlay")
            .help("name it in Cargo.toml, under `[package.metadata.skylift]`: `overlay = \"infra/extra.yaml\"`");
        return;
    }
    let known = ids_of_kind(kind, overlay);
    let problem = problems.push(item, at, format!("the overlay has no resource `{id}`"));
    let near = suggest::nearest(id, known.iter().copied());
    problem.help(match (near, known.as_slice()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => format!("give the overlay one of type `{}`", cloudformation_types(kind)[0]),
        (None, known) => {
            format!(
                "of type `{}` it has {}",
                cloudformation_types(kind)[0],
                suggest::list(known.iter().copied())
            )
        }
    });
}

fn check_type(
    item: ItemIndex,
    resource: &Resource,
    entry: &OverlayEntry,
    overlay: &Overlay,
    problems: &mut Problems,
) {
    let (kind, id) = (resource.kind(), &entry.name);
    let at = PlaceInItem::Key("existing".to_owned());
    // A resource without a `Type` gets it from a CloudFormation macro.
    let Some(found) = entry.kind() else { return };
    if !cloudformation_types(kind).contains(&found) {
        let message =
            format!("`{id}` at {} is of type `{found}`, not {}", entry.origin, kind.with_article());
        let others = ids_of_kind(kind, overlay);
        let problem = problems.push(item, at, message);
        problem.help(match suggest::nearest(id, others.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if others.is_empty() => {
                format!("{} has the type `{}`", kind.with_article(), cloudformation_types(kind)[0])
            }
            None => format!("the overlay's are {}", suggest::list(others)),
        });
        return;
    }
    let Some((fifo, property)) = fifo_property(resource) else { return };
    let theirs = match entry.property(&[property]) {
        PropertyValue::Value(value) => parse_bool(value),
        PropertyValue::Missing => Some(false),
        PropertyValue::Unknown => None,
    };
    if let Some(theirs) = theirs.filter(|theirs| *theirs != fifo) {
        let (kind, a) = (kind.as_str(), if theirs { "a" } else { "no" });
        let message = format!("`{id}` at {} is {a} FIFO {kind}", entry.origin);
        problems.push(item, at, message).help(if theirs {
            "write `fifo` beside it"
        } else {
            "leave `fifo` out"
        });
    }
}

/// Reports a trigger that cannot work on its resource of the overlay. Without this check, the error would occur only
/// when the stack is deployed.
fn check_trigger(
    context: &TriggerContext<'_>,
    trigger: &Trigger,
    overlay: &Overlay,
    problems: &mut Problems,
) {
    let (Some(uses), Cause::Trigger(number)) = (trigger.resource(), context.cause) else { return };
    let Some(entry) =
        context.app.resource(uses.ident).and_then(overlay_id).and_then(|it| overlay.resource(it))
    else {
        return;
    };
    if entry.kind().is_none_or(|it| !cloudformation_types(uses.kind).contains(&it)) {
        return;
    }
    if let Some((message, help)) = source::as_lower_trigger(trigger).check_overlay(entry, context) {
        let at = PlaceInItem::trigger_key(number, uses.key);
        problems.push(ItemIndex::Function(context.index), at, message).help(help);
    }
}
