//! How Lambda treats asynchronous invocations of a function: how often it tries one again, and how
//! long it keeps it.

use skylift_model::aws::node::{Map, Node};
use skylift_model::{App, Settings};

use crate::lower::invoke;
use crate::stack::{Defaults, Part, Purpose, Resource};

/// SAM's property that says it.
pub(crate) const SAM: &str = "EventInvokeConfig";

/// What the settings say of it.
pub(super) fn properties(settings: &Settings) -> Map {
    let mut config = Map::new();
    config.set_some("MaximumRetryAttempts", settings.retries.map(|retries| retries.get()));
    config.set_some("MaximumEventAgeInSeconds", settings.max_event_age.map(|age| age.get()));
    config
}

/// The configuration of the function with this index, beside the defaults.
pub(super) fn lower(index: usize, app: &App, defaults: &Defaults) -> Option<Resource> {
    let function = &app.functions[index];
    let own = properties(&function.settings);
    if own.is_empty() && defaults.invoke_config.is_empty() {
        return None;
    }
    let qualifier = if invoke::has_alias(function) { invoke::ALIAS } else { "$LATEST" };
    let mut properties = Map::new()
        .with("FunctionName", Node::reference(function.id.as_str()))
        .with("Qualifier", qualifier);
    properties.merge(own);
    let part = Part::of_function(index, Purpose::InvokeConfig);
    let id = format!("{}{SAM}", function.id);
    let mut config = Resource::new(id, "AWS::Lambda::EventInvokeConfig", part, properties);
    if invoke::has_alias(function) {
        // It names the alias and does not refer to it.
        config.depends_on.push(invoke::alias_id(function));
    }
    Some(config)
}
