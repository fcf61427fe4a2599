//! A bucket: private, encrypted, kept when its stack is deleted, and with a name that every part of
//! the template can compute.
//!
//! A reference to the bucket would close a circle (bucket, notification, permission, function, and
//! back), which CloudFormation refuses. The stack's name may be long and have capitals, which S3
//! refuses, so the name is made of the account and the last part of the stack's id.

use skylift_model::limits;
use skylift_model::node::{Map, Node, escape_sub};
use skylift_model::resource::Resource;
use skylift_model::resource::bucket::Bucket;
use skylift_model::source::Trigger;
use skylift_model::{App, Function};

use super::Emitted;
use crate::source::s3;

/// `-123456789012-0123456789ab`: the account and the last group of a UUID.
const SUFFIX_LEN: usize = 1 + 12 + 1 + 12;

pub(super) fn emit(
    resource: &Resource,
    bucket: &Bucket,
    consumers: &[(&Function, &Trigger)],
    app: &App,
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
    let mut node = Map::new()
        .with("Type", "AWS::S3::Bucket")
        .with("DeletionPolicy", "Retain")
        .with("UpdateReplacePolicy", "Retain");
    let (permissions, notifications) = notifications(resource, consumers, app);
    if !notifications.is_empty() {
        node.set("DependsOn", permissions);
        properties.set(
            "NotificationConfiguration",
            Map::new().with("LambdaConfigurations", notifications),
        );
    }
    node.set("Properties", properties);
    let id = &resource.id;
    let output = Map::new()
        .with("Description", format!("Name of the bucket {id}"))
        .with("Value", Node::reference(id.as_str()));
    let arn = arn(resource, bucket);
    Emitted {
        resources: vec![(id.to_string(), node.into())],
        outputs: vec![(id.join("Name").to_string(), output.into())],
        name: name(resource, bucket),
        arns: vec![arn.clone(), objects(arn)],
    }
}

fn notifications(
    resource: &Resource,
    consumers: &[(&Function, &Trigger)],
    app: &App,
) -> (Vec<Node>, Vec<Node>) {
    let (mut permissions, mut notifications) = (Vec::new(), Vec::new());
    for (function, trigger) in consumers {
        let Trigger::S3(trigger) = trigger else { continue };
        let permission = Node::from(s3::permission_id(function, &resource.ident, app));
        if !permissions.contains(&permission) {
            permissions.push(permission);
        }
        notifications.extend(s3::notifications(trigger, function));
    }
    (permissions, notifications)
}

fn name(resource: &Resource, bucket: &Bucket) -> Node {
    match &bucket.name {
        Some(name) => Node::from(name.as_str()),
        None => computed("", resource),
    }
}

/// The bucket's ARN.
pub(crate) fn arn(resource: &Resource, bucket: &Bucket) -> Node {
    match &bucket.name {
        Some(name) => s3::arn_of(name.as_str()),
        None => computed("arn:${AWS::Partition}:s3:::", resource),
    }
}

/// The ARN of everything in the bucket.
fn objects(arn: Node) -> Node {
    let all = |text: &str| Node::Str(format!("{text}/*"));
    match arn {
        Node::Tag(name, inner) => Node::Tag(
            name,
            Box::new(match *inner {
                Node::Str(text) => all(&text),
                Node::Seq(mut parts) => {
                    if let Some(Node::Str(text)) = parts.first_mut() {
                        text.push_str("/*");
                    }
                    Node::Seq(parts)
                }
                other => other,
            }),
        ),
        other => other,
    }
}

fn computed(before: &str, resource: &Resource) -> Node {
    let index = |number: u32, of: Node| {
        Node::Tag("Select", Box::new(Node::Seq(vec![Node::from(number), of])))
    };
    let split =
        |by: &str, text: Node| Node::Tag("Split", Box::new(Node::Seq(vec![Node::from(by), text])));
    let uuid = index(2, split("/", Node::reference("AWS::StackId")));
    let text = format!(
        "{before}{}-${{AWS::AccountId}}-${{Stack}}",
        escape_sub(&stem(resource.id.as_str()))
    );
    let stack = Map::new().with("Stack", index(4, split("-", uuid)));
    Node::Tag("Sub", Box::new(Node::Seq(vec![Node::from(text), stack.into()])))
}

/// `ThumbnailBucket` as S3 takes it: `thumbnail-bucket`, short enough for what follows.
fn stem(id: &str) -> String {
    let mut stem = String::new();
    for letter in id.chars() {
        if letter.is_ascii_uppercase() && !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
        stem.push(letter.to_ascii_lowercase());
    }
    stem.truncate(limits::BUCKET_NAME_LEN.end() - SUFFIX_LEN);
    stem.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_lower_case_and_leave_room_for_account_and_stack() {
        assert_eq!(stem("ThumbnailBucket"), "thumbnail-bucket");
        assert_eq!(stem("Uploads"), "uploads");
        assert_eq!(stem("HTTPLogs"), "h-t-t-p-logs");
        assert!(stem(&"LongName".repeat(20)).len() + SUFFIX_LEN <= 63);
    }
}
