//! Lowers a trigger on a log group to a subscription filter with its permission, which are folded into SAM's event
//! `CloudWatchLogs`.

use skylift_model::aws::node::{Map, Node};
use skylift_model::source::LogGroup;
use skylift_model::source::logs::Logs;

use super::trigger::{LowerTrigger, LoweredTriggers, TriggerContext, event_stem};
use crate::lower::function::logs::{arn_with_variable, log_group_name};
use crate::lower::invoke;
use crate::lower::text::camel_case;
use crate::stack::{Event, Resource, SamEvent};

/// SAM's event type for a log group. It is also the name of an event if the group's name has no letter or digit.
const SAM_EVENT: &str = "CloudWatchLogs";

/// The service that invokes the function.
const SERVICE: &str = "logs.amazonaws.com";

/// The variable that has the name of the log group in the ARN that SAM writes.
const GROUP_VARIABLE: &str = "__LogGroupName__";

impl LowerTrigger for Logs {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let (stem, group) = match &self.group {
            LogGroup::Function(ident) => {
                let Some(function) = context.app.function(ident) else { return };
                (format!("{}Logs", function.id), log_group_name(function))
            }
            LogGroup::Named(name) => (event_stem(name.as_str(), SAM_EVENT), name.as_str().into()),
            LogGroup::Param(name) => (camel_case(name.as_str()), Node::reference(name.as_str())),
        };
        let name = lowered.unique_name(&stem);
        let id = format!("{}{name}", context.function.id);
        let permission = Resource::new(
            format!("{id}Permission"),
            "AWS::Lambda::Permission",
            context.event_owner(&name),
            invoke::permission_properties(invoke::target_reference(context.function), SERVICE)
                .with("SourceArn", arn_with_variable(GROUP_VARIABLE, group.clone())),
        );
        let properties = Map::new()
            .with("LogGroupName", group)
            .with("FilterPattern", self.filter.as_str())
            .with("DestinationArn", invoke::target_arn(context.function));
        let kind = "AWS::Logs::SubscriptionFilter";
        let filter = Resource {
            // CloudWatch Logs rejects a filter whose function it may not invoke.
            depends_on: vec![permission.id.clone()],
            ..Resource::new(id, kind, context.event_owner(&name), properties)
        };
        lowered.add_event(name, vec![filter, permission], fold_event);
    }
}

/// Folds a subscription filter into SAM's event `CloudWatchLogs`.
fn fold_event(event: Event) -> SamEvent {
    let mut properties = Map::new();
    let filter = event.resources.into_iter().next();
    for (key, value) in filter.into_iter().flat_map(|it| it.properties) {
        if key != "DestinationArn" {
            properties.push(key, value);
        }
    }
    SamEvent { kind: SAM_EVENT, properties }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    fn stack_with(settings: &str, fetch: &str) -> Stack {
        stack_from_source(&format!(
            "#[function({fetch})]\nasync fn fetch() -> Result<(), Error> {{ Ok(()) }}\n#[function({settings})]\nasync fn ship(event: LogsEvent) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    const ARN: &str = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${__LogGroupName__}:*";

    #[test]
    fn the_log_group_of_a_function_has_a_filter_that_may_invoke_the_other() {
        let stack = stack_with("trigger = logs(group = fetch)", "");
        let filter = stack.resource("ShipFetchLogs");
        assert_eq!(filter.kind(), "AWS::Logs::SubscriptionFilter");
        assert_eq!(filter.resource.depends_on, ["ShipFetchLogsPermission"]);
        assert_eq!(
            *filter.properties(),
            json!({
                "LogGroupName": { "Ref": "FetchLogs" },
                "FilterPattern": "",
                "DestinationArn": { "Fn::GetAtt": "Ship.Arn" },
            })
        );
        let permission = stack.resource("ShipFetchLogsPermission");
        assert_eq!(
            *permission.properties(),
            json!({
                "Action": "lambda:InvokeFunction",
                "FunctionName": { "Ref": "Ship" },
                "Principal": "logs.amazonaws.com",
                "SourceArn": { "Fn::Sub": [ARN, { "__LogGroupName__": { "Ref": "FetchLogs" } }] },
            })
        );
    }

    #[test]
    fn a_log_group_can_be_named_in_every_form() {
        let group = |group: &str, fetch: &str, id: &str| {
            let trigger = format!("trigger = logs(group = {group}, filter = \"ERROR\")");
            let stack = stack_with(&trigger, fetch);
            let filter = stack.resource(id);
            assert_eq!(filter.property("FilterPattern"), "ERROR");
            let permission = stack.resource(&format!("{id}Permission"));
            let name = filter.property("LogGroupName");
            let arn = json!({ "Fn::Sub": [ARN, { "__LogGroupName__": name }] });
            assert_eq!(permission.property("SourceArn"), arn);
            name
        };
        assert_eq!(group("\"/aws/lambda/old\"", "", "ShipAwsLambdaOld"), "/aws/lambda/old");
        assert_eq!(group("\"/\"", "", "ShipCloudWatchLogs"), "/");
        assert_eq!(group("param(\"Group\")", "", "ShipGroup"), json!({ "Ref": "Group" }));
        let shared = "properties = { \"LoggingConfig\": { \"LogGroup\": \"/shop\" } }";
        assert_eq!(group("fetch", shared, "ShipFetchLogs"), "/shop");
    }

    #[test]
    fn the_filter_of_a_function_with_an_alias_has_the_alias() {
        let stack = stack_with("trigger = logs(group = fetch), provisioned_concurrency = 1", "");
        let alias = json!({ "Ref": "ShipAliaslive" });
        assert_eq!(stack.resource("ShipFetchLogs").property("DestinationArn"), alias);
        assert_eq!(stack.resource("ShipFetchLogsPermission").property("FunctionName"), alias);
    }

    #[test]
    fn sams_event_has_the_properties_of_the_filter_without_the_function() {
        let mut stack = stack_with("trigger = logs(group = fetch, filter = \"ERROR\")", "");
        let event = stack.functions[1].events.remove(0);
        let sam = (event.fold)(event);
        assert_eq!(sam.kind, "CloudWatchLogs");
        assert_eq!(
            serde_json::to_value(&sam.properties).unwrap(),
            json!({ "LogGroupName": { "Ref": "FetchLogs" }, "FilterPattern": "ERROR" })
        );
    }
}
