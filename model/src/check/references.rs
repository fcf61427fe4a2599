//! What functions name is there, and is what the place needs.

use crate::App;
use crate::access::Access;
use crate::aws::mapping::failure_destination;
use crate::function::{Requirement, ResourceUse};
use crate::problem::{ItemIndex, PlaceInItem, Problem, Problems};
use crate::resource::{Resource, ResourceKind};
use crate::suggest;

/// Every resource and every function that is named is declared, and is what the place needs.
///
/// `unknown` are the identifiers of items that exist but could not be read.
pub(super) fn check(app: &App, unknown: &[String], problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        let item = ItemIndex::Function(index);
        for resource_use in function.resource_uses() {
            if !unknown.iter().any(|known| known == resource_use.ident) {
                resource(app, item, resource_use, problems);
            }
        }
        for (parameter, ident) in function.invokes() {
            if !unknown.iter().any(|known| known == ident) {
                invoked(app, item, parameter, ident, problems);
            }
        }
    }
}

fn resource(
    app: &App,
    item: ItemIndex,
    ResourceUse { at, ident, requirement }: ResourceUse<'_>,
    problems: &mut Problems,
) {
    let Some(resource) = app.resource(ident) else {
        let message = format!("no resource `{ident}` is declared");
        undeclared(app, problems.push(item, at, message), ident, requirement);
        return;
    };
    let (kind, origin) = (resource.kind(), &resource.origin);
    if requirement.accepts(kind) {
        return;
    }
    let is = format!("`{ident}` is {}", kind.with_article());
    match requirement {
        Requirement::Anything => {}
        Requirement::Kind(wanted) => {
            let message = format!("{is}, not {} (declared at {origin})", wanted.with_article());
            let problem = problems.push(item, at, message);
            problem.help(fitting(app, requirement, wanted));
        }
        Requirement::Destination => {
            let message =
                format!("{is} (declared at {origin}), and Lambda does not send what failed to one");
            problems
                .push(item, at, message)
                .help(format!("name {}", failure_destination::list_kinds()));
        }
        Requirement::Access(access) => {
            let capability = access.capability();
            let offered = kind.capabilities();
            let message = format!("{is} (declared at {origin}), which has no `{capability}`");
            let problem = problems.push(item, at, message);
            if let [only] = offered.as_slice() {
                problem.help(format!("write `{only}<{ident}>`"));
            } else {
                problem.help(format!("{} has {}", kind.with_article(), suggest::list(offered)));
            }
        }
    }
}

/// What to name in the place of a resource of another kind.
fn fitting(app: &App, requirement: Requirement, wanted: ResourceKind) -> String {
    let declared = declared(app, requirement);
    if declared.is_empty() {
        return format!("declare {}, and name that", wanted.with_article());
    }
    format!("name {}{}", if declared.len() > 1 { "one of " } else { "" }, suggest::list(declared))
}

/// The resources that the place takes.
fn declared(app: &App, requirement: Requirement) -> Vec<&str> {
    let fits =
        |resource: &&Resource| resource.owner.is_none() && requirement.accepts(resource.kind());
    app.resources.iter().filter(fits).map(|resource| resource.ident.as_str()).collect()
}

fn undeclared(app: &App, problem: &mut Problem, ident: &str, requirement: Requirement) {
    let declared = declared(app, requirement);
    let kind = match requirement {
        Requirement::Anything => "…",
        Requirement::Destination => {
            failure_destination::kinds().first().map_or("…", |kind| kind.minimal_declaration())
        }
        Requirement::Kind(kind) => kind.minimal_declaration(),
        Requirement::Access(access) => {
            only_kind(access).map_or("…", ResourceKind::minimal_declaration)
        }
    };
    problem.help(match suggest::nearest(ident, declared.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if declared.is_empty() => {
            format!("declare it: `#[resource({kind})] pub struct {ident};`")
        }
        None => format!(
            "declare it: `#[resource({kind})] pub struct {ident};`, or use {}{}",
            if declared.len() > 1 { "one of " } else { "" },
            suggest::list(declared)
        ),
    });
}

/// The kind that alone offers this access.
fn only_kind(access: Access) -> Option<ResourceKind> {
    let mut kinds = ResourceKind::ALL.iter().filter(|kind| !kind.calls(access).is_empty());
    kinds.next().copied().filter(|_| kinds.next().is_none())
}

fn invoked(app: &App, item: ItemIndex, parameter: usize, ident: &str, problems: &mut Problems) {
    let at = PlaceInItem::Param(parameter);
    let Some(function) = app.function(ident) else {
        let known = app.functions.iter().map(crate::Function::ident);
        let problem =
            problems.push(item, at, format!("no function `{ident}` has a `#[function]` on it"));
        problem.help(match suggest::nearest(ident, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("put `#[function]` on `{ident}`"),
        });
        return;
    };
    if let Some(trigger) =
        function.triggers.iter().find(|trigger| trigger.request_shape().is_some())
    {
        let message =
            format!("`{ident}` answers HTTP requests, and has no event to be invoked with");
        problems
            .push(item, at, message)
            .help(format!("call `{}`, or a function that both share", trigger.summary()));
    }
}
