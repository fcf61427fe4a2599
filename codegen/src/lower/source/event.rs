//! Lowers a trigger on the events of a bus to an EventBridge rule with its permission.

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::ResourceReference;
use skylift_model::source::event::{EventRule, RuleInput};

use super::rule;
use super::trigger::{LowerTrigger, LoweredTriggers, TriggerContext};
use crate::json::to_json;
use crate::lower::number::set_state;
use crate::lower::resource;

impl LowerTrigger for EventRule {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let (stem, properties, target) = lower_rule(self, context.app);
        rule::add_rule_event(&stem, properties, target, context, lowered);
    }
}

/// Returns the part of a logical id that names the bus, the properties of the rule without its target, and the target.
pub(in crate::lower) fn lower_rule<'a>(
    event: &'a EventRule,
    app: &App,
) -> (String, Map, rule::Target<'a>) {
    let (stem, bus) = lower_bus(event, app);
    let mut properties = Map::new();
    properties.set_some("EventBusName", bus);
    properties.set_some("Name", event.name.as_ref().map(|name| name.as_str()));
    properties.set("EventPattern", event.pattern.clone().unwrap_or_else(every_event));
    set_state(event.enabled, event.enabled_by.as_ref(), &mut properties);
    let input = event.input.as_ref().map(input_properties).unwrap_or_default();
    (stem, properties, rule::Target { input, delivery: Some(&event.target) })
}

/// Returns the properties of a rule's target that say what the function gets instead of the event.
fn input_properties(input: &RuleInput) -> Map {
    match input {
        RuleInput::Constant(input) => Map::new().with("Input", to_json(input)),
        RuleInput::Path(path) => Map::new().with("InputPath", path.as_str()),
        RuleInput::Transformer { paths, template } => {
            let mut transformer = Map::new();
            if !paths.is_empty() {
                transformer.set("InputPathsMap", paths.clone());
            }
            transformer.set("InputTemplate", template.as_str());
            Map::new().with("InputTransformer", transformer)
        }
    }
}

/// Returns the pattern that every event matches.
fn every_event() -> Map {
    Map::new().with("source", vec![Map::new().with("prefix", "").into()])
}

/// Returns the beginning of the name of the trigger's event, and the name of its bus; `None` is the default bus.
fn lower_bus(rule: &EventRule, app: &App) -> (String, Option<Node>) {
    let stem = "Events".to_owned();
    match &rule.bus {
        None | Some(ResourceReference::Own) => (stem, None),
        Some(ResourceReference::Named(name)) => (stem, Some(name.as_str().into())),
        Some(ResourceReference::Arn(arn)) => (stem, Some(arn.as_str().into())),
        Some(ResourceReference::Param(name)) => (stem, Some(Node::reference(name.as_str()))),
        Some(ResourceReference::Declared(ident)) => match app.resource(ident) {
            None => (stem, None),
            Some(bus) => {
                // A reference, so that the bus exists before the rule.
                let name = match bus.existing {
                    None => Node::reference(bus.id.as_str()),
                    Some(_) => resource::identifier(bus),
                };
                (bus.id.to_string(), Some(name))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    fn stack_with_trigger(arguments: &str) -> Stack {
        stack_from_source(&format!(
            "#[resource(bus)]\npub struct Shop;\n#[resource(queue)]\npub struct Lost;\n#[function(trigger = event({arguments}))]\nasync fn take(event: EventBridgeEvent) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    #[test]
    fn a_trigger_is_a_rule_with_its_permission() {
        let stack = stack_with_trigger(
            "bus = Shop, source = \"shop\", detail_type = [\"placed\", \"paid\"]",
        );
        let rule = stack.resource("TakeShop");
        assert_eq!(rule.kind(), "AWS::Events::Rule");
        assert_eq!(
            *rule.properties(),
            json!({
                "EventBusName": { "Ref": "Shop" },
                "EventPattern": { "source": ["shop"], "detail-type": ["placed", "paid"] },
                "Targets": [{ "Id": "TakeShopLambdaTarget", "Arn": { "Fn::GetAtt": "Take.Arn" } }],
            })
        );
        let permission = stack.resource("TakeShopPermission");
        assert_eq!(permission.property("SourceArn"), json!({ "Fn::GetAtt": "TakeShop.Arn" }));
        assert_eq!(permission.property("Principal"), "events.amazonaws.com");
    }

    #[test]
    fn a_trigger_on_a_bus_alone_matches_every_event_of_the_bus() {
        let stack = stack_with_trigger("bus = Shop");
        let pattern = stack.resource("TakeShop").property("EventPattern");
        assert_eq!(pattern, json!({ "source": [{ "prefix": "" }] }));
    }

    #[test]
    fn every_setting_sets_a_property_of_the_rule_or_its_target() {
        let stack = stack_with_trigger(
            "source = \"aws.ec2\", name = \"ec2\", enabled = false, input_paths = { \"id\": \"$.id\" }, input_template = \"<id>\", dead_letters = Lost, retries = 3, max_event_age = \"1h\"",
        );
        let rule = stack.resource("TakeEvents");
        assert!(rule.property("EventBusName").is_null());
        assert_eq!(rule.property("Name"), "ec2");
        assert_eq!(rule.property("State"), "DISABLED");
        let queue = json!({ "Fn::GetAtt": "Lost.Arn" });
        assert_eq!(
            rule.property("Targets.0"),
            json!({
                "Id": "TakeEventsLambdaTarget",
                "Arn": { "Fn::GetAtt": "Take.Arn" },
                "InputTransformer": { "InputPathsMap": { "id": "$.id" }, "InputTemplate": "<id>" },
                "DeadLetterConfig": { "Arn": queue },
                "RetryPolicy": { "MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 3600 },
            })
        );
        let statement = stack.resource("LostPolicy").property("PolicyDocument.Statement.1");
        assert_eq!(statement["Principal"], json!({ "Service": "events.amazonaws.com" }));
        let sender =
            json!({ "ArnEquals": { "aws:SourceArn": { "Fn::GetAtt": "TakeEvents.Arn" } } });
        assert_eq!(statement["Condition"], sender);
        let path = stack_with_trigger("bus = \"acme\", input_path = \"$.detail\"");
        let rule = path.resource("TakeEvents");
        assert_eq!(rule.property("EventBusName"), "acme");
        assert_eq!(rule.property("Targets.0.InputPath"), "$.detail");
    }

    #[test]
    fn sams_event_has_the_properties_of_the_rule_and_its_target() {
        let mut stack =
            stack_with_trigger("bus = Shop, name = \"all\", input_path = \"$\", retries = 0");
        let event = stack.functions[0].events.remove(0);
        let sam = (event.fold)(event);
        assert_eq!(sam.kind, "EventBridgeRule");
        assert_eq!(
            serde_json::to_value(&sam.properties).unwrap(),
            json!({
                "EventBusName": { "Ref": "Shop" },
                "RuleName": "all",
                "Pattern": { "source": [{ "prefix": "" }] },
                "InputPath": "$",
                "RetryPolicy": { "MaximumRetryAttempts": 0 },
            })
        );
    }
}
