//! Lowers a bucket. It is private, encrypted at rest and in transit, retained when its stack is deleted, and has a
//! name that every part of the template can compute.

use skylift_model::aws::iam::GrantScope;
use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::bucket::Bucket;
use skylift_model::resource::{Resource, ResourceKind};

use super::arn::append_to_arn;
use super::computed::ComputedNameKind;
use super::existing::{ArnLookup, ClientIdentifier, NamingRules, ParameterContent};
use super::kind::{
    LowerResource, NewResource, Notifications, fixed_or_computed_arn, fixed_or_computed_name,
    ref_output,
};
use super::policy::{self, PolicyType};
use crate::stack::ResourceInStack;

/// How a template names a bucket.
pub(super) const NAMING_RULES: NamingRules = NamingRules {
    client: ClientIdentifier::Name,
    parameter: ParameterContent::Name,
    arn: ArnLookup::Attribute,
    suffix: None,
};

/// The policy of a bucket.
const POLICY: PolicyType =
    PolicyType { kind: "AWS::S3::BucketPolicy", target: "Bucket", document: "PolicyDocument" };

impl LowerResource for Bucket {
    fn lower(&self, new: &NewResource<'_>, lowered: &mut ResourceInStack) {
        let (id, needs) = (new.id(), new.needs);
        let mut properties = bucket_properties(self, new);
        let mut configuration = Map::new();
        if needs.event_bridge {
            let enabled = Map::new().with("EventBridgeEnabled", true);
            configuration.push("EventBridgeConfiguration", enabled);
        }
        let Notifications { functions, queues, topics } = &needs.notifications;
        for (list, entries) in [
            ("LambdaConfigurations", functions),
            ("QueueConfigurations", queues),
            ("TopicConfigurations", topics),
        ] {
            if !entries.is_empty() {
                configuration.push(list, entries.clone());
            }
        }
        if !configuration.is_empty() {
            properties.set("NotificationConfiguration", configuration);
        }
        let mut itself = new.main_resource(properties);
        itself.depends_on.clone_from(&needs.permissions);
        lowered.resources.push(itself);
        let whole = Node::attribute(id, "Arn");
        let objects = append_to_arn(&whole, OBJECTS_SUFFIX);
        let document = policy::policy_document(
            self.tls_only,
            &new.policy_statements(),
            "s3:*",
            &[whole, objects],
        );
        let policy = document
            .map(|document| policy::policy_resource(new, &POLICY, Node::reference(id), document));
        lowered.resources.extend(policy);
        lowered.outputs.push(ref_output(id, "Name", "Name of the bucket"));
    }

    fn identifier(&self, resource: &Resource) -> Node {
        fixed_or_computed_name(fixed_name(self), ComputedNameKind::Bucket, resource.id.as_str())
    }

    fn arn(&self, resource: &Resource) -> Node {
        fixed_or_computed_arn(
            ResourceKind::Bucket,
            fixed_name(self),
            ComputedNameKind::Bucket,
            resource.id.as_str(),
        )
    }

    fn computed_name_kind(&self) -> Option<ComputedNameKind> {
        Some(ComputedNameKind::Bucket)
    }

    fn part_suffixes(&self, on: GrantScope) -> Vec<String> {
        match on {
            GrantScope::Objects => vec![OBJECTS_SUFFIX.to_owned()],
            GrantScope::Itself | GrantScope::Indexes => Vec::new(),
        }
    }
}

/// The suffix that turns the ARN of a bucket into the ARN of all its objects.
pub(crate) const OBJECTS_SUFFIX: &str = "/*";

/// Returns the name that the user set for a bucket, or `None`.
fn fixed_name(bucket: &Bucket) -> Option<&str> {
    bucket.name.as_ref().map(|name| name.as_str())
}

/// Returns the properties of a bucket, without its notifications.
fn bucket_properties(bucket: &Bucket, new: &NewResource<'_>) -> Map {
    let block =
        ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];
    let block = block.iter().fold(Map::new(), |map, key| map.with(*key, true));
    let encryption = match new.kms_key() {
        None => Map::new()
            .with("ServerSideEncryptionByDefault", Map::new().with("SSEAlgorithm", "AES256")),
        Some(key) => {
            let default = Map::new().with("SSEAlgorithm", "aws:kms").with("KMSMasterKeyID", key);
            // S3 then asks KMS for a key of the bucket, and not for one of each object, which costs a request each.
            Map::new().with("ServerSideEncryptionByDefault", default).with("BucketKeyEnabled", true)
        }
    };
    let ownership = Map::new().with("ObjectOwnership", "BucketOwnerEnforced");
    let mut properties = Map::new()
        .with("BucketName", bucket.identifier(new.resource))
        .with("PublicAccessBlockConfiguration", block)
        .with(
            "BucketEncryption",
            Map::new().with("ServerSideEncryptionConfiguration", vec![encryption.into()]),
        )
        .with("OwnershipControls", Map::new().with("Rules", vec![ownership.into()]));
    if bucket.versioned {
        properties.set("VersioningConfiguration", Map::new().with("Status", "Enabled"));
    }
    properties
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    fn stack_with_bucket(arguments: &str) -> Stack {
        stack_from_source(&format!(
            "#[resource(bucket({arguments}))]\npub struct Uploads;\n#[function]\nasync fn take(it: Reader<Uploads>) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    #[test]
    fn a_bucket_is_private_and_encrypted_and_its_owner_owns_all_objects() {
        let stack = stack_with_bucket("");
        let bucket = stack.resource("Uploads");
        assert_eq!(bucket.kind(), "AWS::S3::Bucket");
        assert_eq!(bucket.property("BucketName.Fn::Sub.0"), "uploads-${AWS::AccountId}-${Stack}");
        assert_eq!(
            bucket.property("PublicAccessBlockConfiguration"),
            json!({
                "BlockPublicAcls": true,
                "BlockPublicPolicy": true,
                "IgnorePublicAcls": true,
                "RestrictPublicBuckets": true,
            })
        );
        let encryption = bucket.property("BucketEncryption.ServerSideEncryptionConfiguration");
        assert_eq!(
            encryption,
            json!([{ "ServerSideEncryptionByDefault": { "SSEAlgorithm": "AES256" } }])
        );
        let rules = json!([{ "ObjectOwnership": "BucketOwnerEnforced" }]);
        assert_eq!(bucket.property("OwnershipControls.Rules"), rules);
        assert!(bucket.property("VersioningConfiguration").is_null());
        assert!(bucket.property("NotificationConfiguration").is_null());
        assert!(bucket.resource.depends_on.is_empty());
        assert_eq!(stack.resource("UploadsPolicy").property("Bucket"), json!({ "Ref": "Uploads" }));
        assert_eq!(stack.outputs().next().unwrap().0, "UploadsName");
    }

    #[test]
    fn every_setting_of_a_bucket_sets_its_property() {
        let stack = stack_with_bucket("versioned, name = \"acme-uploads\", tls_only = false");
        let bucket = stack.resource("Uploads");
        assert_eq!(bucket.property("VersioningConfiguration.Status"), "Enabled");
        assert_eq!(bucket.property("BucketName"), "acme-uploads");
        assert!(!stack.ids().contains(&"UploadsPolicy"));
        let policies = stack.resource("TakeRole").property("Policies").to_string();
        assert!(policies.contains("arn:${AWS::Partition}:s3:::acme-uploads"), "{policies}");
    }
}
