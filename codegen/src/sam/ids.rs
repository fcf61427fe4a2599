//! The ids of everything in the stack, with those that SAM makes while it expands the template.
//!
//! SAM joins the names of function and event, and where two joints come out the same, the later one
//! replaces the earlier without a word: a schedule or a permission is gone. So all ids are known
//! here, and two owners of one id are an error at the later one.

use std::collections::HashMap;

use skylift_model::problem::{At, Item, Problem, Problems};
use skylift_model::source::Trigger;
use skylift_model::{App, Function, Settings};

use super::function::named;
use crate::source::{self, http};

/// Whose an id is.
struct Owner {
    item: Item,
    at: At,
    /// For people: `` the log group of function `a` at src/main.rs:3 ``.
    what: String,
}

/// Every id, in the order of the template, with its owner.
fn all(app: &App) -> Vec<(String, Owner)> {
    let mut ids = Vec::new();
    for (index, function) in app.functions.iter().enumerate() {
        of_function(index, function, app, &mut ids);
    }
    let consumers = app.triggers_by_resource();
    for (index, resource) in app.resources.iter().enumerate() {
        // What a bare trigger brings belongs to its function, for the reader and for the error.
        let item = resource.owner.map_or(Item::Resource(index), Item::Function);
        let kind = resource.kind().as_str();
        let whole = match resource.owner.map(|owner| &app.functions[owner]) {
            Some(function) => {
                format!("the {kind} of function `{}` at {}", function.handler, function.origin)
            }
            None => format!("{kind} `{}` at {}", resource.ident, resource.origin),
        };
        for (id, _) in crate::resource::emit(resource, &consumers, app).resources {
            let what = match id.strip_prefix(resource.id.as_str()) {
                Some("DeadLetters") => format!("the dead-letter queue of {whole}"),
                Some("Policy") => format!("the policy of {whole}"),
                _ => whole.clone(),
            };
            ids.push((id, Owner { item, at: At::Key("id".to_owned()), what }));
        }
    }
    ids
}

fn of_function(index: usize, function: &Function, app: &App, ids: &mut Vec<(String, Owner)>) {
    let id = &function.id;
    let whole = format!("function `{}` at {}", function.handler, function.origin);
    let mut add = |id: String, at: At, part: &str| {
        let what = if part.is_empty() { whole.clone() } else { format!("{part} of {whole}") };
        ids.push((id, Owner { item: Item::Function(index), at, what }));
    };
    let at_id = || At::Key("id".to_owned());
    add(id.to_string(), at_id(), "");
    add(format!("{id}Role"), at_id(), "the role");
    add(format!("{id}Logs"), at_id(), "the log group");
    if function.settings.provisioned_concurrency.is_some() {
        add(format!("{id}Aliaslive"), at_id(), "the alias");
        add(format!("{id}Version"), at_id(), "the version");
    }
    let invokes =
        |settings: &Settings| settings.retries.is_some() || settings.max_event_age.is_some();
    if invokes(&function.settings) || invokes(&app.defaults) {
        add(format!("{id}EventInvokeConfig"), at_id(), "the invoke configuration");
    }
    let (mut events, mut places, mut beside) = (Vec::new(), Vec::new(), Vec::new());
    for (trigger, node) in function.triggers.iter().enumerate() {
        let emitted = source::emit(node, function, app);
        places.extend(emitted.events.iter().map(|_| At::Trigger(trigger)));
        events.extend(emitted.events);
        for (id, _) in emitted.resources {
            if !beside.contains(&id) {
                add(id.clone(), At::Trigger(trigger), "a permission");
                beside.push(id);
            }
        }
    }
    if let Some(tick) = &function.keep_warm {
        events.push(source::keep_warm(tick, function));
        places.push(At::Key("keep_warm".to_owned()));
    }
    for ((name, event), at) in named(events).into_iter().zip(places) {
        for suffix in event.kind.generated() {
            add(format!("{id}{name}{suffix}"), at.clone(), &format!("the event `{name}`"));
        }
    }
}

/// What was found of the ids of a stack.
pub(crate) struct Ids {
    /// How many resources the stack has once SAM has expanded the template.
    pub(crate) count: usize,
    /// Two owners of one id.
    pub(crate) problems: Vec<Problem>,
}

/// Counts the ids, and sees that each has one owner.
pub(crate) fn check(app: &App) -> Ids {
    let mut problems = Problems::default();
    let mut owners: HashMap<String, String> = HashMap::new();
    if app.triggers().any(|(_, trigger)| matches!(trigger, Trigger::Http(_))) {
        let api = || "the HTTP API that SAM makes".to_owned();
        owners.extend(http::API_IDS.iter().map(|id| ((*id).to_owned(), api())));
    }
    let parameter = |name: &str| (name.to_owned(), format!("parameter `{name}`"));
    let of_api = owners.len();
    owners.extend(app.parameters.iter().map(|it| parameter(it.name.as_str())));
    let mut reported: Vec<(Item, String)> = Vec::new();
    let all = all(app);
    let count = all.len() + of_api;
    for (id, Owner { item, at, what }) in all {
        let Some(other) = owners.get(&id) else {
            owners.insert(id, what);
            continue;
        };
        // Two functions of one name clash in all that they have: one message says it.
        if reported.iter().any(|(known, by)| *known == item && by == whole(other)) {
            continue;
        }
        reported.push((item, whole(other).to_owned()));
        problems
            .push(item, at, format!("logical id `{id}` of {what} is taken by {other}"))
            .help("give one of them another id: `id = \"…\"`");
    }
    Ids { count, problems: problems.into_vec() }
}

/// The item of which `what` is a part.
fn whole(what: &str) -> &str {
    what.split_once(" of function ")
        .map_or(what, |(_, whole)| whole)
        .trim_start_matches("function ")
}
