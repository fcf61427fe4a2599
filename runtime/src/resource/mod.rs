//! What `#[resource]` types implement, a room for each kind: its trait, and with the feature of the
//! kind the typed client that a capability leads to. The macro writes the implementations; handlers
//! and attributes name the types.
//!
//! | resource | feature | capabilities | client | by AWS's |
//! | --- | --- | --- | --- | --- |
//! | [`Bucket`] | `bucket` | `Reader`, `Writer`, `ReadWriter` | `BucketClient` | S3 |
//! | [`Table`] | `table` | `Reader`, `Writer`, `ReadWriter` | `TableClient` | `DynamoDB` |
//! | [`Queue`] | `queue` | `Sender` | `QueueClient` | SQS |
//! | [`Topic`] | `topic` | `Publisher` | `TopicClient` | SNS |
//! | [`Stream`] | `stream` | `Putter` | `StreamClient` | Kinesis |
//! | [`Bus`] | `bus` | `Publisher` | `BusClient` | `EventBridge` |
//! | [`Secret`] | `secret` | `Reader` | `SecretClient` | Secrets Manager |
//! | [`Parameter`] | `parameter` | `Reader` | `ParameterClient` | Systems Manager |
//! | [`Function`] | `invoke` | `Invoker` | `FunctionClient` | Lambda |
//!
//! Region, credentials and endpoints come from the environment, as Lambda sets it: `AWS_REGION`,
//! `AWS_ACCESS_KEY_ID` and so on; `AWS_ENDPOINT_URL` or `AWS_ENDPOINT_URL_<SERVICE>` where it is not
//! AWS itself. On a developer's machine
//! `eval "$(aws configure export-credentials --format env)"` sets them in a shell.

/// The kinds, a line each: its room, which is its name in attributes, its trait, the feature of its clients,
/// and, where what it carries may have a type, the proof that an event takes that.
macro_rules! kinds {
    ($with:ident) => {
        $with! {
            bucket: Bucket, bucket = "bucket";
            table: Table, table = "table", accepts_from_table;
            queue: Queue, queue = "queue", accepts_from_queue;
            topic: Topic, topic = "topic";
            stream: Stream, stream = "stream", accepts_from_stream;
            bus: Bus, bus = "bus";
            secret: Secret, secret = "secret";
            parameter: Parameter, parameter = "parameter";
            function: Function, invoke = "invoke";
        }
    };
}

pub(crate) mod access;
pub(crate) mod bucket;
pub(crate) mod bus;
#[cfg(feature = "_cached_value")]
pub(crate) mod cached_value;
pub(crate) mod capability;
mod declare;
#[cfg(feature = "_client")]
mod define_client;
pub mod feature;
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
pub(crate) mod stream;
pub(crate) mod table;
pub(crate) mod topic;
pub(crate) mod trigger_event;

#[cfg(feature = "_batch")]
pub use crate::aws::batch_error::{BatchError, BatchFailure};
pub use access::{Access, CanRead, CanWrite, ReadAccess, ReadWriteAccess, WriteAccess};
#[cfg(feature = "_cached_value")]
pub use cached_value::CachedValue;
pub use kinds::{NotOffered, Resource, ResourceKind, kind};
pub use markers::{
    DeliveryOrder, Fifo, MessageOf, Messages, SecretContents, SecretJson, SecretText, Standard,
    Typed, Untyped,
};
pub use trigger_event::Accepts;

macro_rules! exported {
    ($($room:ident: $Trait:ident, $feature:ident = $on:literal $(, $accepts:ident)?;)*) => {
        $(pub use $room::*;)*

        /// What the macros ask of each kind.
        pub(crate) mod proofs {
            $($(pub use super::$room::declared::$accepts;)?)*

            $(
                #[doc = concat!("Compiles where `R` is a ", stringify!($room), " of the application.")]
                pub const fn $room<R: super::$Trait>() {}
            )*
        }
    };
}

kinds!(exported);
