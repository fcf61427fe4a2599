//! A Kinesis data stream: encrypted, and billed by the record unless its shards are counted.

use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::Resource;
use skylift_model::resource::stream::Stream;

use super::existing::{ArnBy, Client, Holds, Naming};
use super::made::{Lower, Made, output};
use crate::stack::OfResource;

pub(super) const TYPES: &[&str] = &["AWS::Kinesis::Stream"];

pub(super) const NAMING: Naming = Naming {
    client: Client::NameOrArn,
    parameter: Holds::Name,
    arn: ArnBy::Attribute,
    suffix: None,
};

impl Lower for Stream {
    fn lower(&self, made: &Made<'_>, to: &mut OfResource) {
        let billed = if self.shards.is_some() { "PROVISIONED" } else { "ON_DEMAND" };
        let mut properties = Map::new();
        properties.set_some("Name", self.name.as_ref().map(|name| name.as_str()));
        properties.set("StreamModeDetails", Map::new().with("StreamMode", billed));
        properties.set_some("ShardCount", self.shards.map(|shards| shards.get()));
        properties.set_some("RetentionPeriodHours", self.retention.map(|it| it.hours()));
        let encryption =
            Map::new().with("EncryptionType", "KMS").with("KeyId", "alias/aws/kinesis");
        properties.set("StreamEncryption", encryption);
        to.resources.push(made.itself(TYPES[0], properties));
        to.outputs.push(output(made.id(), "Name", "Name of the stream"));
    }

    fn arn(&self, resource: &Resource) -> Node {
        Node::attribute(&resource.id, "Arn")
    }
}
