//! What a template lets others do. Takes a difference, gives whether it is of a permission, a policy, a
//! role, or of who may call an API from where: of that no list accepts any.

use super::difference::Difference;

/// Types that are nothing but permission.
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

/// Keys that open or close something, in whatever type.
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

/// Whether a type is nothing but permission.
pub(super) fn is_permission(kind: &str) -> bool {
    TYPES.contains(&kind)
}

/// Whether somebody may do more or less by that difference.
pub(super) fn changes(difference: &Difference) -> bool {
    // Not the attributes that CloudFormation itself reads, as `Metadata`.
    let properties = difference.path.first().is_none_or(|first| first == "Properties");
    properties
        && (is_permission(&difference.kind)
            || difference.path.iter().any(|key| KEYS.contains(&key.as_str())))
}
