//! EventBridge rules that invoke a function. A rule has a schedule or an event pattern, a target and a permission.
//! Rules are folded into SAM's events `Schedule` and `EventBridgeRule`.

use skylift_model::App;
use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node};
use skylift_model::source::rule_target::RuleTarget;
use skylift_model::source::schedule::Expression;

use super::dead_letters::lower_dead_letters;
use super::trigger::{LoweredTriggers, ResourceRequirements, TriggerContext};
use crate::lower::invoke;
use crate::lower::number::lower_number;
use crate::stack::{Event, IdOwner, Resource, SamEvent};

/// The service that invokes the function and sends to the dead-letter queue.
pub(in crate::lower) const SERVICE: &str = "events.amazonaws.com";

/// The suffix of the id of a rule's target that is a function.
const FUNCTION_SUFFIX: &str = "LambdaTarget";

/// The only target of a rule.
#[derive(Default)]
pub(crate) struct Target<'a> {
    /// The properties that say what the function gets instead of the event.
    pub(crate) input: Map,
    /// How EventBridge delivers the events.
    pub(crate) delivery: Option<&'a RuleTarget>,
}

impl Target<'_> {
    /// Creates a target that gets this JSON for every event.
    pub(crate) fn with_constant_input(json: String) -> Self {
        Self { input: Map::new().with("Input", json), ..Self::default() }
    }
}

/// Adds a rule to a function's lowered triggers, as an event whose name begins with `stem`. The rule has these
/// properties.
pub(crate) fn add_rule_event(
    stem: &str,
    mut properties: Map,
    target: Target<'_>,
    context: &TriggerContext<'_>,
    lowered: &mut LoweredTriggers,
) {
    let name = lowered.unique_name(stem);
    let id = format!("{}{name}", context.function.id);
    let invoked = (FUNCTION_SUFFIX, invoke::target_arn(context.function));
    let target = target_properties(target, &id, invoked, context.app, &mut lowered.requirements);
    properties.push("Targets", vec![target.into()]);
    let permission = rule_permission(
        &id,
        context.event_owner(&name),
        invoke::target_reference(context.function),
    );
    let rule = Resource::new(id, "AWS::Events::Rule", context.event_owner(&name), properties);
    lowered.add_event(name, vec![rule, permission], fold_event);
}

/// Returns the properties of the only target of the rule with the logical id `id`; `(suffix, arn)` are the end of the
/// target's id and its ARN. Adds to `requirements` what the dead-letter queue has to permit.
pub(in crate::lower) fn target_properties(
    target: Target<'_>,
    id: &str,
    (suffix, arn): (&str, Node),
    app: &App,
    requirements: &mut Vec<(String, ResourceRequirements)>,
) -> Map {
    let mut properties = Map::new().with("Id", target_id(id, suffix)).with("Arn", arn);
    properties.merge(target.input);
    let Some(delivery) = target.delivery else { return properties };
    let queue = delivery.dead_letters.as_ref().and_then(|queue| {
        let rule = Node::attribute(id, "Arn");
        lower_dead_letters(queue, SERVICE, rule, app, requirements)
    });
    properties.set_some("DeadLetterConfig", queue.map(|queue| Map::new().with("Arn", queue)));
    properties.set_some("RetryPolicy", retry_policy(delivery));
    properties
}

/// Returns when a schedule fires.
pub(super) fn lower_expression(expression: &Expression) -> Node {
    match expression {
        Expression::Known(schedule) => Node::from(schedule.as_str()),
        Expression::Param(parameter) => Node::reference(parameter.param.as_str()),
    }
}

/// Returns the retry policy of a target, or `None` if the user set none.
pub(super) fn retry_policy(delivery: &RuleTarget) -> Option<Map> {
    let mut retry = Map::new();
    let number = |key, value| lower_number(&delivery.from_parameters, key, value);
    let retries = number(RuleTarget::RETRIES, delivery.retries.map(|it| it.get()));
    retry.set_some("MaximumRetryAttempts", retries);
    let age = number(RuleTarget::MAX_EVENT_AGE, delivery.max_event_age.map(|it| it.get()));
    retry.set_some("MaximumEventAgeInSeconds", age);
    (!retry.is_empty()).then_some(retry)
}

/// Returns the permission for the rule with the logical id `rule` to invoke a function; `part` is the owner of the
/// permission's id.
pub(crate) fn rule_permission(rule: &str, part: IdOwner, function: Node) -> Resource {
    let properties = invoke::permission_properties(function, SERVICE)
        .with("SourceArn", Node::attribute(rule, "Arn"));
    Resource::new(format!("{rule}Permission"), "AWS::Lambda::Permission", part, properties)
}

/// Returns the id of the only target of the rule with the logical id `rule`. That of a function is the one that SAM would
/// give to it.
fn target_id(rule: &str, suffix: &str) -> String {
    let room = limits::RULE_TARGET_ID_LEN - suffix.len();
    format!("{}{suffix}", &rule[..rule.len().min(room)])
}

/// Folds a rule into SAM's event, which has the rule's properties and those of its only target.
fn fold_event(event: Event) -> SamEvent {
    let mut sam = SamEvent { kind: "EventBridgeRule", properties: Map::new() };
    let Some(rule) = event.resources.into_iter().next() else { return sam };
    let is_schedule = rule.properties.get("ScheduleExpression").is_some();
    for (key, value) in rule.properties {
        match (key.as_str(), value) {
            ("ScheduleExpression", value) => {
                sam.kind = "Schedule";
                sam.properties.push("Schedule", value);
            }
            ("EventPattern", value) => sam.properties.push("Pattern", value),
            ("Name", value) if !is_schedule => sam.properties.push("RuleName", value),
            ("Targets", Node::Seq(targets)) => {
                let Some(Node::Map(target)) = targets.into_iter().next() else { continue };
                for (key, value) in target {
                    if !["Id", "Arn"].contains(&key.as_str()) {
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

    use super::*;
    use crate::testing::stack_from_source;

    #[test]
    fn the_id_of_a_target_is_cut_to_eventbridges_limit() {
        assert_eq!(target_id("Rule", FUNCTION_SUFFIX), "RuleLambdaTarget");
        let fits = "A".repeat(limits::RULE_TARGET_ID_LEN - FUNCTION_SUFFIX.len());
        assert_eq!(target_id(&fits, FUNCTION_SUFFIX), format!("{fits}LambdaTarget"));
        assert_eq!(target_id(&format!("{fits}B"), FUNCTION_SUFFIX), format!("{fits}LambdaTarget"));
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
