//! Event sources: which event types each source delivers, and how its payloads reach a handler. A source is a
//! module here, with everything that the runtime knows of it, and a line in the list of sources. The modules
//! use what sources share (`batch`, `shard`), and do not use each other.

/// The sources, one line each: the module, the marker type and, if its handlers take events, the trait of
/// these events and the compiler's note about them.
macro_rules! sources {
    ($with:ident) => {
        $with! {
            s3: S3, DeliveredByS3, "`s3` delivers `S3Event`, the whole event, and `S3EventRecord`, one record at a time";
            sqs: Sqs, DeliveredBySqs, "`sqs` delivers `SqsEvent`, the whole batch, and `SqsMessage` or `Message<T>`, one message at a time";
            kinesis: Kinesis, DeliveredByKinesis, "`kinesis` delivers `KinesisEvent`, the whole batch, `KinesisEventRecord` or `Data<T>`, one record at a time, and `Window<S, …>`";
            dynamodb: DynamoDb, DeliveredByDynamoDb, "`dynamodb` delivers `DynamoDbEvent`, the whole batch, `DynamoDbEventRecord` or `Change<T>`, one change at a time, and `Window<S, …>`";
            schedule: Schedule, DeliveredBySchedule, "`schedule` delivers `ScheduledEvent`, or nothing to a handler without an event";
            http: Http;
        }
    };
}

#[cfg(feature = "_records")]
pub(crate) mod batch;
pub(crate) mod dynamodb;
pub(crate) mod event;
pub(crate) mod event_enum;
pub(crate) mod http;
pub(crate) mod kinesis;
pub(crate) mod probe;
pub(crate) mod s3;
pub(crate) mod schedule;
pub(crate) mod shape;
#[cfg(feature = "_shards")]
pub(crate) mod shard;
pub(crate) mod sqs;

pub use event::{Event, TriggeredBy};
pub use event_enum::EventEnum;

macro_rules! export_sources {
    ($($room:ident: $Marker:ident $(, $DeliveredBy:ident, $note:tt)?;)*) => {
        $(pub use $room::$Marker;)*

        /// What the macros use of each source: the function that delivers an event, and the entry for the
        /// registry.
        pub(crate) mod registrations {
            $($(pub use super::$room::{$DeliveredBy, $room};)?)*

            /// The registry entries of the sources.
            pub mod source {
                $(pub use super::super::$room::SOURCE as $room;)*
            }
        }
    };
}

sources!(export_sources);
