//! Checks that each resource and each function that a function names is declared, and that the resource is of a
//! kind that can be named at that place.

use crate::access::Access;
use crate::aws::iam::CallGroup;
use crate::aws::mapping::failure_destination;
use crate::check::views;
use crate::function::{Requirement, ResourceUse};
use crate::messages::application as messages;
use crate::messages::http as http_messages;
use crate::messages::views as view_messages;
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::resource::view;
use crate::resource::{KnownBy, Resource, ResourceIdentity, ResourceKind};
use crate::source::ResourcesByIdent;
use crate::suggest;
use crate::{App, Function};

/// Checks the references of all functions to resources and to other functions, and those of subscriptions.
///
/// `unknown` are the identifiers of items that exist but have errors. References to these items are not
/// checked.
pub(super) fn check(app: &App, unknown: &[String], problems: &mut Problems) {
    check_names_in_quotes(app, problems);
    let defaults = app.defaults.lambda.alarm_settings();
    for resource_use in defaults.into_iter().flat_map(ResourceUse::of_alarms) {
        if !unknown.iter().any(|known| known == resource_use.ident) {
            check_resource(app, ItemIndex::Defaults, resource_use, problems);
        }
    }
    for (index, function) in app.functions.iter().enumerate() {
        let item = ItemIndex::Function(index);
        for resource_use in function.resource_uses() {
            if !unknown.iter().any(|known| known == resource_use.ident) {
                check_resource(app, item, resource_use, problems);
            }
        }
        for (parameter, ident) in function.invokes() {
            if !unknown.iter().any(|known| known == ident) {
                check_invoked_function(app, item, parameter, ident, problems);
            }
        }
    }
    for (index, resource) in app.resources.iter().enumerate() {
        if let Some(view) = &resource.view
            && !unknown.contains(&view.of)
        {
            let at = PlaceInItem::key(view::OF);
            let requirement = Requirement::Kind(resource.kind());
            let used = ResourceUse { at, ident: &view.of, requirement };
            check_resource(app, ItemIndex::Resource(index), used, problems);
        }
    }
    for subscription in &app.subscriptions {
        let item = ItemIndex::Resource(subscription.resource);
        for resource_use in subscription.resource_uses() {
            if !unknown.iter().any(|known| known == resource_use.ident) {
                check_resource(app, item, resource_use, problems);
            }
        }
    }
}

/// Reports triggers on an existing resource whose name is the identifier of a struct of that kind: the user most likely
/// means the struct.
fn check_names_in_quotes(app: &App, problems: &mut Problems) {
    let resources: ResourcesByIdent<'_> = app.resources.iter().collect();
    for (index, trigger) in app.triggers() {
        let Some(ResourceIdentity { kind, known_by: KnownBy::Name(name) }) =
            trigger.event_source(&resources)
        else {
            continue;
        };
        // A struct whose own name is in `existing` is the same resource.
        let declared = app.resource(&name).filter(|it| it.kind() == kind && it.existing.is_none());
        if trigger.resource().is_none()
            && let Some(resource) = declared
        {
            let message =
                messages::declared_resource_in_quotes(&name, kind.as_str(), &resource.origin);
            let at = PlaceInItem::Trigger(index.trigger);
            problems.push(ItemIndex::Function(index.function), at, message);
        }
    }
}

/// Returns whether a name is that of a type: `Jobs`, but not `info` and not the constant `LOG_LEVEL`.
fn is_type_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_uppercase())
        && (name.contains(char::is_lowercase) || !name.contains('_'))
}

/// Checks that a resource that a function names is declared and fulfils the requirement at this place.
fn check_resource(
    app: &App,
    item: ItemIndex,
    ResourceUse { at, ident, requirement }: ResourceUse<'_>,
    problems: &mut Problems,
) {
    let fitting = || find_fitting_resources(app, requirement);
    if let Some(authorizer) = app.authorizer(ident) {
        let message = http_messages::authorizer_in_place_of_resource(ident, &authorizer.origin);
        problems.push(item, at, message);
        return;
    }
    let Some(resource) = app.resource(ident) else {
        let near = suggest::nearest(ident, fitting());
        if matches!(at, PlaceInItem::Env(_)) && near.is_none() && !is_type_name(ident) {
            problems.push(item, at, messages::word_in_env(ident));
            return;
        }
        let kind = find_kind_to_suggest(requirement).map_or("…", ResourceKind::minimal_declaration);
        let capability = match requirement {
            Requirement::Access(access) => Some(access.capability()),
            _ => None,
        };
        let message = messages::undeclared_resource(ident, near, fitting(), kind, capability);
        problems.push(item, at, message);
        return;
    };
    let (kind, origin) = (resource.kind(), &resource.origin);
    if let Some(message) = views::check_use(app, item, &at, resource, requirement) {
        problems.push(item, at, message);
        return;
    }
    if requirement.accepts(kind) {
        check_calls(app, item, &at, resource, problems);
        return;
    }
    let noun = kind.with_article();
    let message = match requirement {
        Requirement::Anything => return,
        Requirement::Kind(wanted) => {
            let wanted = wanted.with_article();
            messages::resource_of_another_kind(ident, noun, origin, wanted, fitting())
        }
        Requirement::Destination => {
            let accepted = failure_destination::list_kinds();
            messages::not_a_failure_destination(ident, noun, origin, &accepted)
        }
        Requirement::ErrorAction => {
            let accepted = failure_destination::list_kinds();
            messages::not_an_error_action(ident, noun, origin, &accepted)
        }
        Requirement::Result(outcome) => {
            let kinds = ResourceKind::ALL.iter().filter(|kind| requirement.accepts(**kind));
            let accepted: Vec<&str> = kinds.map(|kind| kind.with_article()).collect();
            messages::not_a_result_destination(ident, noun, origin, outcome.key(), &accepted)
        }
        Requirement::Access(access) => {
            let (capability, offered) = (access.capability(), kind.capabilities());
            messages::missing_capability(ident, noun, origin, capability, &offered)
        }
    };
    problems.push(item, at, message);
}

