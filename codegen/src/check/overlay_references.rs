//! Checks references to resources of the overlay: structs with `existing = overlay("LegacyOrders")`. It takes the
//! application and the overlay. It reports a resource of the overlay that is missing, is of another kind, or has
//! properties with which a trigger on it cannot work.

use std::collections::HashMap;

use skylift_model::App;
use skylift_model::message::Message;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problems};
use skylift_model::resource::{Existing, Resource, ResourceKind, ResourceSettings};
use skylift_model::source::Trigger;
use skylift_model::subscription::MessageSource;

use super::overlay_tables::check_table_keys;
use crate::lower::resource::fifo_property;
use crate::lower::source::s3::check_overlay_bucket;
use crate::lower::source::{self, TriggerContext, TriggerOverlayResource};
use crate::messages;
use crate::overlay::{Overlay, OverlayEntry, PropertyValue, Section, parse_bool};
use crate::stack::Cause;

/// Checks every struct with `existing = overlay("…")`: the overlay must have the resource, the resource must be of
/// the struct's kind, and no other struct may refer to it. Also checks that the functions' triggers can work on
/// these resources.
pub(crate) fn check_overlay_references(app: &App, overlay: &Overlay, problems: &mut Problems) {
    let mut taken: HashMap<&str, &Resource> = HashMap::new();
    for (index, resource) in app.resources.iter().enumerate() {
        let Some(id) = overlay_id(resource) else { continue };
        let item = ItemIndex::Resource(index);
        let at = || PlaceInItem::Key("existing".to_owned());
        if let Some(other) = taken.insert(id, resource) {
            let message = messages::overlay_resource_used_twice(id, &other.ident, &other.origin);
            problems.push(item, at(), message);
            continue;
        }
        match overlay.resource(id) {
            Some(entry) => check_type(item, resource, entry, overlay, problems),
            None if overlay.broken || overlay.may_have_more_resources() => {}
            None => report_missing(item, resource.kind(), id, overlay, problems),
        }
    }
    for subscription in &app.subscriptions {
        let MessageSource::Bucket(s3) = &subscription.from else { continue };
        let bucket = s3.bucket.declared().and_then(|ident| app.resource(ident));
        let entry = bucket.and_then(overlay_id).and_then(|id| overlay.resource(id));
        let is_bucket = |entry: &&OverlayEntry| entry.kind() == Some("AWS::S3::Bucket");
        if let Some(message) = entry.filter(is_bucket).and_then(check_overlay_bucket) {
            let item = ItemIndex::Resource(subscription.resource);
            problems.push(item, subscription.place("bucket"), message);
        }
    }
    for (index, function) in app.functions.iter().enumerate() {
        for (number, trigger) in function.triggers.iter().enumerate() {
            let context = TriggerContext { app, function, index, cause: Cause::Trigger(number) };
            check_trigger(&context, trigger, overlay, problems);
        }
    }
}

/// Returns the logical id of the overlay's resource that a struct refers to. Returns `None` if the struct does not
/// refer to the overlay.
fn overlay_id(resource: &Resource) -> Option<&str> {
    match &resource.existing {
        Some(Existing::Overlay(id)) => Some(id.as_str()),
        _ => None,
    }
}

/// Returns the logical ids of the overlay's resources whose type is one of this kind's CloudFormation types.
fn ids_of_kind(kind: ResourceKind, overlay: &Overlay) -> Vec<&str> {
    ids_of_accepted_types(|it| kind.cloudformation_types().contains(&it), overlay)
}

/// Returns the logical ids of the overlay's resources with a CloudFormation type that `accepts` accepts.
fn ids_of_accepted_types(accepts: impl Fn(&str) -> bool, overlay: &Overlay) -> Vec<&str> {
    let fits = |entry: &&OverlayEntry| entry.kind().is_some_and(&accepts);
    overlay.entries_of(Section::Resources).filter(fits).map(|entry| entry.name.as_str()).collect()
}

/// Reports that the overlay does not have the resource `id`, or that the package has no overlay.
fn report_missing(
    item: ItemIndex,
    kind: ResourceKind,
    id: &str,
    overlay: &Overlay,
    problems: &mut Problems,
) {
    let at = PlaceInItem::Key("existing".to_owned());
    if !overlay.named {
        problems.push(item, at, messages::no_overlay());
        return;
    }
    let known = ids_of_kind(kind, overlay);
    let kind_type = kind.cloudformation_types()[0];
    problems.push(item, at, messages::unknown_overlay_resource(id, kind_type, &known));
}

