//! Lowers a schedule to an EventBridge rule with its permission, or to a schedule of EventBridge Scheduler if a rule cannot
//! do what it asks for.

use skylift_model::aws::node::Map;
use skylift_model::source::schedule::Schedule;

use super::trigger::{LowerTrigger, LoweredTriggers, TriggerContext};
use super::{rule, scheduler};
use crate::json::to_json;
use crate::lower::number::set_state;

/// The name of the SAM event of a schedule.
const STEM: &str = "Schedule";

impl LowerTrigger for Schedule {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        if self.needs_scheduler() {
            return scheduler::add_schedule(self, STEM, context, lowered);
        }
        let mut properties =
            Map::new().with("ScheduleExpression", rule::lower_expression(&self.expression));
        properties.set_some("Name", self.name.as_ref().map(|name| name.as_str()));
        properties.set_some("Description", self.description.as_deref());
        set_state(self.enabled, self.enabled_by.as_ref(), &mut properties);
        let mut input = Map::new();
        input.set_some("Input", self.input.as_ref().map(to_json));
        let target = rule::Target { input, delivery: Some(&self.target) };
        rule::add_rule_event(STEM, properties, target, context, lowered);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    fn stack_with_schedule(arguments: &str) -> Stack {
        stack_from_source(&format!(
            "#[function(trigger = schedule({arguments}))]\nasync fn take(event: serde_json::Value) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    #[test]
    fn a_schedule_is_a_rule_with_its_permission() {
        let stack = stack_with_schedule("\"rate(1 day)\"");
        let rule = stack.resource("TakeSchedule");
        assert_eq!(rule.kind(), "AWS::Events::Rule");
        assert_eq!(
            *rule.properties(),
            json!({
                "ScheduleExpression": "rate(1 day)",
                "Targets": [{ "Id": "TakeScheduleLambdaTarget", "Arn": { "Fn::GetAtt": "Take.Arn" } }],
            })
        );
        let permission = stack.resource("TakeSchedulePermission");
        assert_eq!(permission.kind(), "AWS::Lambda::Permission");
        assert_eq!(
            *permission.properties(),
            json!({
                "Action": "lambda:InvokeFunction",
                "FunctionName": { "Ref": "Take" },
                "Principal": "events.amazonaws.com",
                "SourceArn": { "Fn::GetAtt": "TakeSchedule.Arn" },
            })
        );
    }

    #[test]
    fn every_setting_of_a_schedule_sets_a_property_of_its_rule() {
        let stack = stack_with_schedule(
            "\"cron(0 12 ? * MON-FRI *)\", name = \"noon\", description = \"At noon\", enabled = false, input = { \"a\": [1] }",
        );
        let rule = stack.resource("TakeSchedule");
        assert_eq!(rule.property("ScheduleExpression"), "cron(0 12 ? * MON-FRI *)");
        assert_eq!(rule.property("Name"), "noon");
        assert_eq!(rule.property("Description"), "At noon");
        assert_eq!(rule.property("State"), "DISABLED");
        assert_eq!(rule.property("Targets.0.Input"), r#"{"a":[1]}"#);
    }

    #[test]
    fn sams_event_has_the_rules_properties_and_its_targets_input() {
        let mut stack =
            stack_with_schedule("\"rate(1 day)\", enabled = false, input = { \"a\": 1 }");
        let event = stack.functions[0].events.remove(0);
        let sam = (event.fold)(event);
        assert_eq!(sam.kind, "Schedule");
        assert_eq!(
            serde_json::to_string(&sam.properties).unwrap(),
            r#"{"Schedule":"rate(1 day)","State":"DISABLED","Input":"{\"a\":1}"}"#
        );
    }
}
