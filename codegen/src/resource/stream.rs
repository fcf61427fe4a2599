//! A Kinesis data stream: encrypted, and billed by the record unless its shards are counted.

use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::Resource;
use skylift_model::resource::stream::Stream;
use skylift_model::source::Trigger;
use skylift_model::{App, Function};

use super::Emitted;

pub(super) fn emit(
    resource: &Resource,
    stream: &Stream,
    _consumers: &[(&Function, &Trigger)],
    _app: &App,
) -> Emitted {
    let mode = if stream.shards.is_some() { "PROVISIONED" } else { "ON_DEMAND" };
    let mut properties = Map::new();
    properties.set_some("Name", stream.name.as_ref().map(|name| name.as_str()));
    properties.set("StreamModeDetails", Map::new().with("StreamMode", mode));
    properties.set_some("ShardCount", stream.shards.map(|shards| shards.get()));
    properties.set_some("RetentionPeriodHours", stream.retention.map(|it| it.hours()));
    let encryption = Map::new().with("EncryptionType", "KMS").with("KeyId", "alias/aws/kinesis");
    properties.set("StreamEncryption", encryption);
    Emitted {
        resources: vec![super::itself(resource, "AWS::Kinesis::Stream", properties)],
        outputs: vec![super::output(resource.id.as_str(), "Name", "Name of the stream")],
    }
}

pub(super) fn name(resource: &Resource, _stream: &Stream) -> Node {
    Node::reference(resource.id.as_str())
}

pub(super) fn arn(resource: &Resource, _stream: &Stream) -> Node {
    Node::attribute(&resource.id, "Arn")
}
