//! Lowers a topic. It is encrypted in transit, and at rest with the AWS managed key for SNS. A service such as CloudWatch
//! cannot use that key: a topic to which it publishes has a key of its own.

use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::Resource;
use skylift_model::resource::topic::Topic;

use super::computed::{self, ComputedNameKind};
use super::existing::{ArnLookup, ClientIdentifier, NamingRules, ParameterContent};
use super::key;
use super::kind::{FifoProperty, LowerResource, NewResource, ref_output};
use super::policy::{self, PolicyType};
use crate::stack::ResourceInStack;

/// How a template names a topic.
pub(super) const NAMING_RULES: NamingRules = NamingRules {
    client: ClientIdentifier::Arn,
    parameter: ParameterContent::Arn,
    arn: ArnLookup::Reference,
    suffix: None,
};

/// The policy of a topic.
const POLICY: PolicyType =
    PolicyType { kind: "AWS::SNS::TopicPolicy", target: "Topics", document: "PolicyDocument" };

impl LowerResource for Topic {
    fn lower(&self, new: &NewResource<'_>, lowered: &mut ResourceInStack) {
        let id = new.id();
        let mut properties = Map::new();
        match &self.name {
            Some(name) => properties.set("TopicName", name.as_str()),
            None if self.fifo => {
                properties
                    .set("TopicName", computed::sub_with_stack(ComputedNameKind::Topic.name(id)));
            }
            None => {}
        }
        if self.fifo {
            properties.set("FifoTopic", true);
        }
        let key = new.kms_key().unwrap_or_else(|| Node::from("alias/aws/sns"));
        properties.set("KmsMasterKeyId", key);
        if !new.needs.key_users.is_empty()
            && new.resource.kms_key.is_none()
            && new.resource.properties.get("KmsMasterKeyId").is_none()
        {
            let key = key::lower_key(new, "sns");
            properties.set("KmsMasterKeyId", Node::attribute(&key.id, "Arn"));
            lowered.resources.push(key);
        }
        lowered.resources.push(new.main_resource(properties));
        let itself = Node::reference(id);
        let document = policy::policy_document(
            self.tls_only,
            &new.policy_statements(),
            "sns:Publish",
            std::slice::from_ref(&itself),
        );
        let topics = Node::Seq(vec![itself]);
        let policy =
            document.map(|document| policy::policy_resource(new, &POLICY, topics, document));
        lowered.resources.extend(policy);
        lowered.outputs.push(ref_output(id, "Arn", "ARN of the topic"));
    }

    fn arn(&self, resource: &Resource) -> Node {
        Node::reference(resource.id.as_str())
    }

    fn computed_name_kind(&self) -> Option<ComputedNameKind> {
        self.fifo.then_some(ComputedNameKind::Topic)
    }

    fn fifo_property(&self) -> Option<FifoProperty> {
        Some(FifoProperty { name: "FifoTopic", is_fifo: self.fifo })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::stack_from_source;

    #[test]
    fn a_topic_is_encrypted_and_has_a_name_if_it_needs_one() {
        let stack = stack_from_source(
            "#[resource(topic)]\npub struct News;\n#[resource(topic(fifo))]\npub struct Orders;\n#[resource(topic(name = \"alerts\"))]\npub struct Alerts;\n#[function]\nasync fn take() -> Result<(), Error> { Ok(()) }",
        );
        let key = "alias/aws/sns";
        let news = stack.resource("News");
        assert_eq!(news.kind(), "AWS::SNS::Topic");
        assert_eq!(*news.properties(), json!({ "KmsMasterKeyId": key }));
        let orders = stack.resource("Orders");
        assert_eq!(orders.property("TopicName.Fn::Sub.0"), "Orders-${Stack}.fifo");
        assert_eq!(orders.property("FifoTopic"), true);
        assert_eq!(stack.resource("Alerts").property("TopicName"), "alerts");
        let policy = stack.resource("NewsPolicy");
        assert_eq!(policy.kind(), "AWS::SNS::TopicPolicy");
        assert_eq!(policy.property("Topics"), json!([{ "Ref": "News" }]));
        let outputs: Vec<&str> = stack.outputs().map(|(name, _)| name.as_str()).collect();
        assert_eq!(outputs, ["NewsArn", "OrdersArn", "AlertsArn"]);
    }
}
