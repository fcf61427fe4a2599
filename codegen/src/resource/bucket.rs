//! A bucket: private, encrypted at rest and on the way, kept when its stack is deleted, and with a
//! name that every part of the template can compute.

use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::resource::bucket::Bucket;
use skylift_model::resource::{Kind, Resource};
use skylift_model::source::Trigger;
use skylift_model::{App, Function};

use super::arn::{arn_of, arn_of_part};
use super::computed::{self, Computed};
use super::tls::{self, Only};
use super::{Emitted, kept};
use crate::source::s3;

pub(super) fn emit(
    resource: &Resource,
    bucket: &Bucket,
    consumers: &[(&Function, &Trigger)],
    _app: &App,
) -> Emitted {
    let block =
        ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];
    let block = block.iter().fold(Map::new(), |map, key| map.with(*key, true));
    let encryption =
        Map::new().with("ServerSideEncryptionByDefault", Map::new().with("SSEAlgorithm", "AES256"));
    let ownership = Map::new().with("ObjectOwnership", "BucketOwnerEnforced");
    let mut properties = Map::new()
        .with("BucketName", name(resource, bucket))
        .with("PublicAccessBlockConfiguration", block)
        .with(
            "BucketEncryption",
            Map::new().with("ServerSideEncryptionConfiguration", vec![encryption.into()]),
        )
        .with("OwnershipControls", Map::new().with("Rules", vec![ownership.into()]));
    if bucket.versioned {
        properties.set("VersioningConfiguration", Map::new().with("Status", "Enabled"));
    }
    let mut node = kept(resource, "AWS::S3::Bucket");
    let (permissions, notifications) = notifications(resource, consumers);
    if !notifications.is_empty() {
        node.set("DependsOn", permissions);
        properties.set(
            "NotificationConfiguration",
            Map::new().with("LambdaConfigurations", notifications),
        );
    }
    properties.merge(resource.properties.clone());
    node.set("Properties", properties);
    let id = resource.id.as_str();
    let mut resources = vec![(id.to_owned(), node.into())];
    if bucket.tls_only {
        let itself = Node::attribute(id, "Arn");
        let objects = arn_of_part(&itself, "/*");
        let policy = Only {
            kind: "AWS::S3::BucketPolicy",
            of: ("Bucket", Node::reference(id)),
            action: "s3:*",
            arns: vec![itself, objects],
        };
        resources.push((resource.id.join("Policy").to_string(), tls::only(resource, policy)));
    }
    Emitted { resources, outputs: vec![super::output(id, "Name", "Name of the bucket")] }
}

fn notifications(
    resource: &Resource,
    consumers: &[(&Function, &Trigger)],
) -> (Vec<Node>, Vec<Node>) {
    let (mut permissions, mut notifications) = (Vec::new(), Vec::new());
    for (function, trigger) in consumers {
        let Trigger::S3(trigger) = trigger else { continue };
        let permission = Node::from(s3::permission_id(function, resource));
        if !permissions.contains(&permission) {
            permissions.push(permission);
        }
        notifications.extend(s3::notifications(trigger, function));
    }
    (permissions, notifications)
}

pub(super) fn name(resource: &Resource, bucket: &Bucket) -> Node {
    match &bucket.name {
        Some(name) => Node::from(name.as_str()),
        None => computed::sub(Computed::Bucket.name(resource.id.as_str())),
    }
}

pub(super) fn arn(resource: &Resource, bucket: &Bucket) -> Node {
    match &bucket.name {
        Some(name) => Node::sub(arn_of(Kind::Bucket, &escape_sub(name.as_str()))),
        None => {
            let name = Computed::Bucket.name(resource.id.as_str());
            computed::sub(arn_of(Kind::Bucket, &name))
        }
    }
}
