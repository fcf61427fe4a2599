//! The grants of a template. Takes a difference, and decides whether it is in a permission, a policy, a role, or in the
//! access to an API. The list of accepted differences does not apply to these.

use super::difference::Difference;

/// Resource types that only grant access.
const TYPES: &[&str] = &[
    "AWS::Events::EventBusPolicy",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::IAM::RolePolicy",
    "AWS::Kinesis::ResourcePolicy",
    "AWS::Lambda::LayerVersionPermission",
    "AWS::Lambda::Permission",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::TopicInlinePolicy",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueueInlinePolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::SecretsManager::ResourcePolicy",
];

/// Keys that grant or restrict access, in any resource type.
const KEYS: &[&str] = &[
    "AuthType",
    "AuthorizationType",
    "Cors",
    "CorsConfiguration",
    "PermissionsBoundary",
    "Policy",
    "PolicyDocument",
    "PublicAccessBlockConfiguration",
    "ResourcePolicy",
    "Role",
    "RoleArn",
    "ServerSideEncryption",
    "BucketEncryption",
    "KmsKeyId",
    "KmsMasterKeyId",
    "SSESpecification",
    "SqsManagedSseEnabled",
    "security",
    "securitySchemes",
    "x-amazon-apigateway-auth",
    "x-amazon-apigateway-authorizer",
    "x-amazon-apigateway-cors",
    "x-amazon-apigateway-policy",
];

/// Returns whether a resource type only grants access.
pub(super) fn is_permission_type(kind: &str) -> bool {
    TYPES.contains(&kind)
}

/// Returns whether a difference changes the access that a template grants.
pub(super) fn changes_access(difference: &Difference) -> bool {
    // Attributes for CloudFormation itself, such as `Metadata`, grant nothing.
    let properties = difference.path.first().is_none_or(|first| first == "Properties");
    properties
        && (is_permission_type(&difference.kind)
            || difference.path.iter().any(|key| KEYS.contains(&key.as_str())))
}
