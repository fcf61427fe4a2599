//! The notes for the macros: what each needs to know about its item from the rest of the application.

use std::collections::HashMap;

use skylift_model::http::RouteAuth;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problem};
use skylift_model::resource::{self as resource_model, Resource};
use skylift_model::source::Trigger;
use skylift_model::source::http::Http;
use skylift_model::{App, Function, ResourceUse, Subscription};
use skylift_syntax::handoff::{Note, NoteProblem, RouteNote};

use crate::check::types::UnseenTypes;
use crate::json;

/// An item whose attribute was parsed.
pub(super) struct ParsedItem {
    pub(super) file_name: String,
    pub(super) ident: String,
    /// The index of the item in the application; `None` if the item has errors.
    pub(super) item: Option<ItemIndex>,
}

/// Returns the file name and the note of every parsed item, with the problems that belong to the item.
pub(super) fn collect_notes(
    app: &App,
    read: Vec<ParsedItem>,
    problems: Vec<Problem>,
    unseen: &UnseenTypes,
    facade: &str,
) -> Vec<(String, Note)> {
    let mut by_item: HashMap<ItemIndex, Vec<NoteProblem>> = HashMap::new();
    for Problem { item, at, message } in problems {
        by_item.entry(item).or_default().push(NoteProblem { at, message });
    }
    read.into_iter()
        .map(|ParsedItem { file_name, ident, item }| {
            let mut note = Note { facade: facade.to_owned(), ..Note::default() };
            match item {
                Some(ItemIndex::Function(index)) => {
                    let function = &app.functions[index];
                    note.is_probed = unseen.functions.contains(&index);
                    if note.is_probed {
                        let inputs = function.triggers.iter().filter_map(|it| it.custom_input());
                        note.inputs = inputs.map(json::to_json).collect();
                    }
                    describe_function(function, app, &mut note);
                }
                Some(ItemIndex::Resource(index)) => {
                    note.is_probed = unseen.resources.contains(&index);
                    note.id = app.resources[index].id.to_string();
                    let whole = app.whole(&app.resources[index]);
                    if app.resources[index].view.is_some() && whole.view.is_none() {
                        let at = PlaceInItem::key(resource_model::view::OF);
                        note.uses.push((at, whole.id.to_string()));
                    }
                    let own = app.subscriptions.iter().filter(|it| it.resource == index);
                    for used in own.flat_map(Subscription::resource_uses) {
                        let resource = app.resource(used.ident);
                        // Another kind is reported already.
                        let fits = |it: &&Resource| used.requirement.accepts(it.kind());
                        if let Some(resource) = resource.filter(fits) {
                            note.uses.push((used.at, resource.id.to_string()));
                        }
                    }
                }
                Some(ItemIndex::Authorizer(index)) => {
                    note.id = app.authorizers[index].id.to_string();
                }
                Some(ItemIndex::Init(_) | ItemIndex::Defaults) => {}
                None => note.invoked = app.has_invoker_of(ident.trim_start_matches("r#")),
            }
            note.problems = item.and_then(|item| by_item.remove(&item)).unwrap_or_default();
            (file_name, note)
        })
        .collect()
}

/// Writes to the note of a function what its macro needs to know, such as the function's id and timeout.
fn describe_function(function: &Function, app: &App, note: &mut Note) {
    note.set_function(function, &app.defaults);
    note.invoked = app.has_invoker(function);
    note.guarded_keys = app.guarded_keys(function);
    for ResourceUse { at, ident, .. } in function.resource_uses() {
        if let Some(resource) = app.resource(ident).filter(|resource| resource.owner.is_none()) {
            if let PlaceInItem::Param(parameter) = at {
                note.clients.push((parameter, resource.kind().as_str().to_owned()));
            }
            note.uses.push((at, resource.id.to_string()));
        }
    }
    describe_routes(function, app, note);
    for (parameter, ident) in function.invokes() {
        if let Some(invoked) = app.function(ident) {
            note.uses.push((PlaceInItem::Param(parameter), invoked.id.to_string()));
        }
    }
}

/// Writes to the note of a function which authorizers it names, and which callers may call its routes.
fn describe_routes(function: &Function, app: &App, note: &mut Note) {
    for (index, trigger) in function.triggers.iter().enumerate() {
        let Trigger::Http(http) = trigger else { continue };
        // The path of an authorizer in Cargo.toml is in no attribute.
        let own = http.auth.as_ref().and_then(RouteAuth::authorizer);
        if let Some(authorizer) = own.and_then(|ident| app.authorizer(ident)) {
            let at = PlaceInItem::trigger_key(index, Http::AUTH);
            note.authorizers.push((at, authorizer.id.to_string()));
        }
        note.routes.push(match app.route_auth(http) {
            Some(RouteAuth::Iam) => RouteNote::Iam,
            Some(RouteAuth::Authorizer(ident)) => RouteNote::Token {
                authorizer: app.authorizer(ident).map(|it| it.id.to_string()).unwrap_or_default(),
                scopes: http.scopes.clone(),
            },
            Some(RouteAuth::None) | None => RouteNote::Open,
        });
    }
    for claims in &function.claims {
        if let Some(authorizer) = app.authorizer(&claims.authorizer) {
            let at = PlaceInItem::Param(claims.parameter);
            note.authorizers.push((at, authorizer.id.to_string()));
        }
    }
}
