//! The reasons why plain CloudFormation does not support an application, which a warning lists. A function returns
//! a whole reason. A constant is the end of a sentence that begins with a property of a function, and
//! [`property_unsupported`] makes a whole reason of it.

use std::fmt::Display;

// Properties of functions.

/// Returns the reason that a property of a function is not supported. `handler` and `origin` are the function's
/// name and place; `reason` is one of the constants of this module.
pub(crate) fn property_unsupported(
    property: &str,
    handler: &str,
    origin: impl Display,
    reason: &str,
) -> String {
    format!("`{property}` of function `{handler}` at {origin} {reason}")
}

pub(crate) const UNKNOWN_PROPERTY: &str = "is not a property that SAM knows";
pub(crate) const HIDDEN_BY_FUNCTION: &str =
    "is hidden behind an intrinsic function, and SAM reads what is written there";
pub(crate) const READ_BEFORE_DEPLOYMENT: &str =
    "is an intrinsic function, and SAM reads its value before the stack is deployed";
pub(crate) const NEEDS_ALIAS: &str =
    "needs an alias, which `provisioned_concurrency` gives to a function";
pub(crate) const MISSING: &str = "is missing";
pub(crate) const AUTH_TYPE: &str = "must be `AWS_IAM` or `NONE`";
pub(crate) const TRUE_OR_FALSE: &str = "must be written as `true` or `false`";
pub(crate) const DEAD_LETTER_TYPE: &str = "must be `SQS` or `SNS`";
pub(crate) const DESTINATION_TYPE: &str =
    "must be `SQS`, `SNS`, `Lambda`, `EventBridge` or `S3Bucket`";
pub(crate) const DESTINATION_LEFT_OUT: &str =
    "is left out by `AWS::NoValue`, and SAM names no destination in that case";
pub(crate) const DESTINATION_MISSING: &str = "is missing: SAM creates no destination of this type";
pub(crate) const CONDITIONAL_ROLE: &str =
    "leaves out the role under a condition, and SAM creates one with its own choice of policies";
pub(crate) const ALIAS_NOT_LITERAL: &str = "must be a literal, because ids contain it";
pub(crate) const DELETION_POLICY: &str = "must be `Delete` or `Retain`";
pub(crate) const ONLY_FOR_IMAGES: &str =
    "is for functions that are container images, and these are zip archives";
pub(crate) const VERSION_DESCRIPTION: &str =
    "must be a text of at most 128 characters, because Skylift adds the key of the code to it";

// Overlays.

/// Returns the reason that an overlay has `Globals`, which apply only to resources that SAM generates; `origin` is
/// their place.
pub(crate) fn globals_unsupported(origin: impl Display) -> String {
    format!("`Globals` at {origin} apply only to resources that SAM generates")
}

/// Returns the reason that an overlay has a condition `name` which a generated queue or topic needs; `origin` is
/// the condition's place.
pub(crate) fn condition_name_taken(name: &str, origin: impl Display) -> String {
    format!(
        "condition `{name}` at {origin} has the name of one that the destination of a function needs"
    )
}

/// Returns the reason that the resource `name` of an overlay has the type `kind`, which only SAM knows; `origin` is
/// the resource's place.
pub(crate) fn sam_type(name: &str, origin: impl Display, kind: &str) -> String {
    format!("`{name}` at {origin} is of SAM's type `{kind}`")
}

/// Returns the reason that the resource `name` of an overlay has the key `key`, which only SAM knows; `origin` is
/// the resource's place.
pub(crate) fn sam_key(name: &str, origin: impl Display, key: &str) -> String {
    format!("`{name}` at {origin} has `{key}`, which only SAM knows")
}

// Limits.

/// Returns the reason that the code parameters lead to `count` parameters of the template, and CloudFormation
/// allows only `limit`.
pub(crate) fn too_many_parameters(count: usize, limit: usize) -> String {
    format!(
        "it would have {count} parameters, including those for the code, and CloudFormation allows {limit}"
    )
}
