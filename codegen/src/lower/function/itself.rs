//! The function itself: the properties that it has beside the defaults, apart from those of the user's own.

use skylift_model::aws::node::{Map, Node};
use skylift_model::{App, Function};

use super::role::{self, own as own_role};
use super::{defaults, environment, logs};
use crate::lower::invoke;
use crate::lower::parameters::CODE_BUCKET;
use crate::lower::text::texts;
use crate::stack::Program;

/// The properties that the function has beside the defaults.
pub(super) fn properties(function: &Function, app: &App, program: &Program) -> Map {
    let settings = &function.settings;
    let mut properties = Map::new();
    properties.push("Handler", function.handler.as_str());
    let mut push = |key: &str, value: Option<Node>| {
        if let Some(value) = value {
            properties.push(key, value);
        }
    };
    push("FunctionName", invoke::name(function, app));
    push("Description", function.description.as_deref().map(Node::from));
    let code = Map::new()
        .with("S3Bucket", Node::reference(CODE_BUCKET))
        .with("S3Key", Node::reference(program.key.as_str()));
    push("Code", Some(code.into()));
    push("MemorySize", settings.memory.map(|memory| memory.get().into()));
    push("Timeout", settings.timeout.map(|timeout| timeout.get().into()));
    push("Architectures", settings.architecture.map(|it| texts([it.as_str()]).into()));
    let storage = settings.ephemeral_storage.map(|size| Map::new().with("Size", size.get()));
    push("EphemeralStorage", storage.map(Node::from));
    let reserved = settings.reserved_concurrency.map(|most| most.get().into());
    push("ReservedConcurrentExecutions", reserved);
    push("Environment", environment::of_function(function, app));
    push("LoggingConfig", Some(logs::config(function, app).into()));
    push("TracingConfig", settings.tracing.map(defaults::tracing));
    if own_role(function).is_none() {
        push("Role", Some(Node::attribute(role::id(function), "Arn")));
    }
    if function.resume.is_some() {
        // Lambda would take the work that goes on for a loop, and stop it after 16 invocations.
        push("RecursiveLoop", Some("Allow".into()));
    }
    push("Tags", defaults::tags(&settings.tags));
    properties
}
