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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::function;

    #[test]
    fn retries_and_ages_are_said_of_the_alias_where_there_is_one() {
        let stack = function("retries = 1, max_event_age = \"1h\"");
        let config = stack.resource("TakeEventInvokeConfig");
        assert_eq!(config.kind(), "AWS::Lambda::EventInvokeConfig");
        assert_eq!(config.property("FunctionName"), json!({ "Ref": "Take" }));
        assert_eq!(config.property("Qualifier"), "$LATEST");
        assert_eq!(config.property("MaximumRetryAttempts"), 1);
        assert_eq!(config.property("MaximumEventAgeInSeconds"), 3600);
        assert!(config.resource.depends_on.is_empty());
        let stack = function("retries = 1, provisioned_concurrency = 1");
        let config = stack.resource("TakeEventInvokeConfig");
        assert_eq!(config.property("Qualifier"), "live");
        assert_eq!(config.resource.depends_on, ["TakeAliaslive"]);
        assert!(!function("").ids().contains(&"TakeEventInvokeConfig"));
    }

    #[test]
    fn what_the_users_properties_say_of_it_is_said_beside_ours() {
        let stack = function(
            "retries = 1, properties = { \"EventInvokeConfig\": { \"DestinationConfig\": { \"OnFailure\": { \"Type\": \"SQS\" } } } }",
        );
        let of_type = |kind| stack.all().filter(|it| it.kind == kind).count();
        assert_eq!(of_type("AWS::Lambda::EventInvokeConfig"), 1);
        let config = stack.resource("TakeEventInvokeConfig");
        assert_eq!(config.property("MaximumRetryAttempts"), 1);
        let queue = json!({ "Fn::GetAtt": "TakeEventInvokeConfigOnFailureQueue.Arn" });
        assert_eq!(config.property("DestinationConfig.OnFailure.Destination"), queue);
        assert_eq!(stack.resource("TakeEventInvokeConfigOnFailureQueue").kind(), "AWS::SQS::Queue");
        let name = "Take.DestinationQueue";
        assert_eq!(stack.sam_names[name], "TakeEventInvokeConfigOnFailureQueue");
    }
}
