//! Lowers an event bus. It has a name that every part of the template can compute, because its rules will invoke
//! functions that also publish to it.

use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::bus::Bus;
use skylift_model::resource::{Resource, ResourceKind};

use super::computed::ComputedNameKind;
use super::existing::{ArnLookup, ClientIdentifier, NamingRules, ParameterContent};
use super::kind::{
    LowerResource, NewResource, fixed_or_computed_arn, fixed_or_computed_name, ref_output,
};
use crate::stack::ResourceInStack;

/// How a template names an event bus.
pub(super) const NAMING_RULES: NamingRules = NamingRules {
    client: ClientIdentifier::NameOrArn,
    parameter: ParameterContent::Name,
    arn: ArnLookup::Attribute,
    suffix: None,
};

impl LowerResource for Bus {
    fn lower(&self, new: &NewResource<'_>, lowered: &mut ResourceInStack) {
        let mut properties = Map::new().with("Name", self.identifier(new.resource));
        properties.set_some("KmsKeyIdentifier", new.kms_key());
        lowered.resources.push(new.main_resource(properties));
        lowered.outputs.push(ref_output(new.id(), "Name", "Name of the event bus"));
    }

    fn identifier(&self, resource: &Resource) -> Node {
        fixed_or_computed_name(fixed_name(self), ComputedNameKind::Bus, resource.id.as_str())
    }

    fn arn(&self, resource: &Resource) -> Node {
        fixed_or_computed_arn(
            ResourceKind::Bus,
            fixed_name(self),
            ComputedNameKind::Bus,
            resource.id.as_str(),
        )
    }

    fn computed_name_kind(&self) -> Option<ComputedNameKind> {
        Some(ComputedNameKind::Bus)
    }
}

/// Returns the name that the user set for an event bus, or `None`.
fn fixed_name(bus: &Bus) -> Option<&str> {
    bus.name.as_ref().map(|name| name.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::stack_from_source;

    #[test]
    fn a_bus_has_the_same_name_in_variable_policy_and_output() {
        let stack = stack_from_source(
            "#[resource(bus)]\npub struct Events;\n#[resource(bus(name = \"shop\"))]\npub struct Shop;\n#[function]\nasync fn take(events: Publisher<Events>, shop: Publisher<Shop>) -> Result<(), Error> { Ok(()) }",
        );
        let events = stack.resource("Events");
        assert_eq!(events.kind(), "AWS::Events::EventBus");
        assert_eq!(events.property("Name.Fn::Sub.0"), "Events-${Stack}");
        assert_eq!(stack.resource("Shop").property("Name"), "shop");
        let variables = stack.resource("Take").property("Environment.Variables");
        assert_eq!(variables["EVENTS_BUS_NAME"]["Fn::Sub"][0], "Events-${Stack}");
        assert_eq!(variables["SHOP_BUS_NAME"], "shop");
        let policies = stack.resource("TakeRole").property("Policies").to_string();
        assert!(policies.contains(":event-bus/shop"), "{policies}");
        let outputs: Vec<String> =
            stack.outputs().map(|(name, output)| format!("{name} {}", json!(output))).collect();
        assert!(outputs[0].starts_with("EventsName "), "{outputs:?}");
    }
}
