//! A function in the template: the function itself, its role and its log group, and what its
//! triggers bring. It gives all ids that come of it too, those that SAM makes included.

use std::collections::HashSet;

use skylift_model::access::{Access, Capability};
use skylift_model::aws::node::{Map, Node};
use skylift_model::problem::At;
use skylift_model::{App, Function, Variable};
use skylift_syntax::handoff::Binaries;

use super::role;
use super::{globals, invoked, keep_warm, logs, published, scaling, texts};
use crate::resource;
use crate::source::{self, Beside, Calls, Event, EventType};

/// A function and what belongs to it alone.
#[derive(Default)]
pub(super) struct Emitted {
    /// Its resources, in the order of the template; the function itself is the first.
    pub(super) parts: Vec<Part>,
    /// Its events, of which SAM makes resources.
    pub(super) events: Vec<Named>,
}

/// A resource that belongs to a function.
pub(super) struct Part {
    pub(super) id: String,
    pub(super) node: Node,
    /// Where it comes from.
    pub(super) at: At,
    /// What it is to the function, for people; empty for the function itself.
    pub(super) what: &'static str,
}

/// An event of a function.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) kind: EventType,
    /// Where it comes from.
    pub(super) at: At,
}

/// What the function is.
pub(super) fn emit(function: &Function, app: &App, binaries: &Binaries<'_>) -> Emitted {
    let mut triggers = Triggers::of(function, app);
    let mut properties = properties(function, app, binaries);
    let events = named(std::mem::take(&mut triggers.events));
    let mut emitted = Emitted::default();
    let mut nodes = Map::new();
    for ((name, event), at) in events.into_iter().zip(triggers.places) {
        let mut node = Map::new();
        node.push("Type", event.kind.as_str());
        if !event.properties.is_empty() {
            node.push("Properties", event.properties);
        }
        emitted.events.push(Named { name: name.clone(), kind: event.kind, at });
        nodes.push(name, node);
    }
    if !nodes.is_empty() {
        properties.push("Events", nodes);
    }
    let own_role = role::own(function).is_some();
    let user = &function.properties;
    properties.merge(if own_role { user.clone() } else { role::without(user) });
    let mut node = Map::new();
    node.push("Type", "AWS::Serverless::Function");
    // The binary is built already: `sam build` has nothing to do, and fails where it tries.
    node.push("Metadata", Map::new().with("SkipBuild", true));
    node.push("Properties", properties);
    let at = || At::Key("id".to_owned());
    let mut add = |id: String, node: Node, what| {
        emitted.parts.push(Part { id, node, at: at(), what });
    };
    add(function.id.to_string(), node.into(), "");
    if !own_role {
        let role = role::emit(function, app, triggers.calls);
        add(role::id(function), role, "the role");
    }
    if let Some((id, group)) = logs::group(function, app) {
        add(id, group, "the log group");
    }
    emitted.parts.extend(scaling::emit(function));
    emitted.parts.extend(triggers.beside);
    if let Some(pings) = &function.keep_warm {
        let taken = emitted.events.iter().map(|event| event.name.clone()).collect();
        let name = free(keep_warm::STEM, &taken);
        emitted.parts.extend(keep_warm::rule(pings, &name, function));
    }
    emitted
}

/// What the triggers of a function bring, in their order; the tick that keeps it warm comes last.
#[derive(Default)]
struct Triggers {
    events: Vec<Event>,
    /// Where each of the events comes from.
    places: Vec<At>,
    beside: Vec<Part>,
    calls: Calls,
}

