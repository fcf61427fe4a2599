//! Event sources: which event types each one delivers, and how a payload of it reaches a handler. A source
//! is a room here, which has all that the runtime knows of it, and a line in the list of sources. Rooms know
//! what is shared between them (`batch`, `shard`), and not each other.

/// The sources, a line each: its room, its marker, and, where its handlers take events, the trait of these
/// and what it delivers, as the compiler says it.
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

        /// What the macros name of each source: how it delivers an event, and its value for the registry.
        pub(crate) mod registrations {
            $($(pub use super::$room::{$DeliveredBy, $room};)?)*

            /// The sources as registrations of functions have them.
            pub mod source {
                $(pub use super::super::$room::SOURCE as $room;)*
            }
        }
    };
}

sources!(export_sources);
