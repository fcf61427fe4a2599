//! Lowers the settings of a function's asynchronous invocations: the number of retries, and the maximum age of an
//! event.

use skylift_model::aws::function_keys;
use skylift_model::aws::node::{Map, Node};
use skylift_model::{Function, FunctionSettings};

use crate::lower::number::number;
use crate::stack::FunctionDefaults;

/// The property of SAM's function type for the settings of asynchronous invocations.
pub(crate) const EVENT_INVOKE_CONFIG: &str = "EventInvokeConfig";

/// Returns the properties of an `AWS::Lambda::EventInvokeConfig` for a function's settings; the map is empty if
/// they set neither retries nor a maximum event age.
pub(super) fn invoke_config_properties(settings: &FunctionSettings) -> Map {
    let mut config = Map::new();
    let retries = settings.retries.map(|retries| retries.get());
    config.set_some("MaximumRetryAttempts", number(settings, function_keys::RETRIES, retries));
    let age = settings.max_event_age.map(|age| age.get());
    config
        .set_some("MaximumEventAgeInSeconds", number(settings, function_keys::MAX_EVENT_AGE, age));
    config
}

/// Returns SAM's property `EventInvokeConfig` of a function. It merges the defaults of all functions, the function's
/// own settings, and `written`, the properties that the user set with other keys or with `properties`. A later one
/// overrides an earlier one. Returns `None` if nothing is set.
pub(super) fn sam_invoke_config(
    function: &Function,
    written: &Map,
    defaults: &FunctionDefaults,
) -> Option<Node> {
    let user_config = written.get(EVENT_INVOKE_CONFIG);
    let mut config = defaults.invoke_config.clone();
    config.merge(invoke_config_properties(&function.settings));
    match user_config {
        Some(Node::Map(user_config)) => config.merge(user_config.clone()),
        Some(user_config) => return Some(user_config.clone()),
        None if config.is_empty() => return None,
        None => {}
    }
    Some(config.into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::stack_of_function;

    #[test]
    fn retries_and_maximum_age_are_set_on_the_alias_if_there_is_one() {
        let stack = stack_of_function("retries = 1, max_event_age = \"1h\"");
        let config = stack.resource("TakeEventInvokeConfig");
        assert_eq!(config.kind(), "AWS::Lambda::EventInvokeConfig");
        assert_eq!(config.property("FunctionName"), json!({ "Ref": "Take" }));
        assert_eq!(config.property("Qualifier"), "$LATEST");
        assert_eq!(config.property("MaximumRetryAttempts"), 1);
        assert_eq!(config.property("MaximumEventAgeInSeconds"), 3600);
        assert!(config.resource.depends_on.is_empty());
        let stack = stack_of_function("retries = 1, provisioned_concurrency = 1");
        let config = stack.resource("TakeEventInvokeConfig");
        assert_eq!(config.property("Qualifier"), "live");
        assert_eq!(config.resource.depends_on, ["TakeAliaslive"]);
        assert!(!stack_of_function("").ids().contains(&"TakeEventInvokeConfig"));
    }

    #[test]
    fn the_users_properties_are_merged_with_the_settings() {
        let stack = stack_of_function(
            "retries = 1, properties = { \"EventInvokeConfig\": { \"DestinationConfig\": { \"OnFailure\": { \"Type\": \"SQS\" } } } }",
        );
        let of_type = |kind| stack.all_resources().filter(|it| it.kind == kind).count();
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
