//! Lowers the pings that keep a function warm. A single ping is a schedule like any other. Several pings are
//! targets of one rule, so that they arrive at the same moment. A SAM event has only one target, so in both
//! templates the rule for several pings and its permission are separate resources. They have the ids that SAM would
//! give to the resources of an event.
// See decision 0077.

use skylift_model::aws::node::{Map, Node};
use skylift_model::{Function, KeepWarm};

use crate::lower::invoke;
use crate::lower::source::{LoweredTriggers, TriggerContext, rule};
use crate::stack::{IdOwner, Purpose, Resource};

/// The name of the SAM event or the rule that pings a function; a function has only one.
const STEM: &str = "KeepWarm";

/// Adds the rule that pings a function, and its permission, to the function's lowered triggers.
pub(super) fn lower_pings(
    pings: &KeepWarm,
    context: &TriggerContext<'_>,
    lowered: &mut LoweredTriggers,
) {
    let input = ping_input(context.function);
    let properties = Map::new().with("ScheduleExpression", pings.every.as_str());
    if pings.instances.get() == 1 {
        let target = rule::Target::with_constant_input(input);
        rule::add_rule_event(STEM, properties, target, context, lowered);
        return;
    }
    let arn = || invoke::target_arn(context.function);
    let target = |number: u32| {
        let target = Map::new()
            .with("Id", format!("Ping{number}"))
            .with("Arn", arn())
            .with("Input", input.as_str());
        Node::Map(target)
    };
    let targets: Vec<Node> = (1..=pings.instances.get()).map(target).collect();
    let part = |role| IdOwner::for_function(context.index, role);
    let id = format!("{}{}", context.function.id, lowered.unique_name(STEM));
    let permission = rule::rule_permission(&id, part(Purpose::PingPermission), arn());
    let properties = properties.with("Targets", targets);
    lowered.other_resources.push(Resource::new(
        id,
        "AWS::Events::Rule",
        part(Purpose::PingRule),
        properties,
    ));
    lowered.other_resources.push(permission);
}

/// Returns the payload of a ping as JSON. It contains the function's id, so that the runtime recognises the ping as
/// one for this function.
fn ping_input(function: &Function) -> String {
    let detail = Map::new().with("keep-warm", function.id.as_str());
    let input = Map::new()
        .with("version", "0")
        .with("detail-type", "Scheduled Event")
        .with("source", "aws.events")
        .with("resources", Vec::<Node>::new())
        .with("detail", detail);
    // A tree without intrinsic functions can always be written as JSON.
    serde_json::to_string(&input).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use skylift_model::FunctionSettings;

    use super::*;
    use crate::fixtures::{build_stack, function, scaled_concurrency, three_pings};
    use crate::stack::Stack;

    fn warm_stack(instances: KeepWarm, alias: bool) -> Stack {
        let mut function = Function { keep_warm: Some(instances), ..function("A") };
        function.settings.provisioned_concurrency = alias.then(scaled_concurrency);
        build_stack(vec![function], Vec::new())
    }

    /// Returns keep-warm settings with a single ping.
    fn single_ping() -> KeepWarm {
        KeepWarm::from(three_pings().every)
    }

    #[test]
    fn one_ping_is_an_event_of_the_function() {
        let stack = warm_stack(single_ping(), false);
        assert_eq!(stack.functions[0].events[0].name, "KeepWarm");
        let rule = stack.resource("AKeepWarm");
        assert_eq!(rule.kind(), "AWS::Events::Rule");
        assert_eq!(rule.property("ScheduleExpression"), "rate(5 minutes)");
        assert_eq!(rule.property("Targets").as_array().unwrap().len(), 1);
        let text = rule.property("Targets.0.Input");
        let input: Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
        assert_eq!(
            input,
            json!({
                "version": "0",
                "detail-type": "Scheduled Event",
                "source": "aws.events",
                "resources": [],
                "detail": { "keep-warm": "A" },
            })
        );
    }

    #[test]
    fn several_pings_are_targets_of_one_rule() {
        for (alias, arn) in
            [(false, json!({ "Fn::GetAtt": "A.Arn" })), (true, json!({ "Ref": "AAliaslive" }))]
        {
            let stack = warm_stack(three_pings(), alias);
            assert!(stack.functions[0].events.is_empty());
            let rule = stack.resource("AKeepWarm");
            assert_eq!(rule.kind(), "AWS::Events::Rule");
            assert_eq!(rule.property("ScheduleExpression"), "rate(5 minutes)");
            let targets = rule.property("Targets");
            for (index, target) in targets.as_array().unwrap().iter().enumerate() {
                assert_eq!(target["Id"], format!("Ping{}", index + 1));
                assert_eq!(target["Arn"], arn);
                assert!(target["Input"].as_str().unwrap().contains("\"keep-warm\":\"A\""));
            }
            assert_eq!(targets.as_array().unwrap().len(), 3);
            let permission = stack.resource("AKeepWarmPermission");
            assert_eq!(permission.kind(), "AWS::Lambda::Permission");
            assert_eq!(permission.property("FunctionName"), arn);
            assert_eq!(permission.property("Principal"), "events.amazonaws.com");
            assert_eq!(permission.property("Action"), "lambda:InvokeFunction");
            assert_eq!(permission.property("SourceArn"), json!({ "Fn::GetAtt": "AKeepWarm.Arn" }));
        }
    }

    #[test]
    fn cold_starts_are_counted_if_they_are_reduced_or_the_setting_asks_for_it() {
        let with_setting =
            |metric| FunctionSettings { cold_start_metric: metric, ..FunctionSettings::default() };
        let warm = |id| Function { keep_warm: Some(three_pings()), ..function(id) };
        let (without_setting, plain) = (with_setting(None), function("A"));
        assert!(!plain.counts_cold_starts(&without_setting));
        assert!(plain.counts_cold_starts(&with_setting(Some(true))));
        assert!(warm("A").counts_cold_starts(&without_setting));
        assert!(!warm("A").counts_cold_starts(&with_setting(Some(false))));
        let mut provisioned = plain;
        provisioned.settings.provisioned_concurrency = Some(scaled_concurrency());
        assert!(provisioned.counts_cold_starts(&without_setting));
        provisioned.settings.cold_start_metric = Some(false);
        assert!(!provisioned.counts_cold_starts(&with_setting(Some(true))));
    }
}