/// Checks that a capability is narrowed to calls that it has for this kind of resource; `at` is the place of a use.
fn check_calls(
    app: &App,
    item: ItemIndex,
    at: &PlaceInItem,
    resource: &Resource,
    problems: &mut Problems,
) {
    let kind = resource.kind();
    let (ItemIndex::Function(function), PlaceInItem::Param(index)) = (item, at) else { return };
    let capabilities = &app.functions[function].capabilities;
    let Some(capability) = capabilities.iter().find(|it| it.parameter == *index) else { return };
    let offered = kind.call_groups(capability.access);
    let unknown = capability.calls.iter().position(|call| !offered.contains(call));
    if let Some(number) = unknown {
        let offered: Vec<&str> = offered.into_iter().map(CallGroup::name).collect();
        let (name, call) = (capability.access.capability(), capability.calls[number].name());
        let message = messages::call_of_another_kind(name, kind.with_article(), call, &offered);
        problems.push(item, PlaceInItem::ParamCall(*index, number), message);
    }
    let is_made = |call: &CallGroup| resource.view.as_ref().is_none_or(|it| it.part.makes(*call));
    if let Some(number) = capability.calls.iter().position(|call| !is_made(call)) {
        let message = view_messages::scan_of_view(&resource.ident);
        problems.push(item, PlaceInItem::ParamCall(*index, number), message);
    }
}

/// Returns the identifiers of the declared resources that fulfil the requirement.
fn find_fitting_resources(app: &App, requirement: Requirement) -> Vec<&str> {
    let can_be_view = matches!(requirement, Requirement::Access(_));
    let fits = |resource: &&Resource| {
        resource.owner.is_none()
            && (can_be_view || resource.view.is_none())
            && requirement.accepts(resource.kind())
    };
    app.resources.iter().filter(fits).map(|resource| resource.ident.as_str()).collect()
}

/// Returns the kind to suggest for a resource that is not declared. Returns `None` if any kind fulfils the
/// requirement, or if several kinds offer the required access.
fn find_kind_to_suggest(requirement: Requirement) -> Option<ResourceKind> {
    match requirement {
        Requirement::Anything => None,
        Requirement::Destination | Requirement::ErrorAction => {
            failure_destination::kinds().first().copied()
        }
        Requirement::Result(_) => Some(ResourceKind::Queue),
        Requirement::Kind(kind) => Some(kind),
        Requirement::Access(access) => find_only_kind_with_access(access),
    }
}

/// Returns the kind of resource that offers this access. Returns `None` if several kinds offer it.
fn find_only_kind_with_access(access: Access) -> Option<ResourceKind> {
    let mut kinds = ResourceKind::ALL.iter().filter(|kind| !kind.calls(access).is_empty());
    kinds.next().copied().filter(|_| kinds.next().is_none())
}

/// Checks that a function that another function invokes is declared and handles no HTTP requests. `item` is the
/// invoking function, and `parameter` is the index of its capability.
fn check_invoked_function(
    app: &App,
    item: ItemIndex,
    parameter: usize,
    ident: &str,
    problems: &mut Problems,
) {
    let at = PlaceInItem::Param(parameter);
    let Some(function) = app.function(ident) else {
        let near = suggest::nearest(ident, app.functions.iter().map(Function::ident));
        problems.push(item, at, messages::undeclared_function(ident, near));
        return;
    };
    let mut triggers = function.triggers.iter();
    if let Some(trigger) = triggers.find(|trigger| trigger.request_schema().is_some()) {
        let message = messages::invoked_function_has_route(ident, &trigger.summary());
        problems.push(item, at, message);
    }
}
