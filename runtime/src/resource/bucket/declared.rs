//! What `#[resource]` declares of a bucket: its trait.

use crate::resource::kinds::{Resource, kind};

/// A bucket: `#[resource(bucket)]`. Mirrors `AWS::S3::Bucket`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a bucket",
    label = "a bucket is expected here",
    note = "help: put `#[resource(bucket)]` on `{Self}`"
)]
pub trait Bucket: Resource<Kind = kind::Bucket> {}
