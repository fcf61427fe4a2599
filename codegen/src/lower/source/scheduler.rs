//! Schedules of EventBridge Scheduler: a schedule with the role that invokes the function. The schedule is folded into
//! SAM's event `ScheduleV2`. The role is a resource of its own: the one that SAM would make trusts Scheduler in any account.

use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::ArnReference;
use skylift_model::source::schedule::Schedule;

use super::rule::{lower_expression, retry_policy};
use super::trigger::{LoweredTriggers, TriggerContext};
use crate::json::to_json;
use crate::lower::number::set_state;
use crate::lower::service_role::{self, allow};
use crate::lower::{invoke, resource};
use crate::stack::{Event, IdOwner, Purpose, Resource, SamEvent};

/// The service that invokes the function.
const SERVICE: &str = "scheduler.amazonaws.com";

/// Adds a schedule of Scheduler to a function's lowered triggers, as an event.
pub(super) fn add_schedule(
    schedule: &Schedule,
    stem: &str,
    context: &TriggerContext<'_>,
    lowered: &mut LoweredTriggers,
) {
    let name = lowered.unique_name(stem);
    let id = format!("{}{name}", context.function.id);
    let role = format!("{id}Role");
    let queue = dead_letter_queue(schedule, context);
    let mut target = Map::new()
        .with("Arn", invoke::target_arn(context.function))
        .with("RoleArn", Node::attribute(role.as_str(), "Arn"));
    target.set_some("Input", schedule.input.as_ref().map(to_json));
    let dead_letters = queue.clone().map(|queue| Map::new().with("Arn", queue));
    target.set_some("DeadLetterConfig", dead_letters);
    target.set_some("RetryPolicy", retry_policy(&schedule.target));
    let properties = schedule_properties(schedule).with("Target", target);
    let owner = context.event_owner(&name);
    let scheduled = Resource::new(id, "AWS::Scheduler::Schedule", owner, properties);
    lowered.add_event(name, vec![scheduled], fold_event);
    let purpose = Purpose::Beside("the role of a schedule", context.cause);
    lowered.add_resource_once(Resource::new(
        role,
        "AWS::IAM::Role",
        IdOwner::for_function(context.index, purpose),
        role_properties(invoke::target_arn(context.function), queue),
    ));
}

/// Returns the ARN of the dead-letter queue of a schedule, and `None` if the user set none.
fn dead_letter_queue(schedule: &Schedule, context: &TriggerContext<'_>) -> Option<Node> {
    Some(match schedule.target.dead_letters.as_ref()? {
        ArnReference::Arn(arn) => Node::from(arn),
        ArnReference::Param(name) => Node::reference(name.as_str()),
        ArnReference::Declared(ident) => resource::arn_by_reference(context.app.resource(ident)?),
    })
}

/// Returns the properties of a schedule without its target.
fn schedule_properties(schedule: &Schedule) -> Map {
    let settings = &schedule.scheduler;
    let mut properties = Map::new();
    properties.set_some("Name", schedule.name.as_ref().map(|name| name.as_str()));
    properties.set_some("Description", schedule.description.as_deref());
    properties.set_some("GroupName", settings.group.as_ref().map(|group| group.as_str()));
    properties.set("ScheduleExpression", lower_expression(&schedule.expression));
    properties.set_some(
        "ScheduleExpressionTimezone",
        settings.time_zone.as_ref().map(|zone| zone.as_str()),
    );
    let window = match settings.window.and_then(|window| window.minutes().ok()) {
        Some(minutes) => {
            Map::new().with("Mode", "FLEXIBLE").with("MaximumWindowInMinutes", minutes)
        }
        None => Map::new().with("Mode", "OFF"),
    };
    properties.set("FlexibleTimeWindow", window);
    properties.set_some("StartDate", settings.start.as_ref().map(|date| date.as_str()));
    properties.set_some("EndDate", settings.end.as_ref().map(|date| date.as_str()));
    set_state(schedule.enabled, schedule.enabled_by.as_ref(), &mut properties);
    properties
}

/// Returns the properties of the role with which Scheduler invokes the function, and sends to the queue what it could
/// not deliver.
fn role_properties(function: Node, queue: Option<Node>) -> Map {
    let mut statements = vec![allow(&["lambda:InvokeFunction"], function)];
    statements.extend(queue.map(|queue| allow(&["sqs:SendMessage"], queue)));
    service_role::role_properties(SERVICE, "Schedule", statements)
}

