//! Lowers a Kinesis data stream. It is encrypted, and in on-demand mode unless its number of shards is set.

use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::Resource;
use skylift_model::resource::stream::Stream;

use super::existing::{ArnLookup, ClientIdentifier, NamingRules, ParameterContent};
use super::kind::{LowerResource, NewResource, ref_output};
use super::policy::{self, PolicyType};
use crate::lower::number::lower_number;
use crate::stack::ResourceInStack;

/// How a template names a Kinesis data stream.
pub(super) const NAMING_RULES: NamingRules = NamingRules {
    client: ClientIdentifier::NameOrArn,
    parameter: ParameterContent::Name,
    arn: ArnLookup::Attribute,
    suffix: None,
};

/// The policy of a stream.
const POLICY: PolicyType = PolicyType {
    kind: "AWS::Kinesis::ResourcePolicy",
    target: "ResourceArn",
    document: "ResourcePolicy",
};

impl LowerResource for Stream {
    fn lower(&self, new: &NewResource<'_>, lowered: &mut ResourceInStack) {
        let number = |key, value| lower_number(&self.from_parameters, key, value);
        let shards = number(Self::SHARDS, self.shards.map(|shards| shards.get()));
        let billed = if shards.is_some() { "PROVISIONED" } else { "ON_DEMAND" };
        let mut properties = Map::new();
        properties.set_some("Name", self.name.as_ref().map(|name| name.as_str()));
        properties.set("StreamModeDetails", Map::new().with("StreamMode", billed));
        properties.set_some("ShardCount", shards);
        let retention = number(Self::RETENTION, self.retention.map(|it| it.hours()));
        properties.set_some("RetentionPeriodHours", retention);
        let key = new.kms_key().unwrap_or_else(|| Node::from("alias/aws/kinesis"));
        let encryption = Map::new().with("EncryptionType", "KMS").with("KeyId", key);
        properties.set("StreamEncryption", encryption);
        lowered.resources.push(new.main_resource(properties));
        let arn = Node::attribute(new.id(), "Arn");
        let arns = std::slice::from_ref(&arn);
        let document = policy::policy_document(false, &new.policy_statements(), "", arns);
        let policy =
            document.map(|document| policy::policy_resource(new, &POLICY, arn.clone(), document));
        lowered.resources.extend(policy);
        lowered.outputs.push(ref_output(new.id(), "Name", "Name of the stream"));
    }

    fn arn(&self, resource: &Resource) -> Node {
        Node::attribute(&resource.id, "Arn")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::stack_from_source;

    #[test]
    fn a_stream_is_encrypted_and_has_the_mode_of_its_settings() {
        let stack = stack_from_source(
            "#[resource(stream)]\npub struct Clicks;\n#[resource(stream(shards = 3, retention = \"2d\", name = \"taps\"))]\npub struct Taps;\n#[function]\nasync fn take() -> Result<(), Error> { Ok(()) }",
        );
        let encryption = json!({ "EncryptionType": "KMS", "KeyId": "alias/aws/kinesis" });
        let clicks = stack.resource("Clicks");
        assert_eq!(clicks.kind(), "AWS::Kinesis::Stream");
        assert_eq!(
            *clicks.properties(),
            json!({
                "StreamModeDetails": { "StreamMode": "ON_DEMAND" },
                "StreamEncryption": encryption,
            })
        );
        assert_eq!(
            *stack.resource("Taps").properties(),
            json!({
                "Name": "taps",
                "StreamModeDetails": { "StreamMode": "PROVISIONED" },
                "ShardCount": 3,
                "RetentionPeriodHours": 48,
                "StreamEncryption": encryption,
            })
        );
        let outputs: Vec<&str> = stack.outputs().map(|(name, _)| name.as_str()).collect();
        assert_eq!(outputs, ["ClicksName", "TapsName"]);
    }
}
