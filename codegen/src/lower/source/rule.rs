//! EventBridge rules that invoke a function. A rule has a schedule or an event pattern, a target and a permission.
//! Rules are folded into SAM's events `Schedule` and `EventBridgeRule`.

use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node};

use super::trigger::{LoweredTriggers, TriggerContext};
use crate::lower::invoke;
use crate::stack::{Event, IdOwner, Resource, SamEvent};

/// The suffix of the id of a rule's target.
const TARGET_SUFFIX: &str = "LambdaTarget";

/// Adds a rule to a function's lowered triggers, as an event whose name begins with `stem`. The rule has these
/// properties. If `input` is set, the rule's target passes it to the function instead of the event.
pub(crate) fn add_rule_event(
    stem: &str,
    mut properties: Map,
    input: Option<String>,
    context: &TriggerContext<'_>,
    lowered: &mut LoweredTriggers,
) {
    let name = lowered.unique_name(stem);
    let id = format!("{}{name}", context.function.id);
    let mut target =
        Map::new().with("Id", target_id(&id)).with("Arn", invoke::target_arn(context.function));
    target.set_some("Input", input);
    properties.push("Targets", vec![target.into()]);
    let permission = rule_permission(
        &id,
        context.event_owner(&name),
        invoke::target_reference(context.function),
    );
    let rule = Resource::new(id, "AWS::Events::Rule", context.event_owner(&name), properties);
    lowered.add_event(name, vec![rule, permission], fold_event);
}

/// Returns the permission for the rule with the logical id `rule` to invoke a function; `part` is the owner of the
/// permission's id.
pub(crate) fn rule_permission(rule: &str, part: IdOwner, function: Node) -> Resource {
    let properties = invoke::permission_properties(function, "events.amazonaws.com")
        .with("SourceArn", Node::attribute(rule, "Arn"));
    Resource::new(format!("{rule}Permission"), "AWS::Lambda::Permission", part, properties)
}

/// Returns the id that SAM would give to the only target of the rule with the logical id `rule`.
fn target_id(rule: &str) -> String {
    let room = limits::RULE_TARGET_ID_LEN - TARGET_SUFFIX.len();
    format!("{}{TARGET_SUFFIX}", &rule[..rule.len().min(room)])
}

/// Folds a rule into SAM's event, which has the rule's properties and the input of its only target.
fn fold_event(event: Event) -> SamEvent {
    let mut sam = SamEvent { kind: "EventBridgeRule", properties: Map::new() };
    let Some(rule) = event.resources.into_iter().next() else { return sam };
    for (key, value) in rule.properties {
        match (key.as_str(), value) {
            ("ScheduleExpression", value) => {
                sam.kind = "Schedule";
                sam.properties.push("Schedule", value);
            }
            ("EventPattern", value) => sam.properties.push("Pattern", value),
            ("Targets", Node::Seq(targets)) => {
                let input = targets.first().and_then(|target| match target {
                    Node::Map(target) => target.get("Input").cloned(),
                    _ => None,
                });
                sam.properties.set_some("Input", input);
            }
            (_, value) => sam.properties.push(key, value),
        }
    }
    sam
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::stack_from_source;

    #[test]
    fn the_id_of_a_target_is_cut_to_eventbridges_limit() {
        assert_eq!(target_id("Rule"), "RuleLambdaTarget");
        let fits = "A".repeat(limits::RULE_TARGET_ID_LEN - TARGET_SUFFIX.len());
        assert_eq!(target_id(&fits), format!("{fits}LambdaTarget"));
        assert_eq!(target_id(&format!("{fits}B")), format!("{fits}LambdaTarget"));
    }

    #[test]
    fn a_rule_calls_the_alias_if_there_is_one() {
        let stack = stack_from_source(
            "#[function(schedule = \"rate(1 day)\", schedule = \"rate(2 days)\", provisioned_concurrency = 2)]\nasync fn take() -> Result<(), Error> { Ok(()) }",
        );
        for rule in ["TakeSchedule", "TakeSchedule2"] {
            let alias = json!({ "Ref": "TakeAliaslive" });
            assert_eq!(stack.resource(rule).property("Targets.0.Arn"), alias);
            let permission = stack.resource(&format!("{rule}Permission"));
            assert_eq!(permission.property("FunctionName"), alias);
        }
    }
}
