//! The kind `bucket` of resources: a private, encrypted S3 bucket. This module has the settings and the
//! definition of the kind.

use serde::Serialize;

use super::kind_definition::{FailureDestination, KindDefinition};
use crate::access::Access;
use crate::aws::iam::{ApiCall, CallGroup, GrantScope};
use crate::aws::lambda_settings::Outcome;
use crate::aws::limits;
use crate::aws::name::{BucketName, InvalidName};
use crate::aws::parameter_content::{ArnForm, NameLetters, ParameterContent};

/// The settings of a bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bucket {
    /// The name of the bucket, if the user set one. `None` means that the template computes a name that no
    /// other stack has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<BucketName>,
    /// Whether S3 keeps the old versions of objects.
    pub versioned: bool,
    /// Whether the bucket refuses requests that are not encrypted.
    pub tls_only: bool,
}

impl Default for Bucket {
    fn default() -> Self {
        Self { name: None, versioned: false, tls_only: true }
    }
}

const READ: &[ApiCall] = &[
    ApiCall::with_scope("GetObject", "s3:GetObject", GrantScope::Objects).in_group(CallGroup::Get),
    ApiCall::with_scope("HeadObject", "s3:GetObject", GrantScope::Objects).in_group(CallGroup::Get),
    ApiCall::new("ListObjectsV2", "s3:ListBucket").in_group(CallGroup::List),
];

/// What a presigned URL for a download needs of the permissions of the function that signed it.
const SIGN_DOWNLOAD: &[ApiCall] =
    &[ApiCall::with_scope("GetObject", "s3:GetObject", GrantScope::Objects)];

/// What a presigned URL or form for an upload needs of the permissions of the function that signed it.
const SIGN_UPLOAD: &[ApiCall] =
    &[ApiCall::with_scope("PutObject", "s3:PutObject", GrantScope::Objects)];

const WRITE: &[ApiCall] = &[
    ApiCall::with_scope("PutObject", "s3:PutObject", GrantScope::Objects).in_group(CallGroup::Put),
    ApiCall::with_scope("CreateMultipartUpload", "s3:PutObject", GrantScope::Objects)
        .in_group(CallGroup::Put),
    ApiCall::with_scope("UploadPart", "s3:PutObject", GrantScope::Objects).in_group(CallGroup::Put),
    ApiCall::with_scope("CompleteMultipartUpload", "s3:PutObject", GrantScope::Objects)
        .in_group(CallGroup::Put),
    ApiCall::with_scope("AbortMultipartUpload", "s3:AbortMultipartUpload", GrantScope::Objects)
        .in_group(CallGroup::Put),
    ApiCall::with_scope("DeleteObject", "s3:DeleteObject", GrantScope::Objects)
        .in_group(CallGroup::Delete),
];

/// The form of the ARNs of buckets.
pub const ARN: ArnForm = ArnForm {
    service: Bucket::ARN_SERVICE,
    is_global: true,
    prefix: Bucket::ARN_PREFIX,
    name: NameLetters::Bucket.pattern(),
};

impl KindDefinition for Bucket {
    const WITH_ARTICLE: &'static str = "a bucket";
    const MINIMAL_DECLARATION: &'static str = "bucket";
    const VARIABLE_SUFFIX: &'static str = "BUCKET_NAME";
    const CLOUDFORMATION_TYPES: &'static [&'static str] = &["AWS::S3::Bucket"];
    const PARAMETER: ParameterContent = ParameterContent::name(
        "Name of an S3 bucket",
        NameLetters::Bucket,
        &limits::BUCKET_NAME_LEN,
    );
    const ARN_SERVICE: &'static str = "s3";
    const ARN_PREFIX: &'static str = "";
    const ARN_IS_GLOBAL: bool = true;
    const RETAINED_BY_DEFAULT: bool = true;
    const CAN_BE_FIFO: bool = false;
    const RESULTS: &'static [Outcome] = &[Outcome::Failure];
    const FAILURE_DESTINATION: Option<FailureDestination> = Some(FailureDestination {
        rank: 2,
        actions_on_itself: &["s3:ListBucket"],
        actions_on_objects: &["s3:PutObject"],
    });
    const KEY_PROPERTY: Option<&'static str> = Some("BucketEncryption");
    const CALLS: &'static [(Access, &'static [&'static [ApiCall]])] = &[
        (Access::Read, &[READ]),
        (Access::Write, &[WRITE]),
        (Access::ReadWrite, &[READ, WRITE]),
        (Access::SignDownload, &[SIGN_DOWNLOAD]),
        (Access::SignUpload, &[SIGN_UPLOAD]),
    ];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(BucketName::as_str)
    }

    fn is_fifo(&self) -> bool {
        false
    }

    fn check_name(name: &str) -> Result<(), InvalidName> {
        BucketName::try_from(name).map(drop)
    }
}
