//! `bucket`: an S3 bucket, its trait, and its typed client in the rooms beside: what S3 is asked by,
//! the keys, objects, uploads in parts.

#[cfg(feature = "bucket")]
mod client;
pub(crate) mod declared;
#[cfg(all(test, feature = "bucket"))]
mod grants;
#[cfg(feature = "bucket")]
mod http;
#[cfg(feature = "bucket")]
mod keys;
#[cfg(feature = "bucket")]
mod list;
#[cfg(feature = "bucket")]
mod put_options;
#[cfg(feature = "bucket")]
mod store;
#[cfg(feature = "bucket")]
mod store_error;
#[cfg(all(test, feature = "bucket"))]
pub(super) mod tests;
#[cfg(feature = "bucket")]
mod upload;

pub use declared::Bucket;
#[cfg(feature = "bucket")]
pub use {
    client::{BucketClient, ObjectMetadata},
    list::{Listing, ObjectSummary},
    put_options::PutOptions,
    upload::Upload,
};

#[cfg(feature = "bucket")]
use super::access::{ReadAccess, ReadWriteAccess, WriteAccess};
use crate::resource::declare::declare;

declare! {
    Bucket, "bucket", feature bucket = "bucket",
    store::Store = store::connect,
    Reader = BucketClient<R, ReadAccess>,
    Writer = BucketClient<R, WriteAccess>,
    ReadWriter = BucketClient<R, ReadWriteAccess>,
}
