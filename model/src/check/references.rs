//! What functions name is there, and is what the place needs.

use crate::App;
use crate::access::Access;
use crate::aws::mapping::destination;
use crate::function::{Mention, Wants};
use crate::problem::{At, Item, Problem, Problems};
use crate::resource::{Kind, Resource};
use crate::suggest;

/// Every resource and every function that is named is declared, and is what the place needs.
///
/// `unknown` are the identifiers of items that exist but could not be read.
pub(super) fn check(app: &App, unknown: &[String], problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        let item = Item::Function(index);
        for mention in function.references() {
            if !unknown.iter().any(|known| known == mention.ident) {
                resource(app, item, mention, problems);
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
    item: Item,
    Mention { at, ident, wants }: Mention<'_>,
    problems: &mut Problems,
) {
    let Some(resource) = app.resource(ident) else {
        let message = format!("no resource `{ident}` is declared");
        undeclared(app, problems.push(item, at, message), ident, wants);
        return;
    };
    let (kind, origin) = (resource.kind(), &resource.origin);
    if wants.takes(kind) {
        return;
    }
    let is = format!("`{ident}` is {}", kind.with_article());
    match wants {
        Wants::Anything => {}
        Wants::Kind(wanted) => {
            let message = format!("{is}, not {} (declared at {origin})", wanted.with_article());
            let problem = problems.push(item, at, message);
            problem.help(fitting(app, wants, wanted));
        }
        Wants::Destination => {
            let message =
                format!("{is} (declared at {origin}), and Lambda does not send what failed to one");
            problems.push(item, at, message).help(format!("name {}", destination::what()));
        }
        Wants::Access(access) => {
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
fn fitting(app: &App, wants: Wants, wanted: Kind) -> String {
    let declared = declared(app, wants);
    if declared.is_empty() {
        return format!("declare {}, and name that", wanted.with_article());
    }
    format!("name {}{}", if declared.len() > 1 { "one of " } else { "" }, suggest::list(declared))
}

/// The resources that the place takes.
fn declared(app: &App, wants: Wants) -> Vec<&str> {
    let fits = |resource: &&Resource| resource.owner.is_none() && wants.takes(resource.kind());
    app.resources.iter().filter(fits).map(|resource| resource.ident.as_str()).collect()
}

fn undeclared(app: &App, problem: &mut Problem, ident: &str, wants: Wants) {
    let declared = declared(app, wants);
    let kind = match wants {
        Wants::Anything => "…",
        Wants::Destination => destination::kinds().first().map_or("…", |kind| kind.declaration()),
        Wants::Kind(kind) => kind.declaration(),
        Wants::Access(access) => only_kind(access).map_or("…", Kind::declaration),
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
fn only_kind(access: Access) -> Option<Kind> {
    let mut kinds = Kind::ALL.iter().filter(|kind| !kind.calls(access).is_empty());
    kinds.next().copied().filter(|_| kinds.next().is_none())
}

fn invoked(app: &App, item: Item, parameter: usize, ident: &str, problems: &mut Problems) {
    let at = At::Param(parameter);
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
    if let Some(trigger) = function.triggers.iter().find(|trigger| trigger.request().is_some()) {
        let message =
            format!("`{ident}` answers HTTP requests, and has no event to be invoked with");
        problems
            .push(item, at, message)
            .help(format!("call `{}`, or a function that both share", trigger.summary()));
    }
}
