//! Lowers the log group of a function. It is a group of the function's own, unless the user names one in
//! `properties`.
// See decision 0020.

use skylift_model::aws::function_keys;
use skylift_model::aws::logs::Logging;
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::{App, Function, StackLayout};

use crate::lower::number::lower_number;
use crate::lower::resource::computed::NESTED;
use crate::stack::{IdOwner, Purpose, Resource};

/// The ARN of a log group up to the group's name, as a text for `Sub`.
pub(crate) const ARN: &str =
    "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:";

/// Returns the logical id of a function's own log group.
fn log_group_id(function: &Function) -> String {
    function.id.join("Logs").to_string()
}

/// Returns the ARN of all log streams in the log group of a function.
pub(super) fn log_group_arn(function: &Function) -> Node {
    match function.user_log_group() {
        None => Node::attribute(log_group_id(function), "Arn"),
        Some(Node::Str(name)) => Node::sub(format!("{ARN}{}:*", escape_sub(name))),
        Some(name) => arn_with_variable("Name", name.clone()),
    }
}

/// Returns the name of the log group of a function.
pub(crate) fn log_group_name(function: &Function) -> Node {
    match function.user_log_group() {
        None => Node::reference(log_group_id(function)),
        Some(name) => name.clone(),
    }
}

/// Returns the ARN of all log streams in the log group with this name. `variable` is the name of the variable in `Sub`.
pub(crate) fn arn_with_variable(variable: &str, name: Node) -> Node {
    let text = Node::from(format!("{ARN}${{{variable}}}:*"));
    let name = Map::new().with(variable, name);
    Node::Tag("Sub", Box::new(Node::Seq(vec![text, name.into()])))
}

/// Returns the property `LoggingConfig` of a function. All parts are set on the function, even if they are
/// defaults. In `Globals`, a default level would be merged with another function's text format, and Lambda rejects
/// that.
pub(super) fn logging_config(function: &Function, app: &App) -> Map {
    let Logging { format, level, system_level } = function.logging(&app.defaults);
    let mut config = Map::new();
    if function.user_log_group().is_none() {
        config.push("LogGroup", Node::reference(log_group_id(function)));
    }
    config.set_some("LogFormat", format.map(|format| format.as_str()));
    config.set_some("ApplicationLogLevel", level.map(|level| level.as_str()));
    config.set_some("SystemLogLevel", system_level.map(|level| level.as_str()));
    config
}

/// Returns the log group of the function with this index, which limits how long logs are retained. Returns `None`
/// if the user names another log group.
///
/// The group's name contains the stack's name, that of the application's stack also in a nested stack. It does not refer to the function: with a reference, the function's
/// first invocation could create the group before the stack does.
pub(super) fn lower_log_group(index: usize, app: &App) -> Option<Resource> {
    let function = &app.functions[index];
    if function.user_log_group().is_some() {
        return None;
    }
    let name = match &function.name {
        Some(name) => Node::from(format!("/aws/lambda/{name}")),
        None => {
            let nested = if function.stacks == StackLayout::Nested { NESTED } else { "" };
            Node::sub(format!("/aws/lambda/${{AWS::StackName}}{nested}-{}", function.id))
        }
    };
    let mut properties = Map::new();
    properties.push("LogGroupName", name);
    properties.set_some("RetentionInDays", retention(function, app));
    let part = IdOwner::for_function(index, Purpose::LogGroup);
    Some(Resource::new(log_group_id(function), "AWS::Logs::LogGroup", part, properties))
}

/// Returns how many days the log group of a function keeps its entries.
fn retention(function: &Function, app: &App) -> Option<Node> {
    let own = &function.settings;
    let settings = if own.log_retention.is_some() { own } else { &app.defaults };
    let days = function.log_retention(&app.defaults).get();
    lower_number(&settings.from_parameters, function_keys::LOG_RETENTION, Some(days))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::stack_of_function;

    #[test]
    fn the_log_group_is_named_after_the_stack_and_has_a_retention() {
        let stack = stack_of_function("");
        let group = stack.resource("TakeLogs");
        assert_eq!(group.kind(), "AWS::Logs::LogGroup");
        assert_eq!(
            *group.properties(),
            json!({
                "LogGroupName": { "Fn::Sub": "/aws/lambda/${AWS::StackName}-Take" },
                "RetentionInDays": 30,
            })
        );
        let stack = stack_of_function("name = \"take-it\", log_retention = 7");
        let group = stack.resource("TakeLogs");
        assert_eq!(group.property("LogGroupName"), "/aws/lambda/take-it");
        assert_eq!(group.property("RetentionInDays"), 7);
    }

    #[test]
    fn log_levels_are_set_with_the_json_format() {
        let stack =
            stack_of_function("log_format = json, log_level = debug, system_log_level = warn");
        assert_eq!(
            stack.resource("Take").property("LoggingConfig"),
            json!({
                "LogGroup": { "Ref": "TakeLogs" },
                "LogFormat": "JSON",
                "ApplicationLogLevel": "DEBUG",
                "SystemLogLevel": "WARN",
            })
        );
    }
}