/// Reports that the overlay's resource has another type than the struct needs, or that only one of the two is FIFO.
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
    if !kind.cloudformation_types().contains(&found) {
        let message = messages::overlay_resource_of_other_kind(
            (id, &entry.origin),
            found,
            (kind.with_article(), kind.cloudformation_types()[0]),
            &ids_of_kind(kind, overlay),
        );
        problems.push(item, at, message);
        return;
    }
    if let ResourceSettings::Table(table) = &resource.settings {
        for (key, message) in check_table_keys(table, entry) {
            problems.push(item, PlaceInItem::key(key), message);
        }
    }
    let Some(fifo) = fifo_property(resource) else { return };
    let is_fifo = match entry.property(&[fifo.name]) {
        PropertyValue::Value(value) => parse_bool(value),
        PropertyValue::Missing => Some(false),
        PropertyValue::Unknown => None,
    };
    if let Some(is_fifo) = is_fifo.filter(|is_fifo| *is_fifo != fifo.is_fifo) {
        let message = if is_fifo {
            messages::overlay_resource_is_fifo(id, &entry.origin, kind.as_str())
        } else {
            messages::overlay_resource_is_not_fifo(id, &entry.origin, kind.as_str())
        };
        problems.push(item, at, message);
    }
}

/// Reports a trigger on a resource of the overlay whose properties do not allow the trigger to work. Without this
/// check, the error would occur only when the stack is deployed.
fn check_trigger(
    context: &TriggerContext<'_>,
    trigger: &Trigger,
    overlay: &Overlay,
    problems: &mut Problems,
) {
    let Cause::Trigger(number) = context.cause else { return };
    let lowered = source::as_lower_trigger(trigger);
    for message in lowered.check_users_in_overlay(overlay, context) {
        problems.push(ItemIndex::Function(context.index), PlaceInItem::Trigger(number), message);
    }
    if let Some(named) = lowered.overlay_resource() {
        let message = match find_named_resource(&named, overlay) {
            Ok(entry) => entry.and_then(|entry| lowered.check_overlay(entry, context)),
            Err(message) => Some(message),
        };
        let at = PlaceInItem::trigger_key(number, named.key);
        if let Some(message) = message {
            problems.push(ItemIndex::Function(context.index), at, message);
        }
        return;
    }
    let Some(uses) = trigger.resource() else { return };
    let Some(entry) =
        context.app.resource(uses.ident).and_then(overlay_id).and_then(|it| overlay.resource(it))
    else {
        return;
    };
    if entry.kind().is_none_or(|it| !uses.kind.cloudformation_types().contains(&it)) {
        return;
    }
    if let Some(message) = lowered.check_overlay(entry, context) {
        let at = PlaceInItem::trigger_key(number, uses.key);
        problems.push(ItemIndex::Function(context.index), at, message);
    }
}

/// Finds the resource of the overlay that a trigger names. Returns `None` if the overlay may have it without showing it.
///
/// # Errors
///
/// Returns a message if the overlay does not have the resource, or has one of another kind with this id.
fn find_named_resource<'a>(
    named: &TriggerOverlayResource<'_>,
    overlay: &'a Overlay,
) -> Result<Option<&'a OverlayEntry>, Message> {
    let TriggerOverlayResource { id, kind: (kind, kind_type), accepts, .. } = *named;
    let known = || ids_of_accepted_types(accepts, overlay);
    match overlay.resource(id) {
        Some(entry) => match entry.kind() {
            Some(found) if !accepts(found) => Err(messages::overlay_resource_of_other_kind(
                (id, &entry.origin),
                found,
                (kind, kind_type),
                &known(),
            )),
            _ => Ok(Some(entry)),
        },
        None if overlay.broken || overlay.may_have_more_resources() => Ok(None),
        None if !overlay.named && overlay.entries.is_empty() => Err(messages::no_overlay()),
        None => Err(messages::unknown_overlay_resource(id, kind_type, &known())),
    }
}
