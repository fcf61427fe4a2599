//! What `#[resource]` types implement, a file for each kind: its trait, and with the feature of the
//! kind the typed client that a capability leads to. The macro writes the implementations; handlers
//! and attributes name the types.
//!
//! | resource | feature | capabilities | client | by AWS's |
//! | --- | --- | --- | --- | --- |
//! | [`Bucket`] | `bucket` | `Reader`, `Writer`, `ReadWriter` | `Objects` | S3 |
//! | [`Table`] | `table` | `Reader`, `Writer`, `ReadWriter` | `Items` | `DynamoDB` |
//! | [`Queue`] | `queue` | `Sender` | `QueueSender` | SQS |
//! | [`Topic`] | `topic` | `Publisher` | `TopicPublisher` | SNS |
//! | [`Stream`] | `stream` | `Putter` | `StreamPutter` | Kinesis |
//! | [`Bus`] | `bus` | `Publisher` | `BusPublisher` | `EventBridge` |
//! | [`Secret`] | `secret` | `Reader` | `SecretReader` | Secrets Manager |
//! | [`Parameter`] | `parameter` | `Reader` | `ParameterReader` | Systems Manager |
//! | [`Function`] | `invoke` | `Invoker` | `FunctionInvoker` | Lambda |
//!
//! Region, credentials and endpoints come from the environment, as Lambda sets it: `AWS_REGION`,
//! `AWS_ACCESS_KEY_ID` and so on; `AWS_ENDPOINT_URL` or `AWS_ENDPOINT_URL_<SERVICE>` where it is not
//! AWS itself. On a developer's machine
//! `eval "$(aws configure export-credentials --format env)"` sets them in a shell.

mod bucket;
mod bus;
pub mod feature;
#[cfg(feature = "_fetched")]
mod fetched;
mod function;
#[cfg(all(
    test,
    feature = "bucket",
    feature = "table",
    feature = "queue",
    feature = "topic",
    feature = "stream",
    feature = "bus",
    feature = "secret",
    feature = "parameter",
    feature = "invoke",
    feature = "resume"
))]
mod grants;
pub mod key;
mod kinds;
mod message;
#[cfg(feature = "_batch")]
mod not_sent;
mod parameter;
mod queue;
mod secret;
mod stream;
mod table;
mod takes;
mod topic;
pub mod view;

pub use bucket::Bucket;
#[cfg(feature = "bucket")]
pub use bucket::{Head, Listing, Meta, Object, Objects, Upload};
pub use bus::Bus;
#[cfg(feature = "bus")]
pub use bus::BusPublisher;
#[cfg(feature = "_fetched")]
pub use fetched::Fetched;
pub use function::Function;
#[cfg(feature = "invoke")]
pub use function::FunctionInvoker;
pub use kinds::{Access, Kind, NotOffered, Read, ReadWrite, Reads, Write, Writes, kind};
pub(crate) use kinds::{Client, FeatureOf};
pub use message::{
    Contents, Fifo, Json, MessageOf, Messages, Order, Standard, Text, Typed, Untyped,
};
#[cfg(feature = "_batch")]
pub use not_sent::{Failure, NotSent};
pub use parameter::Parameter;
#[cfg(feature = "parameter")]
pub use parameter::ParameterReader;
pub use queue::Queue;
#[cfg(feature = "queue")]
pub use queue::QueueSender;
pub use secret::Secret;
#[cfg(feature = "secret")]
pub use secret::SecretReader;
pub use stream::Stream;
#[cfg(feature = "stream")]
pub use stream::StreamPutter;
#[cfg(feature = "table")]
pub use table::{All, ByIndex, ByKey, Cursor, Items, OnIndex, Page, Pages, Query, Update};
pub use table::{Attribute, Index, KeyType, Table};
pub use takes::{Takes, TakesChanges, TakesMessages, TakesRecords};
pub use topic::Topic;
#[cfg(feature = "topic")]
pub use topic::{Envelope, TopicPublisher};

use crate::Error;

/// A resource that the application declares, made by `#[resource]`, or a function that another one
/// invokes.
///
/// [`name`](Self::name) works wherever a function runs that has a capability of the resource or
/// names it in its attribute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a resource of this application",
    label = "not declared with `#[resource]`",
    note = "help: put `#[resource(bucket)]`, or the kind that it is, on `{Self}`"
)]
pub trait Resource: Sized + Send + Sync + 'static {
    /// The resource's logical id in the template.
    const ID: &'static str;

    /// The environment variable by which a function finds it: `UPLOADS_BUCKET_NAME`.
    const VARIABLE: &'static str;

    /// What it is.
    type Kind: Kind<Self>;

    /// What a function finds it by: the name of a bucket, a table, a stream, a bus, a parameter or a
    /// function, the URL of a queue, the ARN of a topic or a secret.
    ///
    /// # Errors
    ///
    /// `MissingVariable` where the environment variable is not set or empty: the function has
    /// no capability of this resource, or was not deployed with the template of the same build.
    fn name() -> Result<String, Error> {
        crate::capability::name::<Self>()
    }
}