/// Folds a schedule into SAM's event, which has the properties of the schedule and of its target.
fn fold_event(event: Event) -> SamEvent {
    let mut sam = SamEvent { kind: "ScheduleV2", properties: Map::new() };
    let Some(schedule) = event.resources.into_iter().next() else { return sam };
    if schedule.properties.get("Name").is_none() {
        // SAM would use the logical id, and two stacks in one account could not have the schedule.
        sam.properties.push("OmitName", true);
    }
    for (key, value) in schedule.properties {
        match (key.as_str(), value) {
            ("Target", Node::Map(target)) => {
                for (key, value) in target {
                    if key.as_str() != "Arn" {
                        sam.properties.push(key, value);
                    }
                }
            }
            (_, value) => sam.properties.push(key, value),
        }
    }
    sam
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    fn stack_with_schedule(arguments: &str) -> Stack {
        stack_from_source(&format!(
            "#[resource(queue)]\npub struct Lost;\n#[function(trigger = schedule({arguments}))]\nasync fn take(event: serde_json::Value) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    const ALL: &str = "\"cron(0 8 ? * MON-FRI *)\", time_zone = \"Europe/Berlin\", window = \"15m\", start = \"2099-01-01T00:00:00Z\", end = \"2099-02-01T00:00:00Z\", group = \"g\", name = \"n\", description = \"d\", enabled = false, input = 1, dead_letters = Lost, retries = 2, max_event_age = \"1h\"";

    #[test]
    fn a_moment_is_a_schedule_with_a_role_of_its_own() {
        let stack = stack_with_schedule("\"at(2099-01-01T08:00:00)\"");
        let schedule = stack.resource("TakeSchedule");
        assert_eq!(schedule.kind(), "AWS::Scheduler::Schedule");
        assert_eq!(
            *schedule.properties(),
            json!({
                "ScheduleExpression": "at(2099-01-01T08:00:00)",
                "FlexibleTimeWindow": { "Mode": "OFF" },
                "Target": {
                    "Arn": { "Fn::GetAtt": "Take.Arn" },
                    "RoleArn": { "Fn::GetAtt": "TakeScheduleRole.Arn" },
                },
            })
        );
        let role = stack.resource("TakeScheduleRole");
        assert_eq!(role.kind(), "AWS::IAM::Role");
        assert_eq!(
            role.property("AssumeRolePolicyDocument.Statement"),
            json!([{
                "Effect": "Allow",
                "Principal": { "Service": "scheduler.amazonaws.com" },
                "Action": "sts:AssumeRole",
                "Condition": { "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } } },
            }])
        );
        assert_eq!(
            role.property("Policies.0.PolicyDocument.Statement"),
            json!([{
                "Effect": "Allow",
                "Action": "lambda:InvokeFunction",
                "Resource": { "Fn::GetAtt": "Take.Arn" },
            }])
        );
    }

    #[test]
    fn every_setting_sets_a_property() {
        let stack = stack_with_schedule(ALL);
        let queue = json!({ "Fn::GetAtt": "Lost.Arn" });
        assert_eq!(
            *stack.resource("TakeSchedule").properties(),
            json!({
                "Name": "n",
                "Description": "d",
                "GroupName": "g",
                "ScheduleExpression": "cron(0 8 ? * MON-FRI *)",
                "ScheduleExpressionTimezone": "Europe/Berlin",
                "FlexibleTimeWindow": { "Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15 },
                "StartDate": "2099-01-01T00:00:00Z",
                "EndDate": "2099-02-01T00:00:00Z",
                "State": "DISABLED",
                "Target": {
                    "Arn": { "Fn::GetAtt": "Take.Arn" },
                    "RoleArn": { "Fn::GetAtt": "TakeScheduleRole.Arn" },
                    "Input": "1",
                    "DeadLetterConfig": { "Arn": queue },
                    "RetryPolicy": { "MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 3600 },
                },
            })
        );
        let statements =
            stack.resource("TakeScheduleRole").property("Policies.0.PolicyDocument.Statement.1");
        let send = json!({ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": queue });
        assert_eq!(statements, send);
    }

    #[test]
    fn sams_event_has_no_name_unless_the_user_set_one() {
        let folded = |arguments: &str| {
            let mut stack = stack_with_schedule(arguments);
            let event = stack.functions[0].events.remove(0);
            let sam = (event.fold)(event);
            assert_eq!(sam.kind, "ScheduleV2");
            serde_json::to_value(&sam.properties).unwrap()
        };
        assert_eq!(
            folded("\"rate(1 day)\", group = \"g\""),
            json!({
                "OmitName": true,
                "GroupName": "g",
                "ScheduleExpression": "rate(1 day)",
                "FlexibleTimeWindow": { "Mode": "OFF" },
                "RoleArn": { "Fn::GetAtt": "TakeScheduleRole.Arn" },
            })
        );
        let all = folded(ALL);
        assert_eq!(all["Name"], "n");
        assert!(all.get("OmitName").is_none());
        assert_eq!(all["RetryPolicy"]["MaximumRetryAttempts"], 2);
    }
}
