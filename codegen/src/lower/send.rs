//! The permissions with which a role sends to a queue, a topic, a stream or a bucket, and uses its KMS key. Takes the resource, and
//! returns the statements of the role.

use skylift_model::App;
use skylift_model::aws::arn::Arn;
use skylift_model::aws::kms::key_actions;
use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::{Existing, Resource, ResourceKind};

use super::resource::arn::append_to_arn;
use super::resource::bucket::OBJECTS_SUFFIX;
use super::resource::{self, resource_arn};
use super::service_role::allow;
use super::text::text_nodes;
use super::value;

/// Returns the statements by which a role sends to a resource, and uses the resource's key. Returns none for a kind to which
/// no service sends.
pub(crate) fn send_statements(resource: &Resource, app: &App) -> Vec<Node> {
    let actions = send_actions(resource.kind());
    if actions.is_empty() {
        return Vec::new();
    }
    let arn = resource_arn(resource);
    let on = match resource.kind() {
        ResourceKind::Bucket => append_to_arn(&arn, OBJECTS_SUFFIX),
        _ => arn,
    };
    let mut statements = vec![allow(actions, on)];
    if let Some(key) = &resource.kms_key {
        let mut on_key: Vec<&str> =
            actions.iter().flat_map(|action| key_actions(action)).copied().collect();
        on_key.sort_unstable();
        on_key.dedup();
        let statement = Map::new()
            .with("Effect", "Allow")
            .with("Action", text_nodes(on_key))
            .with("Resource", value::lower_value(key, app))
            .with("Condition", only_by_service(resource));
        statements.push(statement.into());
    }
    statements
}

/// Returns the actions by which a service sends to a resource of this kind. Returns none if no service does.
pub(crate) const fn send_actions(kind: ResourceKind) -> &'static [&'static str] {
    match kind {
        ResourceKind::Bucket => &["s3:PutObject"],
        ResourceKind::Queue => &["sqs:SendMessage"],
        ResourceKind::Stream => &["kinesis:PutRecord", "kinesis:PutRecords"],
        ResourceKind::Topic => &["sns:Publish"],
        _ => &[],
    }
}

/// Returns the condition that the service of a resource uses the key, and not the owner of the role itself.
pub(crate) fn only_by_service(resource: &Resource) -> Map {
    let service = resource.kind().arn_service();
    let (operator, region) = match &resource.existing {
        Some(Existing::Arn(arn)) => match Arn::parse(arn).filter(|arn| !arn.region.is_empty()) {
            Some(arn) => ("StringEquals", arn.region.to_owned()),
            None => ("StringEquals", "${AWS::Region}".to_owned()),
        },
        // The ARN in the parameter or the variable may be of another region.
        Some(Existing::Param(_) | Existing::Env(_)) => ("StringLike", "*".to_owned()),
        _ => ("StringEquals", "${AWS::Region}".to_owned()),
    };
    let host = resource::via_service(service, &region);
    Map::new().with(operator, Map::new().with("kms:ViaService", host))
}
