//! `bucket`: a private, encrypted S3 bucket.

use serde::Serialize;

use crate::name::BucketName;

/// What was set on a bucket.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Bucket {
    /// Its name, where the user fixed one; else the template computes one that no stack shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<BucketName>,
    /// Whether S3 keeps the versions of its objects.
    pub versioned: bool,
}