impl Triggers {
    fn of(function: &Function, app: &App) -> Self {
        let mut all = Self::default();
        for (trigger, it) in function.triggers.iter().enumerate() {
            let emitted = source::emit(it, function, app);
            all.places.extend(emitted.events.iter().map(|_| At::Trigger(trigger)));
            all.events.extend(emitted.events);
            for call in emitted.calls {
                if !all.calls.contains(&call) {
                    all.calls.push(call);
                }
            }
            for Beside { id, what, node } in emitted.resources {
                if all.beside.iter().all(|known| known.id != id) {
                    all.beside.push(Part { id, node, at: At::Trigger(trigger), what });
                }
            }
        }
        if let Some(queue) = app.resume_queue(function) {
            let emitted = source::resumed(queue, function, app);
            all.places.extend(emitted.events.iter().map(|_| At::Key("resume".to_owned())));
            all.events.extend(emitted.events);
            all.calls.extend(emitted.calls);
        }
        if let Some(tick) = &function.keep_warm {
            let event = keep_warm::event(tick, function);
            all.places.extend(event.iter().map(|_| At::Key("keep_warm".to_owned())));
            all.events.extend(event);
        }
        all
    }
}

/// The events with their names: the stem, numbered from the second of its kind on.
pub(super) fn named(events: Vec<Event>) -> Vec<(String, Event)> {
    let mut taken: HashSet<String> = HashSet::new();
    let mut named = Vec::new();
    for event in events {
        let name = free(&event.stem, &taken);
        taken.insert(name.clone());
        named.push((name, event));
    }
    named
}

/// A name that is not taken yet: the stem, or the stem with a number.
fn free(stem: &str, taken: &HashSet<String>) -> String {
    let mut name = stem.to_owned();
    let mut number = 2;
    while taken.contains(&name) {
        name = format!("{stem}{number}");
        number += 1;
    }
    name
}

fn properties(function: &Function, app: &App, binaries: &Binaries<'_>) -> Map {
    let settings = &function.settings;
    let mut properties = Map::new().with("Handler", function.handler.as_str());
    properties.set_some("FunctionName", invoked::name(function, app));
    properties.set_some("Description", function.description.as_deref());
    // Not in `Globals`: `sam build` rewrites the path of each function, but not that one.
    properties.set("CodeUri", binaries.folder(function.binary.as_deref()));
    properties.set_some("MemorySize", settings.memory.map(|memory| memory.get()));
    properties.set_some("Timeout", settings.timeout.map(|timeout| timeout.get()));
    if let Some(architecture) = settings.architecture {
        properties.set("Architectures", texts([architecture.as_str()]));
    }
    properties.set_some(
        "EphemeralStorage",
        settings.ephemeral_storage.map(|size| Map::new().with("Size", size.get())),
    );
    properties.set_some(
        "ReservedConcurrentExecutions",
        settings.reserved_concurrency.map(|most| most.get()),
    );
    properties.set_some("EventInvokeConfig", globals::invoke_config(settings));
    let variables = variables(function, app);
    properties.set_some("Environment", globals::environment(&settings.env, variables, app));
    properties.set("LoggingConfig", logs::config(function, app));
    properties.set_some("Tracing", settings.tracing.map(|mode| mode.as_str()));
    if role::own(function).is_none() {
        properties.set("Role", Node::attribute(role::id(function), "Arn"));
    }
    if function.resume.is_some() {
        // Lambda would take the work that goes on for a loop, and stop it after 16 invocations.
        properties.set("RecursiveLoop", "Allow");
    }
    properties.set_some("Tags", globals::tags(&settings.tags));
    if let Some(provisioned) = &settings.provisioned_concurrency {
        published::set(provisioned, function, app, &mut properties);
    }
    properties
}

/// The variables by which the function finds what its capabilities are about, the table that keeps what
/// it did, and the queue that its work goes on by.
fn variables(function: &Function, app: &App) -> Vec<(String, Node)> {
    let value = |Variable { at, with, .. }: &Variable<'_>| {
        let invokes =
            |it: &Capability| it.access == Access::Invoke && *at == At::Param(it.parameter);
        if function.capabilities.iter().any(invokes) {
            return app.function(with).map(invoked::variable);
        }
        app.resource(with).map(resource::name)
    };
    let variables = app.variables(function).into_iter();
    variables.filter_map(|it| value(&it).map(|value| (it.name, value))).collect()
}
