//! `bucket`: an S3 bucket, its trait, and its typed client in the rooms beside: what S3 is asked by,
//! the keys, objects, uploads in parts.

#[cfg(feature = "bucket")]
mod failure;
#[cfg(feature = "bucket")]
mod http;
#[cfg(feature = "bucket")]
mod keys;
#[cfg(feature = "bucket")]
mod list;
#[cfg(feature = "bucket")]
mod objects;
#[cfg(feature = "bucket")]
mod store;
#[cfg(all(test, feature = "bucket"))]
pub(super) mod tests;
#[cfg(feature = "bucket")]
mod upload;

#[cfg(feature = "bucket")]
pub use {
    list::{Listing, Object},
    objects::{Head, Meta, Objects},
    upload::Upload,
};

#[cfg(feature = "bucket")]
use crate::resource::{Read, ReadWrite, Write};
use crate::resource::{Resource, kind, kinds};

/// A bucket: `#[resource(bucket)]`. Mirrors `AWS::S3::Bucket`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a bucket",
    label = "a bucket is expected here",
    note = "help: put `#[resource(bucket)]` on `{Self}`"
)]
pub trait Bucket: Resource<Kind = kind::Bucket> {}

kinds::declare! {
    Bucket, "bucket", feature bucket = "bucket",
    store::Store = store::connect,
    Reader = Objects<R, Read>,
    Writer = Objects<R, Write>,
    ReadWriter = Objects<R, ReadWrite>,
}
