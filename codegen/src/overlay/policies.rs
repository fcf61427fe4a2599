//! Finds the policy documents in the properties of an overlay's resource, and has the model check them. The key of a
//! document says whose policy it is, together with the type of the resource.

use skylift_model::aws::policy::{self, PolicyOwner};
use skylift_model::aws::shape::ShapeProblem;
use skylift_model::aws::written::{Content, Written, WrittenEntry};

use super::tree::{Position, YamlNode};

/// The ends of the keys whose values are policy documents if they have statements.
const KEY_ENDS: [&str; 4] = ["Policy", "Policies", "PolicyDocument", "PolicyText"];

/// The keys whose values are always policy documents.
const DOCUMENTS: [&str; 2] = ["PolicyDocument", TRUST];

/// The key of the policy that says who may assume a role.
const TRUST: &str = "AssumeRolePolicyDocument";

/// The types whose policies say what somebody may do.
const IDENTITIES: [&str; 8] = [
    "AWS::IAM::Group",
    "AWS::IAM::GroupPolicy",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::User",
    "AWS::IAM::UserPolicy",
];

/// The types whose policies say who may use a resource.
const RESOURCES: [&str; 8] = [
    BUS_POLICY,
    "AWS::ECR::Repository",
    "AWS::KMS::Key",
    "AWS::Kinesis::ResourcePolicy",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::SecretsManager::ResourcePolicy",
];

/// The type of a policy of a bus. It has one statement, in no document.
const BUS_POLICY: &str = "AWS::Events::EventBusPolicy";

/// The prefixes of types with policies that are not in the language of IAM.
const OTHER_LANGUAGES: [&str; 3] = ["AWS::FMS::", "AWS::VerifiedPermissions::", "AWS::WAF"];

/// Checks the policy documents in the properties of a resource. Calls `report` with each mistake and its place.
pub(super) fn check_policies(
    kind: &str,
    properties: &YamlNode,
    report: &mut dyn FnMut(&Position, ShapeProblem),
) {
    let is_other = OTHER_LANGUAGES.iter().any(|prefix| kind.starts_with(prefix));
    if kind.starts_with("AWS::") && !is_other {
        check_value(kind, "Properties", properties, report);
    }
}

/// Checks the value of a key, and the values in it.
fn check_value(
    kind: &str,
    key: &str,
    value: &YamlNode,
    report: &mut dyn FnMut(&Position, ShapeProblem),
) {
    match value.content() {
        Content::List(items) => {
            for item in items {
                check_value(kind, key, item, report);
            }
        }
        Content::Function("If", branches) => check_value(kind, key, branches, report),
        Content::Map(entries) => {
            let has_statements = entries.iter().any(|entry| entry.key == policy::STATEMENT);
            let is_policy = KEY_ENDS.iter().any(|end| key.ends_with(end));
            if DOCUMENTS.contains(&key) || is_policy && has_statements {
                policy::check_document(value, owner_of(kind, key), report);
                // The branches of `Fn::If` are documents too.
                for branches in entries.iter().filter(|entry| entry.key == "Fn::If") {
                    check_value(kind, key, branches.value, report);
                }
                return;
            }
            for WrittenEntry { key: inner, value, .. } in entries {
                if kind == BUS_POLICY && inner == policy::STATEMENT {
                    policy::check_statements(value, PolicyOwner::Resource, report);
                }
                check_value(kind, if inner == "Fn::If" { key } else { inner }, value, report);
            }
        }
        _ => {}
    }
}

/// Returns what the policy under a key of a resource belongs to.
fn owner_of(kind: &str, key: &str) -> PolicyOwner {
    if key == TRUST {
        PolicyOwner::Trust
    } else if IDENTITIES.contains(&kind) || key == "Policies" {
        PolicyOwner::Identity
    } else if RESOURCES.contains(&kind) {
        PolicyOwner::Resource
    } else {
        PolicyOwner::Unknown
    }
}
