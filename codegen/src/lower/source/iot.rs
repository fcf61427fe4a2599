//! Lowers a trigger on messages of AWS IoT to a rule with its permission. They are folded into SAM's event `IoTRule`
//! unless the rule has a setting that the event lacks: both templates then have the same resources.
// See decision 0113.

use skylift_model::aws::node::{Map, Node};
use skylift_model::source::iot::Iot;

use super::trigger::{LowerTrigger, LoweredTriggers, TriggerContext};
use crate::lower::invoke;
use crate::stack::{Event, Resource, SamEvent};

/// SAM's event type for a rule.
const SAM_EVENT: &str = "IoTRule";

/// The stem of the name of an event.
const STEM: &str = "Iot";

/// The service that invokes the function.
const SERVICE: &str = "iot.amazonaws.com";

/// The property with everything about a rule but its name.
const PAYLOAD: &str = "TopicRulePayload";

impl LowerTrigger for Iot {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let name = unique_name(context, lowered);
        let id = format!("{}{name}", context.function.id);
        let permission = Resource::new(
            format!("{id}Permission"),
            "AWS::Lambda::Permission",
            context.event_owner(&name),
            permission_properties(&id, context),
        );
        let rule = Resource::new(
            id,
            "AWS::IoT::TopicRule",
            context.event_owner(&name),
            rule_properties(self, context),
        );
        if self.name.is_none() && self.description.is_none() && self.enabled {
            lowered.add_event(name, vec![rule, permission], fold_event);
        } else {
            lowered.other_resources.extend([rule, permission]);
        }
    }
}

/// Returns a name for the event that no other rule of the function has, whether it is an event or not.
fn unique_name(context: &TriggerContext<'_>, lowered: &LoweredTriggers) -> String {
    let mut number = 1;
    loop {
        let stem = if number == 1 { STEM.to_owned() } else { format!("{STEM}{number}") };
        let name = lowered.unique_name(&stem);
        let id = format!("{}{name}", context.function.id);
        if name == stem && lowered.other_resources.iter().all(|it| it.id != id) {
            return name;
        }
        number += 1;
    }
}

/// Returns the properties of the rule.
fn rule_properties(iot: &Iot, context: &TriggerContext<'_>) -> Map {
    let mut payload = Map::new().with("Sql", iot.sql.as_str());
    payload.push("AwsIotSqlVersion", iot.version.as_str());
    payload.set_some("Description", iot.description.as_deref());
    payload.push("RuleDisabled", !iot.enabled);
    let action = Map::new().with("FunctionArn", invoke::target_arn(context.function));
    payload.push("Actions", vec![Node::from(Map::new().with("Lambda", action))]);
    let mut properties = Map::new();
    properties.set_some("RuleName", iot.name.as_ref().map(|name| name.as_str()));
    properties.push(PAYLOAD, payload);
    properties
}

/// Returns the properties of the permission for the rule with the logical id `rule`.
fn permission_properties(rule: &str, context: &TriggerContext<'_>) -> Map {
    let arn = format!(
        "arn:${{AWS::Partition}}:iot:${{AWS::Region}}:${{AWS::AccountId}}:rule/${{{rule}}}"
    );
    invoke::permission_properties(invoke::target_reference(context.function), SERVICE)
        .with("SourceAccount", Node::reference("AWS::AccountId"))
        .with("SourceArn", Node::sub(arn))
}

/// Folds a rule into SAM's event `IoTRule`.
fn fold_event(event: Event) -> SamEvent {
    let mut properties = Map::new();
    let rule = event.resources.into_iter().next();
    for (_, value) in rule.into_iter().flat_map(|it| it.properties) {
        let Node::Map(payload) = value else { continue };
        for (key, value) in payload {
            if ["Sql", "AwsIotSqlVersion"].contains(&key.as_str()) {
                properties.push(key, value);
            }
        }
    }
    SamEvent { kind: SAM_EVENT, properties }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    fn stack_with_triggers(triggers: &str) -> Stack {
        stack_from_source(&format!(
            "#[function({triggers})]\nasync fn take(event: serde_json::Value) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    #[test]
    fn a_rule_alone_may_invoke_the_function() {
        let stack = stack_with_triggers("trigger = iot(sql = \"SELECT * FROM 'a/+'\")");
        let rule = stack.resource("TakeIot");
        assert_eq!(rule.kind(), "AWS::IoT::TopicRule");
        assert_eq!(
            *rule.properties(),
            json!({
                "TopicRulePayload": {
                    "Sql": "SELECT * FROM 'a/+'",
                    "AwsIotSqlVersion": "2016-03-23",
                    "RuleDisabled": false,
                    "Actions": [{ "Lambda": { "FunctionArn": { "Fn::GetAtt": "Take.Arn" } } }],
                },
            })
        );
        let permission = stack.resource("TakeIotPermission");
        assert_eq!(
            *permission.properties(),
            json!({
                "Action": "lambda:InvokeFunction",
                "FunctionName": { "Ref": "Take" },
                "Principal": "iot.amazonaws.com",
                "SourceAccount": { "Ref": "AWS::AccountId" },
                "SourceArn": {
                    "Fn::Sub": "arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:rule/${TakeIot}",
                },
            })
        );
    }

    #[test]
    fn every_setting_of_a_rule_sets_a_property() {
        let stack = stack_with_triggers(
            "trigger = iot(sql = \"SELECT *\", version = \"beta\", name = \"ingest\", description = \"d\", enabled = false)",
        );
        let rule = stack.resource("TakeIot");
        assert_eq!(rule.property("RuleName"), "ingest");
        assert_eq!(rule.property("TopicRulePayload.AwsIotSqlVersion"), "beta");
        assert_eq!(rule.property("TopicRulePayload.Description"), "d");
        assert_eq!(rule.property("TopicRulePayload.RuleDisabled"), true);
        assert!(stack.functions[0].events.is_empty());
    }

    #[test]
    fn the_rules_of_a_function_have_ids_of_their_own_whether_sam_can_express_them_or_not() {
        let rule = |rest: &str| format!("trigger = iot(sql = \"SELECT * FROM 'a'\"{rest})");
        let (plain, disabled) = (rule(""), rule(", enabled = false"));
        for triggers in [
            [&disabled, &plain, &disabled, &plain].map(String::as_str).join(", "),
            [&plain, &disabled, &plain, &disabled].map(String::as_str).join(", "),
        ] {
            let stack = stack_with_triggers(&triggers);
            for id in ["TakeIot", "TakeIot2", "TakeIot3", "TakeIot4"] {
                assert_eq!(stack.resource(id).kind(), "AWS::IoT::TopicRule");
            }
            assert_eq!(stack.functions[0].events.len(), 2);
        }
    }

    #[test]
    fn sams_event_has_the_statement_and_its_version() {
        let mut stack = stack_with_triggers("trigger = iot(sql = \"SELECT * FROM 'a'\")");
        let event = stack.functions[0].events.remove(0);
        let sam = (event.fold)(event);
        assert_eq!(sam.kind, "IoTRule");
        assert_eq!(
            serde_json::to_value(&sam.properties).unwrap(),
            json!({ "Sql": "SELECT * FROM 'a'", "AwsIotSqlVersion": "2016-03-23" })
        );
    }
}
