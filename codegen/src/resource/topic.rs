//! A topic: encrypted at rest with the key that AWS has for SNS in every account, and on the way.

use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::Resource;
use skylift_model::resource::topic::Topic;
use skylift_model::source::Trigger;
use skylift_model::{App, Function};

use super::Emitted;
use super::computed::{self, Computed};
use super::tls::{self, Only};

pub(super) fn emit(
    resource: &Resource,
    topic: &Topic,
    _consumers: &[(&Function, &Trigger)],
    _app: &App,
) -> Emitted {
    let mut properties = Map::new();
    match &topic.name {
        Some(name) => properties.set("TopicName", name.as_str()),
        None if topic.fifo => {
            let name = Computed::Topic.name(resource.id.as_str());
            properties.set("TopicName", computed::sub(name));
        }
        None => {}
    }
    if topic.fifo {
        properties.set("FifoTopic", true);
    }
    properties.set("KmsMasterKeyId", "alias/aws/sns");
    let mut resources = vec![super::itself(resource, "AWS::SNS::Topic", properties)];
    if topic.tls_only {
        let itself = || Node::reference(resource.id.as_str());
        let policy = Only {
            kind: "AWS::SNS::TopicPolicy",
            of: ("Topics", Node::Seq(vec![itself()])),
            action: "sns:Publish",
            arns: vec![itself()],
        };
        resources.push((resource.id.join("Policy").to_string(), tls::only(resource, policy)));
    }
    let outputs = vec![super::output(resource.id.as_str(), "Arn", "ARN of the topic")];
    Emitted { resources, outputs }
}

pub(super) fn name(resource: &Resource, _topic: &Topic) -> Node {
    Node::reference(resource.id.as_str())
}

pub(super) fn arn(resource: &Resource, _topic: &Topic) -> Node {
    Node::reference(resource.id.as_str())
}
