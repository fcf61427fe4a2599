//! Lowers a topic. It is encrypted in transit, and at rest with the AWS managed key for SNS.

use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::Resource;
use skylift_model::resource::topic::Topic;

use super::computed::{self, Computed};
use super::existing::{ArnBy, Client, Holds, Naming};
use super::made::{Lower, Made, output};
use super::tls;
use crate::stack::{Purpose, ResourceInStack};

pub(super) const TYPES: &[&str] = &["AWS::SNS::Topic"];

pub(super) const NAMING: Naming =
    Naming { client: Client::Arn, parameter: Holds::Arn, arn: ArnBy::Reference, suffix: None };

impl Lower for Topic {
    fn lower(&self, made: &Made<'_>, to: &mut ResourceInStack) {
        let id = made.id();
        let mut properties = Map::new();
        match &self.name {
            Some(name) => properties.set("TopicName", name.as_str()),
            None if self.fifo => {
                properties.set("TopicName", computed::sub(Computed::Topic.name(id)));
            }
            None => {}
        }
        if self.fifo {
            properties.set("FifoTopic", true);
        }
        properties.set("KmsMasterKeyId", "alias/aws/sns");
        to.resources.push(made.itself(TYPES[0], properties));
        if self.tls_only {
            let itself = || Node::reference(id);
            let properties = Map::new()
                .with("Topics", vec![itself()])
                .with("PolicyDocument", tls::only("sns:Publish", vec![itself()]));
            let policy = made.resource.id.join("Policy");
            to.resources.push(made.part(
                policy.as_str(),
                "AWS::SNS::TopicPolicy",
                Purpose::Policy,
                properties,
            ));
        }
        to.outputs.push(output(id, "Arn", "ARN of the topic"));
    }

    fn arn(&self, resource: &Resource) -> Node {
        Node::reference(resource.id.as_str())
    }

    fn computed(&self) -> Option<Computed> {
        self.fifo.then_some(Computed::Topic)
    }

    fn fifo(&self) -> Option<(bool, &'static str)> {
        Some((self.fifo, "FifoTopic"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::stack;

    #[test]
    fn a_topic_is_encrypted_and_has_a_name_if_it_needs_one() {
        let stack = stack(
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
