//! A bucket: private, encrypted, kept when its stack is deleted, and with a name that every part of
//! the template can compute.
//!
//! A reference to the bucket would close a circle (bucket, notification, permission, function, and
//! back), which CloudFormation refuses. The stack's name may be long and have capitals, which S3
//! refuses, so the name is made of the account and the last part of the stack's id.

use skylift_model::limits;
use skylift_model::name::BucketName;
use skylift_model::node::{Map, Node, escape_sub};
use skylift_model::resource::bucket::Bucket;
use skylift_model::resource::{Resource, Settings};
use skylift_model::source::Trigger;
use skylift_model::{App, Function};

use skylift_syntax::note;

use super::Emitted;
use crate::source::s3;

/// `123456789012`: an account has as many digits as the last group of a UUID.
const ACCOUNT_LEN: usize = 12;

/// `-123456789012-0123456789ab`: the account and the last group of a UUID.
const SUFFIX_LEN: usize = 2 * (1 + ACCOUNT_LEN);

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

/// What stands in front of account and stack in the name of a bucket that the user did not name.
pub(crate) fn computed_stem(resource: &Resource) -> Option<String> {
    match &resource.settings {
        Settings::Bucket(Bucket { name: None, .. }) => Some(stem(resource.id.as_str())),
        _ => None,
    }
}

/// Why S3 would refuse a computed name.
pub(crate) fn check_stem(stem: &str) -> Option<String> {
    let digits = "0".repeat(ACCOUNT_LEN);
    BucketName::try_from(format!("{stem}-{digits}-{digits}").as_str())
        .err()
        .map(|it| it.to_string())
}

/// `ThumbnailBucket` as S3 takes it: `thumbnail-bucket`, short enough for what follows. One that is
/// cut ends in a hash of the whole id, so that two long ids give two names.
fn stem(id: &str) -> String {
    let mut stem = String::new();
    for letter in id.chars() {
        if letter.is_ascii_uppercase() && !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
        stem.push(letter.to_ascii_lowercase());
    }
    let room = limits::BUCKET_NAME_LEN.end() - SUFFIX_LEN;
    if stem.len() <= room {
        return stem;
    }
    let hash = format!("-{:08x}", note::hash(id) >> 32);
    stem.truncate(room - hash.len());
    format!("{}{hash}", stem.trim_end_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_lower_case_and_leave_room_for_account_and_stack() {
        assert_eq!(stem("ThumbnailBucket"), "thumbnail-bucket");
        assert_eq!(stem("Uploads"), "uploads");
        assert_eq!(stem("HTTPLogs"), "h-t-t-p-logs");
    }

    #[test]
    fn names_of_long_ids_are_cut_and_stay_apart() {
        let long = "LongName".repeat(20);
        let (one, other) = (stem(&format!("{long}One")), stem(&format!("{long}Other")));
        assert!(one.len() + SUFFIX_LEN <= *limits::BUCKET_NAME_LEN.end(), "{one}");
        assert!(one.starts_with("long-name-long"), "{one}");
        assert_ne!(one, other);
    }

    #[test]
    fn a_computed_name_that_s3_keeps_for_itself_is_found() {
        assert_eq!(check_stem(&stem("Uploads")), None);
        assert!(check_stem(&stem("SthreeFiles")).is_some());
        assert_eq!(check_stem(&stem(&"LongName".repeat(20))), None);
    }
}
