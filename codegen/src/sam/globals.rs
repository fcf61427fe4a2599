//! What holds for every function: `Globals`. The parts that a function can have as well are made
//! here for both.

use skylift_model::aws::name::EnvKey;
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::Value;
use skylift_model::{App, Settings};

use super::{Surroundings, texts};
use crate::resource;

pub(super) fn emit(app: &App, surroundings: &Surroundings<'_>) -> Map {
    let defaults = &app.defaults;
    let mut function = Map::new().with("Runtime", "provided.al2023");
    let architecture = defaults.architecture.unwrap_or(surroundings.architecture);
    function.set("Architectures", texts([architecture.as_str()]));
    function.set_some("MemorySize", defaults.memory.map(|memory| memory.get()));
    function.set_some("Timeout", defaults.timeout.map(|timeout| timeout.get()));
    function.set_some(
        "EphemeralStorage",
        defaults.ephemeral_storage.map(|size| Map::new().with("Size", size.get())),
    );
    function.set_some("EventInvokeConfig", invoke_config(defaults));
    function.set_some("Environment", environment(&defaults.env, Vec::new(), app));
    function.set_some("Tracing", defaults.tracing.map(|mode| mode.as_str()));
    function.set_some("Tags", tags(&defaults.tags));
    Map::new().with("Function", function)
}

/// How Lambda treats asynchronous invocations that fail.
pub(super) fn invoke_config(settings: &Settings) -> Option<Map> {
    let mut config = Map::new();
    config.set_some("MaximumRetryAttempts", settings.retries.map(|retries| retries.get()));
    config.set_some("MaximumEventAgeInSeconds", settings.max_event_age.map(|age| age.get()));
    Some(config).filter(|config| !config.is_empty())
}

/// The variables that the user sets, and those by which capabilities find what they are about.
pub(super) fn environment(
    env: &[(EnvKey, Value)],
    further: Vec<(String, Node)>,
    app: &App,
) -> Option<Map> {
    let mut variables = Map::new();
    for (key, value) in env {
        variables.set(key.as_str(), self::value(value, app));
    }
    for (name, value) in further {
        variables.set(name, value);
    }
    (!variables.is_empty()).then(|| Map::new().with("Variables", variables))
}

pub(super) fn tags(tags: &[(String, String)]) -> Option<Map> {
    let tags = tags.iter().fold(Map::new(), |map, (key, value)| map.with(key, value));
    Some(tags).filter(|tags| !tags.is_empty())
}

/// A value that may be known only when the stack is deployed.
pub(crate) fn value(value: &Value, app: &App) -> Node {
    match value {
        Value::Literal(text) => Node::from(text),
        Value::Param(name) => Node::reference(name.as_str()),
        Value::Import(export) => Node::Tag("ImportValue", Box::new(Node::from(export))),
        Value::Ssm(path) => Node::from(format!("{{{{resolve:ssm:{path}}}}}")),
        Value::Resource(ident) => match app.resource(ident) {
            Some(resource) => resource::name(resource),
            None => Node::Null,
        },
    }
}
