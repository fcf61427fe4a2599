//! What `#[resource]` types implement: the kind of resource and its logical id. The macro writes the
//! implementations; handlers and attributes name the types.

/// A resource that the application declares, made by `#[resource]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a resource of this application",
    label = "not declared with `#[resource]`",
    note = "help: put `#[resource(bucket)]` or `#[resource(queue)]` on `{Self}`"
)]
pub trait Resource {
    /// The resource's logical id in the template.
    const ID: &'static str;
}

/// A bucket: `#[resource(bucket)]`. Mirrors `AWS::S3::Bucket`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a bucket",
    label = "a bucket is expected here",
    note = "help: put `#[resource(bucket)]` on `{Self}`"
)]
pub trait Bucket: Resource {}

/// A queue: `#[resource(queue)]`. Mirrors `AWS::SQS::Queue`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a queue",
    label = "a queue is expected here",
    note = "help: put `#[resource(queue)]` on `{Self}`"
)]
pub trait Queue: Resource {}
