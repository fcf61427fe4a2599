//! Where the logs of a function go: a log group of its own, or one that the user names among `properties`.

use skylift_model::aws::logs::Logging;
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::{App, Function};

use crate::stack::{Part, Purpose, Resource};

/// What stands before the name of a log group in the ARN of its streams, as `Sub` takes it.
const ARN: &str = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:";

/// The user's own log group, by its name.
fn own(function: &Function) -> Option<&Node> {
    let Some(Node::Map(logging)) = function.properties.get("LoggingConfig") else { return None };
    logging.get("LogGroup").filter(|name| **name != Node::Null)
}

fn id(function: &Function) -> String {
    function.id.join("Logs").to_string()
}

/// The ARN of all that is in the log group.
pub(super) fn arn(function: &Function) -> Node {
    match own(function) {
        None => Node::attribute(id(function), "Arn"),
        Some(Node::Str(name)) => Node::sub(format!("{ARN}{}:*", escape_sub(name))),
        Some(name) => {
            let text = Node::from(format!("{ARN}${{Name}}:*"));
            let name = Map::new().with("Name", name.clone());
            Node::Tag("Sub", Box::new(Node::Seq(vec![text, name.into()])))
        }
    }
}

/// Where its logs go, and what they are. All of it stands at the function, though a part may be a
/// default: a level beside another function's text is what Lambda refuses.
pub(super) fn config(function: &Function, app: &App) -> Map {
    let Logging { format, level, system_level } = function.logging(&app.defaults);
    let mut config = Map::new();
    if own(function).is_none() {
        config.push("LogGroup", Node::reference(id(function)));
    }
    config.set_some("LogFormat", format.map(|format| format.as_str()));
    config.set_some("ApplicationLogLevel", level.map(|level| level.as_str()));
    config.set_some("SystemLogLevel", system_level.map(|level| level.as_str()));
    config
}

/// The log group and its id, so that logs do not stay for ever. It is named after the stack, not after the
/// function: a reference to the function would let its first invocation make the group before us.
pub(super) fn group(index: usize, app: &App) -> Option<Resource> {
    let function = &app.functions[index];
    if own(function).is_some() {
        return None;
    }
    let name = match &function.name {
        Some(name) => Node::from(format!("/aws/lambda/{name}")),
        None => Node::sub(format!("/aws/lambda/${{AWS::StackName}}-{}", function.id)),
    };
    let mut properties = Map::new();
    properties.push("LogGroupName", name);
    properties.push("RetentionInDays", function.log_retention(&app.defaults).get());
    let part = Part::of_function(index, Purpose::LogGroup);
    Some(Resource::new(id(function), "AWS::Logs::LogGroup", part, properties))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::function;

    #[test]
    fn the_log_group_is_the_stacks_and_keeps_for_so_long() {
        let stack = function("");
        let group = stack.resource("TakeLogs");
        assert_eq!(group.kind(), "AWS::Logs::LogGroup");
        assert_eq!(
            *group.properties(),
            json!({
                "LogGroupName": { "Fn::Sub": "/aws/lambda/${AWS::StackName}-Take" },
                "RetentionInDays": 30,
            })
        );
        let stack = function("name = \"take-it\", log_retention = 7");
        let group = stack.resource("TakeLogs");
        assert_eq!(group.property("LogGroupName"), "/aws/lambda/take-it");
        assert_eq!(group.property("RetentionInDays"), 7);
    }

    #[test]
    fn levels_are_said_of_json() {
        let stack = function("log_format = json, log_level = debug, system_log_level = warn");
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
