//! Folds a function, its alias and version, its invoke configuration and its events into one
//! `AWS::Serverless::Function`. It takes a function of the stack, and returns the properties of SAM's function.

use skylift_model::aws::node::{Map, Node};
use skylift_model::{App, Function};

use super::versions;
use crate::lower::function::properties::{PropertySupport, TABLE};
use crate::lower::function::{EVENT_INVOKE_CONFIG, tags_as_map, user_role};
use crate::stack::{Event, FunctionInStack, Resource};

/// The properties of SAM's function that come after `EventInvokeConfig` in the template.
const AFTER: [&str; 6] =
    ["Environment", "LoggingConfig", "TracingConfig", "Role", "RecursiveLoop", "Tags"];

/// Returns the properties of SAM's function, and the function's resources that have no SAM event; `folder` is the
/// folder of the function's code.
pub(super) fn fold_function(
    in_stack: FunctionInStack,
    function: &Function,
    folder: &str,
    app: &App,
) -> (Map, Vec<Resource>) {
    let FunctionInStack {
        function: resource,
        published,
        invoke_config,
        events,
        other_resources,
        sam_properties: written,
        ..
    } = in_stack;
    let mut all = to_sam_properties(resource.properties, invoke_config, Some(folder));
    if let Some(published) = published {
        versions::set_alias(published, function, app, &mut all);
    }
    if !events.is_empty() {
        all.push("Events", events.into_iter().fold(Map::new(), add_event));
    }
    let has_role = user_role(function).is_some();
    all.merge(if has_role { written } else { without_role_properties(&written) });
    (all, other_resources)
}

/// Converts properties of `AWS::Lambda::Function` and `AWS::Lambda::EventInvokeConfig` to those of
/// `AWS::Serverless::Function`; `folder` is the folder of the function's code, or `None` for `Globals`.
pub(super) fn to_sam_properties(plain: Map, invoke_config: Map, folder: Option<&str>) -> Map {
    let mut config = Some(invoke_config).filter(|config| !config.is_empty());
    let mut sam = Map::new();
    for (key, value) in plain {
        if config.is_some() && AFTER.contains(&key.as_str()) {
            sam.push(EVENT_INVOKE_CONFIG, config.take().unwrap_or_default());
        }
        match (key.as_str(), value) {
            // Not in `Globals`: `sam build` rewrites the path of each function, but not a global one.
            ("Code", _) => sam.push("CodeUri", folder.unwrap_or_default()),
            ("TracingConfig", Node::Map(tracing)) => {
                let mode = tracing.into_iter().find(|(key, _)| key == "Mode");
                sam.set_some("Tracing", mode.map(|(_, mode)| mode));
            }
            ("Tags", tags) => sam.push("Tags", tags_as_map(&tags)),
            (_, value) => sam.push(key, value),
        }
    }
    if let Some(config) = config {
        sam.push(EVENT_INVOKE_CONFIG, config);
    }
    sam
}

/// Adds an event of a function to the map `Events` of SAM's function.
fn add_event(mut events: Map, event: Event) -> Map {
    let name = event.name.clone();
    let fold = event.fold;
    let sam = fold(event);
    let mut node = Map::new();
    node.push("Type", sam.kind);
    if !sam.properties.is_empty() {
        node.push("Properties", sam.properties);
    }
    events.push(name, node);
    events
}

/// Returns the user's properties of a function without those that Skylift writes to the generated role.
fn without_role_properties(properties: &Map) -> Map {
    let of_role = |name: &str| {
        TABLE
            .iter()
            .any(|row| row.name == name && matches!(row.support, PropertySupport::RoleProperty(_)))
    };
    let mut rest = Map::new();
    for (name, value) in properties.iter().filter(|(name, _)| !of_role(name)) {
        rest.push(name, value.clone());
    }
    rest
}
