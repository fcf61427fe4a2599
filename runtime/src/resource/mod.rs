//! The resources of an application, and their typed clients.
//!
//! A type with `#[resource(…)]` declares a resource. A handler takes a capability of it as a parameter,
//! such as `Reader<Uploads>`. The capability grants the function the permissions that it needs on this
//! resource, and dereferences to the typed client of the resource's kind.
//!
//! | resource | Cargo feature | capabilities | typed client | AWS service |
//! | --- | --- | --- | --- | --- |
//! | [`Bucket`] | `bucket` | [`Reader`], [`Writer`], [`ReadWriter`], [`DownloadSigner`], [`UploadSigner`] | [`BucketClient`] | S3 |
//! | [`Table`] | `table` | [`Reader`], [`Writer`], [`ReadWriter`] | [`TableClient`] | `DynamoDB` |
//! | [`Queue`] | `queue` | [`Sender`] | [`QueueClient`] | SQS |
//! | [`Topic`] | `topic` | [`Publisher`] | [`TopicClient`] | SNS |
//! | [`Bus`] | `bus` | [`Publisher`] | [`BusClient`] | `EventBridge` |
//! | [`Stream`] | `stream` | [`Putter`] | [`StreamClient`] | Kinesis |
//! | [`Secret`] | `secret` | [`Reader`] | [`SecretClient`] | Secrets Manager |
//! | [`Parameter`] | `parameter` | [`Reader`] | [`ParameterClient`] | Systems Manager |
//! | [`StateMachine`] | `state_machine` | [`Starter`] | [`StateMachineClient`] | Step Functions |
//! | [`Function`] | `invoke` | [`Invoker`] | [`FunctionClient`] | Lambda |
//!
//! [`Reader`]: crate::Reader
//! [`Writer`]: crate::Writer
//! [`ReadWriter`]: crate::ReadWriter
//! [`DownloadSigner`]: crate::DownloadSigner
//! [`UploadSigner`]: crate::UploadSigner
//! [`Sender`]: crate::Sender
//! [`Publisher`]: crate::Publisher
//! [`Putter`]: crate::Putter
//! [`Starter`]: crate::Starter
//! [`Invoker`]: crate::Invoker
//!
//! # Names of the methods
//!
//! All typed clients follow one scheme for the names of their methods:
//!
//! | name | meaning | example |
//! | --- | --- | --- |
//! | the capability's verb | works on one message, record or object | `send`, `publish`, `put`, `start`, `invoke` |
//! | `<verb>_all` | works on many, in as few calls of AWS as possible | `send_all`, `put_all` |
//! | `<verb>_with` | takes options | `put_with`, `publish_with` |
//! | `<verb>_to_group` | sends to a message group of a FIFO queue or topic | `send_to_group` |
//! | `<verb>_all_to_groups` | sends many messages, each to its message group | `publish_all_to_groups` |
//!
//! A method that works on many fails with [`BatchError`] if AWS did not accept all of them. Every client
//! has `client()`, which returns the client of the AWS SDK, and `name()`, which returns the name, URL or
//! ARN of the resource.
//!
//! # Region, credentials and endpoints
//!
//! A client sends its requests to the region in the ARN or URL of its resource: `existing = "arn:aws:sqs:eu-west-1:…"`
//! in a function of `us-east-1` works. A name means the region of the function. The ARN of a bucket has no region, so a
//! bucket has to be in the region of the function.
//!
//! The region, the credentials and the endpoints come from the environment variables that Lambda sets: `AWS_REGION`,
//! `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`. `AWS_ENDPOINT_URL` or
//! `AWS_ENDPOINT_URL_<SERVICE>` replaces AWS's endpoints, for an emulator for example. On a developer's machine,
//! `eval "$(aws configure export-credentials --format env)"` sets the credentials in a shell.

/// Passes the list of the kinds of resources to a macro. Each line has the module of the kind, which is also its name
/// in attributes; its trait; the Cargo feature of its typed client; and, if it can be the source of a trigger with
/// typed messages, records or changes, the assertion that an event accepts them.
macro_rules! for_each_kind {
    ($callback:ident) => {
        $callback! {
            bucket: Bucket, bucket = "bucket";
            table: Table, table = "table", accepts_from_table;
            queue: Queue, queue = "queue", accepts_from_queue;
            topic: Topic, topic = "topic", accepts_from_topic;
            stream: Stream, stream = "stream", accepts_from_stream;
            bus: Bus, bus = "bus", accepts_from_bus;
            secret: Secret, secret = "secret";
            parameter: Parameter, parameter = "parameter";
            state_machine: StateMachine, state_machine = "state_machine";
            function: Function, invoke = "invoke";
        }
    };
}

pub(crate) mod access;
pub(crate) mod bucket;
pub(crate) mod bus;
#[cfg(feature = "_cached_value")]
pub(crate) mod cached_value;
pub mod calls;
pub(crate) mod capability;
#[cfg(feature = "_client")]
mod define_client;
mod define_kind;
pub mod feature;
#[cfg(any(feature = "queue", feature = "topic"))]
mod fifo;
pub(crate) mod function;
#[cfg(all(test, feature = "_http"))]
pub(crate) mod grants;
pub(crate) mod kinds;
pub(crate) mod markers;
pub(crate) mod parameter;
pub(crate) mod queue;
#[cfg(any(feature = "_client", feature = "_cached_value"))]
mod sdk_error;
pub(crate) mod secret;
pub(crate) mod state_machine;
pub(crate) mod stream;
pub(crate) mod subscription;
pub(crate) mod table;
pub(crate) mod topic;
pub(crate) mod trigger_event;

#[cfg(feature = "_batch")]
pub use crate::aws::batch_error::{BatchError, BatchFailure};
pub use access::{
    Access, CanRead, CanSignDownload, CanSignUpload, CanWrite, ReadAccess, ReadWriteAccess,
    SignDownloadAccess, SignUploadAccess, WriteAccess,
};
#[cfg(feature = "_cached_value")]
pub use cached_value::CachedValue;
#[cfg(any(feature = "queue", feature = "topic"))]
pub use fifo::DeduplicationId;
pub use kinds::{ClientsByCapability, NotOffered, Resource, kind};
pub use markers::{
    DeliveryOrder, Fifo, IsMessage, MessageOf, Messages, SecretContents, SecretJson, SecretText,
    Standard, Typed, Untyped,
};
pub use trigger_event::Accepts;

macro_rules! export_kinds {
    ($($kind:ident: $Trait:ident, $feature:ident = $on:literal $(, $accepts:ident)?;)*) => {
        $(pub use $kind::*;)*

        /// The assertions on resources that the macros write.
        pub(crate) mod assertions {
            $($(pub use super::$kind::$accepts;)?)*

            $(
                #[doc = concat!("Asserts that `R` is a ", stringify!($kind), " of the application.")]
                pub const fn $kind<R: super::$Trait>() {}
            )*
        }
    };
}

for_each_kind!(export_kinds);
