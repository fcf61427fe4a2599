//! Compares the names in definitions with the functions and the resources of the application.

use skylift_model::allow_statement::AllowStatement;
use skylift_model::aws::value::CfnValue;
use skylift_model::message::Message;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problem};
use skylift_model::resource::{Resource, ResourceSettings};
use skylift_model::{App, Function, suggest};

use super::name::{NameInDefinition, problem};
use crate::messages;

/// Checks the names in the definitions of an application. `unknown` are the identifiers of items that exist but have
/// errors.
pub(crate) fn check_functions(
    app: &App,
    unknown: &[String],
    names: &[NameInDefinition],
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for it in names.iter().filter(|it| !unknown.contains(&it.name)) {
        let found =
            if it.is_called { check_called(app, &it.name) } else { check_named(app, &it.name) };
        problems
            .extend(found.map(|message| {
                problem(it.resource, messages::in_definition(&it.origin, &message))
            }));
    }
    problems.extend(check_allowed(app, unknown));
    problems
}

/// Returns the problems of names in the `allow` of state machines.
fn check_allowed(app: &App, unknown: &[String]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, resource) in app.resources.iter().enumerate() {
        let ResourceSettings::StateMachine(machine) = &resource.settings else { continue };
        for value in machine.allow.iter().flat_map(AllowStatement::values) {
            let CfnValue::Resource(name) = value else { continue };
            let (item, at) = (ItemIndex::Resource(index), PlaceInItem::key("allow"));
            if let Some(view) = app.resource(name).and_then(|it| it.view.as_ref()) {
                let message = messages::view_in_definition(name, &view.of);
                problems.push(Problem { item, at, message });
            } else if find_resource(app, name).is_none() && !unknown.contains(name) {
                let declared = app.resources.iter().filter(|it| it.owner.is_none());
                let near = suggest::nearest(name, declared.map(|it| it.ident.as_str()));
                let message = messages::unknown_resource_in_allow(name, near);
                problems.push(Problem { item, at, message });
            }
        }
    }
    problems
}

/// Checks the name of a function that a state calls. Returns the mistake, if there is one.
fn check_called(app: &App, name: &str) -> Option<Message> {
    if let Some(function) = app.function(name) {
        let mut triggers = function.triggers.iter();
        let route = triggers.find(|trigger| trigger.request_schema().is_some())?;
        return Some(messages::called_function_has_route(name, &route.summary()));
    }
    if let Some(resource) = find_resource(app, name) {
        return Some(messages::called_resource(name, resource.kind().with_article()));
    }
    let near = suggest::nearest(name, function_names(app));
    Some(messages::unknown_function_in_definition(name, near, function_names(app)))
}

/// Checks a name at another place of a definition. Returns the mistake, if there is one.
fn check_named(app: &App, name: &str) -> Option<Message> {
    if let Some(view) = app.resource(name).and_then(|it| it.view.as_ref()) {
        return Some(messages::view_in_definition(name, &view.of));
    }
    if app.function(name).is_some() || find_resource(app, name).is_some() {
        return None;
    }
    let declared = app.resources.iter().filter(|it| it.owner.is_none());
    let known = function_names(app).chain(declared.map(|it| it.ident.as_str()));
    Some(messages::unknown_name_in_definition(name, suggest::nearest(name, known)))
}

/// Returns the resource that the user declared under this name.
fn find_resource<'a>(app: &'a App, name: &str) -> Option<&'a Resource> {
    app.resource(name).filter(|resource| resource.owner.is_none())
}

/// Returns the identifiers of all functions.
fn function_names(app: &App) -> impl Iterator<Item = &str> {
    app.functions.iter().map(Function::ident)
}
