//! `bucket`: a private, encrypted S3 bucket.

use serde::Serialize;

use super::declared::{Declared, Destination};
use crate::access::Access;
use crate::aws::iam::{Call, On};
use crate::aws::name::{BucketName, InvalidName};

/// What was set on a bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bucket {
    /// Its name, where the user fixed one; else the template computes one that no stack shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<BucketName>,
    /// Whether S3 keeps the versions of its objects.
    pub versioned: bool,
    /// Whether requests that are not encrypted on the way are refused.
    pub tls_only: bool,
}

impl Default for Bucket {
    fn default() -> Self {
        Self { name: None, versioned: false, tls_only: true }
    }
}

const READ: &[Call] = &[
    Call::on("GetObject", "s3:GetObject", On::Objects),
    Call::on("HeadObject", "s3:GetObject", On::Objects),
    Call::new("ListObjectsV2", "s3:ListBucket"),
];

const WRITE: &[Call] = &[
    Call::on("PutObject", "s3:PutObject", On::Objects),
    Call::on("CreateMultipartUpload", "s3:PutObject", On::Objects),
    Call::on("UploadPart", "s3:PutObject", On::Objects),
    Call::on("CompleteMultipartUpload", "s3:PutObject", On::Objects),
    Call::on("AbortMultipartUpload", "s3:AbortMultipartUpload", On::Objects),
    Call::on("DeleteObject", "s3:DeleteObject", On::Objects),
];

impl Declared for Bucket {
    const WITH_ARTICLE: &'static str = "a bucket";
    const DECLARATION: &'static str = "bucket";
    const VARIABLE: &'static str = "BUCKET_NAME";
    const PARAMETER: &'static str = "Name of an S3 bucket";
    const SERVICE: &'static str = "s3";
    const ARN: &'static str = "";
    const GLOBAL: bool = true;
    const RETAINED: bool = true;
    const FIFO: bool = false;
    const DESTINATION: Option<Destination> =
        Some(Destination { rank: 2, itself: &["s3:ListBucket"], objects: &["s3:PutObject"] });
    const CALLS: &'static [(Access, &'static [&'static [Call]])] =
        &[(Access::Read, &[READ]), (Access::Write, &[WRITE]), (Access::ReadWrite, &[READ, WRITE])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(BucketName::as_str)
    }

    fn is_fifo(&self) -> bool {
        false
    }

    fn is_name(name: &str) -> Result<(), InvalidName> {
        BucketName::try_from(name).map(drop)
    }
}
