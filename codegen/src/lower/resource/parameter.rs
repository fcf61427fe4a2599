//! Lowers a Systems Manager parameter: a plain text with the value that the user set.

use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::resource::parameter::Parameter;
use skylift_model::resource::{Resource, ResourceKind};

use super::arn::arn_in_account;
use super::existing::{ArnLookup, ClientIdentifier, NamingRules, ParameterContent};
use super::kind::{LowerResource, NewResource, ref_output};
use crate::stack::ResourceInStack;

/// How a template names a Systems Manager parameter.
pub(super) const NAMING_RULES: NamingRules = NamingRules {
    client: ClientIdentifier::NameOrArn,
    parameter: ParameterContent::HierarchicalName,
    arn: ArnLookup::HierarchicalName,
    suffix: None,
};

impl LowerResource for Parameter {
    fn lower(&self, new: &NewResource<'_>, lowered: &mut ResourceInStack) {
        let mut properties = Map::new();
        properties.set_some("Name", self.name.as_ref().map(|name| name.as_str()));
        properties.set("Type", "String");
        properties.set("Value", self.value.as_str());
        lowered.resources.push(new.main_resource(properties));
        lowered.outputs.push(ref_output(new.id(), "Name", "Name of the parameter"));
    }

    /// Builds the ARN of a parameter from its name, because CloudFormation does not return the ARN. A generated
    /// name is not hierarchical.
    fn arn(&self, resource: &Resource) -> Node {
        let name = match &self.name {
            Some(name) => escape_sub(name.as_str()),
            None => format!("${{{}}}", resource.id),
        };
        Node::sub(arn_in_account(ResourceKind::Parameter, &name))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::stack_from_source;

    #[test]
    fn a_parameter_has_its_value_and_an_arn_with_its_name() {
        let stack = stack_from_source(
            "#[resource(parameter(value = \"50\"))]\npub struct Limit;\n#[resource(parameter(value = \"1\", name = \"/app/rate\"))]\npub struct Rate;\n#[function]\nasync fn take(limit: Reader<Limit>, rate: Reader<Rate>) -> Result<(), Error> { Ok(()) }",
        );
        let limit = stack.resource("Limit");
        assert_eq!(limit.kind(), "AWS::SSM::Parameter");
        assert_eq!(*limit.properties(), json!({ "Type": "String", "Value": "50" }));
        assert_eq!(stack.resource("Rate").property("Name"), "/app/rate");
        let policies = stack.resource("TakeRole").property("Policies").to_string();
        assert!(policies.contains(":parameter/${Limit}"), "{policies}");
        assert!(policies.contains(":parameter/app/rate"), "{policies}");
        let outputs: Vec<&str> = stack.outputs().map(|(name, _)| name.as_str()).collect();
        assert_eq!(outputs, ["LimitName", "RateName"]);
    }
}
