//! A function in the template: the function itself, its log group, and what its triggers bring.

use std::collections::HashSet;

use skylift_model::node::{Map, Node};
use skylift_model::settings::Allow;
use skylift_model::value::Value;
use skylift_model::{App, Function};

use super::{Surroundings, texts};
use crate::resource;
use crate::source::{self, Event};

/// The function and what belongs to it alone, by id.
pub(super) fn emit(
    function: &Function,
    app: &App,
    surroundings: &Surroundings<'_>,
) -> Vec<(String, Node)> {
    let mut resources = Vec::new();
    let mut events = Vec::new();
    for trigger in &function.triggers {
        let emitted = source::emit(trigger, function, app);
        events.extend(emitted.events);
        for (id, node) in emitted.resources {
            if resources.iter().all(|(known, _)| *known != id) {
                resources.push((id, node));
            }
        }
    }
    events.extend(function.keep_warm.as_ref().map(|tick| source::keep_warm(tick, function)));
    let mut properties = properties(function, app, surroundings);
    let events = named(events);
    if !events.is_empty() {
        let node = |event: Event| {
            Map::new().with("Type", event.kind.as_str()).with("Properties", event.properties)
        };
        let bare = |event: &Event| event.properties.is_empty();
        let events = events.into_iter().map(|(name, event)| {
            let node = if bare(&event) {
                Map::new().with("Type", event.kind.as_str())
            } else {
                node(event)
            };
            (name, node)
        });
        properties.set("Events", events.fold(Map::new(), |map, (name, node)| map.with(name, node)));
    }
    properties.merge(function.properties.clone());
    let node = Map::new()
        .with("Type", "AWS::Serverless::Function")
        // The binary is built already: `sam build` has nothing to do, and fails where it tries.
        .with("Metadata", Map::new().with("SkipBuild", true))
        .with("Properties", properties);
    let logs = function.id.join("Logs");
    resources.insert(0, (function.id.to_string(), node.into()));
    resources.insert(1, (logs.to_string(), log_group(function, app)));
    resources
}

/// The events with their names: the stem, numbered from the second of its kind on.
pub(super) fn named(events: Vec<Event>) -> Vec<(String, Event)> {
    let mut taken: HashSet<String> = HashSet::new();
    let mut named = Vec::new();
    for event in events {
        let mut name = event.stem.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{}{number}", event.stem);
            number += 1;
        }
        named.push((name, event));
    }
    named
}

fn properties(function: &Function, app: &App, surroundings: &Surroundings<'_>) -> Map {
    let settings = &function.settings;
    let mut properties = Map::new().with("Handler", function.handler.as_str());
    properties.set_some("FunctionName", function.name.as_ref().map(|name| name.as_str()));
    properties.set_some("Description", function.description.as_deref());
    // Not in `Globals`: `sam build` rewrites the path of each function, but not that one.
    let binary = function.binary.as_deref().filter(|_| surroundings.several_binaries);
    let folder = binary.map_or_else(|| "code/".to_owned(), |binary| format!("code/{binary}/"));
    properties.set("CodeUri", folder);
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
    if let Some(count) = settings.provisioned_concurrency {
        properties.set("AutoPublishAlias", "live");
        properties.set(
            "ProvisionedConcurrencyConfig",
            Map::new().with("ProvisionedConcurrentExecutions", count.get()),
        );
    }
    properties.set_some("EventInvokeConfig", super::globals::invoke_config(settings));
    properties.set_some("Environment", super::globals::environment(&settings.env, app));
    properties.set(
        "LoggingConfig",
        Map::new().with("LogGroup", Node::reference(function.id.join("Logs").as_str())),
    );
    let policies = policies(function, app);
    if !policies.is_empty() {
        properties.set("Policies", policies);
    }
    properties.set_some("Tags", super::globals::tags(&settings.tags));
    properties
}

fn policies(function: &Function, app: &App) -> Vec<Node> {
    let mut policies = texts(function.settings.policies.iter().map(String::as_str));
    let statements: Vec<Node> =
        function.settings.allow.iter().map(|allow| statement(allow, app)).collect();
    if !statements.is_empty() {
        policies
            .push(Map::new().with("Version", "2012-10-17").with("Statement", statements).into());
    }
    policies
}

fn statement(allow: &Allow, app: &App) -> Node {
    let resources: Vec<Node> = allow.resources.iter().flat_map(|value| arns(value, app)).collect();
    let actions = texts(allow.actions.iter().map(String::as_str));
    Map::new().with("Effect", "Allow").with("Action", actions).with("Resource", resources).into()
}

fn arns(value: &Value, app: &App) -> Vec<Node> {
    match value {
        Value::Resource(ident) => match app.resource(ident) {
            Some(resource) => resource::emit(resource, &resource::Consumers::new(), app).arns,
            None => Vec::new(),
        },
        other => vec![super::globals::value(other, app)],
    }
}

/// The log group, so that logs do not stay for ever. It is named after the stack, not after the
/// function: a reference to the function would let its first invocation make the group before us.
fn log_group(function: &Function, app: &App) -> Node {
    let name = match &function.name {
        Some(name) => Node::from(format!("/aws/lambda/{name}")),
        None => Node::sub(format!("/aws/lambda/${{AWS::StackName}}-{}", function.id)),
    };
    let properties = Map::new()
        .with("LogGroupName", name)
        .with("RetentionInDays", function.log_retention(&app.defaults).get());
    Map::new().with("Type", "AWS::Logs::LogGroup").with("Properties", properties).into()
}
