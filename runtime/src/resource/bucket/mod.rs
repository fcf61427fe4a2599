//! `bucket`: an S3 bucket and its typed client. The client talks to S3 through the crate `object_store`, and
//! signs lists and presigned URLs itself.
// See decision 0047.

#[cfg(feature = "bucket")]
mod client;
#[cfg(all(test, feature = "bucket"))]
mod grants;
#[cfg(feature = "bucket")]
mod http;
#[cfg(feature = "bucket")]
mod keys;
#[cfg(feature = "bucket")]
mod list;
#[cfg(feature = "bucket")]
mod list_page;
#[cfg(feature = "bucket")]
mod presigned;
#[cfg(feature = "bucket")]
mod put_options;
#[cfg(feature = "bucket")]
mod sign;
#[cfg(feature = "bucket")]
mod store;
#[cfg(feature = "bucket")]
mod store_error;
#[cfg(all(test, feature = "bucket"))]
pub(super) mod tests;
#[cfg(feature = "bucket")]
mod upload;
#[cfg(feature = "bucket")]
mod xml;

#[cfg(feature = "bucket")]
pub use {
    client::{BucketClient, ObjectMetadata},
    list::Listing,
    list_page::ObjectSummary,
    presigned::{UploadForm, UploadFormOptions, UploadUrl, UploadUrlOptions},
    put_options::PutOptions,
    upload::Upload,
};

#[cfg(feature = "bucket")]
use super::access::{
    ReadAccess, ReadWriteAccess, SignDownloadAccess, SignUploadAccess, WriteAccess,
};
use crate::resource::define_kind::define_kind;
use crate::resource::kinds::{Resource, kind};

/// A bucket that the application declares with `#[resource(bucket)]`. Mirrors `AWS::S3::Bucket`.
///
/// The capabilities of a bucket are [`Reader`](crate::Reader), [`Writer`](crate::Writer) and
/// [`ReadWriter`](crate::ReadWriter), and [`DownloadSigner`](crate::DownloadSigner) and
/// [`UploadSigner`](crate::UploadSigner) for presigned URLs. `#[resource]` implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a bucket",
    label = "a bucket is expected here",
    note = "help: put `#[resource(bucket)]` on `{Self}`"
)]
pub trait Bucket: Resource<Kind = kind::Bucket> {
    /// The prefix of the keys of a view, which its client adds to keys and takes off in lists. Empty for a whole bucket.
    const PREFIX: &'static str = "";
}

define_kind! {
    Bucket, "bucket", feature bucket = "bucket",
    connection store::Store = store::connect, guard store::Store::guard,
    Reader = BucketClient<R, ReadAccess<C>>,
    Writer = BucketClient<R, WriteAccess<C>>,
    ReadWriter = BucketClient<R, ReadWriteAccess<C>>,
    DownloadSigner = BucketClient<R, SignDownloadAccess>,
    UploadSigner = BucketClient<R, SignUploadAccess>,
}
