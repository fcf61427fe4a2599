//! Event sources: the event types that each source delivers, and the code that delivers a payload to a handler.
//! Each source is a module here, which has everything that the runtime knows of the source, and a line in the
//! list of sources. These modules use `batch`, `shard` and `partition`, which have what several sources share, and do not
//! use each other.

/// Passes the list of sources to another macro, one line for each source: the module, the marker type and, if
/// handlers of the source take events, the trait of these events and the compiler's note about them.
macro_rules! sources {
    ($with:ident) => {
        $with! {
            s3: S3, DeliveredByS3, "`s3` delivers `S3Event`, the whole event, and `S3EventRecord`, one record at a time";
            sqs: Sqs, DeliveredBySqs, "`sqs` delivers `SqsEvent`, the whole batch, and `SqsMessage` or `Message<T>`, one message at a time";
            sns: Sns, DeliveredBySns, "`sns` delivers `SnsEvent`, the whole event, and `SnsRecord` or `Notification<T>`, one message at a time";
            kinesis: Kinesis, DeliveredByKinesis, "`kinesis` delivers `KinesisEvent`, the whole batch, `KinesisEventRecord` or `Data<T>`, one record at a time, and `Window<S, …>`";
            dynamodb: DynamoDb, DeliveredByDynamoDb, "`dynamodb` delivers `DynamoDbEvent`, the whole batch, `DynamoDbEventRecord` or `Change<T>`, one change at a time, and `Window<S, …>`";
            schedule: Schedule, DeliveredBySchedule, "`schedule` delivers `ScheduledEvent`, or nothing to a handler without an event";
            event: EventRule, DeliveredByEvent, "`event` delivers `EventBridgeEvent<T>`, and `EventEnvelope`, the event as it was sent";
            cognito: Cognito, DeliveredByCognito, "`cognito` delivers the event type of each trigger of a user pool, such as `CognitoEventUserPoolsPreSignup`";
            logs: Logs, DeliveredByLogs, "`logs` delivers `LogsEvent`, the whole event, and `LogEntry` or `LogRecord<T>`, one entry at a time";
            alexa: Alexa, DeliveredByAlexa, "`alexa` delivers `AlexaRequest`, the request of a skill";
            custom_resource: CustomResource, DeliveredByCustomResource, "`custom_resource` delivers `CustomResource<T>`, a request of CloudFormation";
            deployment_hook: DeploymentHook, DeliveredByDeploymentHook, "`deployment_hook` delivers `DeploymentHook`, the call of a hook by CodeDeploy";
            iot: Iot;
            msk: Msk, DeliveredByMsk, "`msk` delivers `KafkaEvent`, the whole batch, and `KafkaEventRecord` or `KafkaRecord<T>`, one record at a time";
            kafka: Kafka, DeliveredByKafka, "`kafka` delivers `KafkaEvent`, the whole batch, and `KafkaEventRecord` or `KafkaRecord<T>`, one record at a time";
            mq: Mq, DeliveredByMq, "`mq` delivers `MqEvent`, the whole batch, and `MqEventMessage` or `MqMessage<T>`, one message at a time";
            documentdb: DocumentDb, DeliveredByDocumentDb, "`documentdb` delivers `DocumentDbEvent`, the whole batch, and `DocumentDbEventRecord` or `DocumentDbChange<T>`, one change at a time";
            http: Http;
            url: Url;
        }
    };
}

pub(crate) mod alexa;
#[cfg(feature = "_records")]
pub(crate) mod batch;
pub(crate) mod cognito;
pub(crate) mod custom_resource;
pub(crate) mod deployment_hook;
pub(crate) mod documentdb;
pub(crate) mod dynamodb;
#[cfg(any(feature = "event", feature = "sns", feature = "sqs"))]
pub(crate) mod envelope;
pub(crate) mod event;
pub(crate) mod event_enum;
pub(crate) mod event_type;
pub(crate) mod http;
pub(crate) mod iot;
pub(crate) mod kafka;
pub(crate) mod kinesis;
pub(crate) mod logs;
pub(crate) mod mq;
pub(crate) mod msk;
#[cfg(feature = "_kafka")]
pub(crate) mod partition;
pub(crate) mod probe;
pub(crate) mod s3;
pub(crate) mod schedule;
pub(crate) mod shape;
#[cfg(feature = "_shards")]
pub(crate) mod shard;
pub(crate) mod sns;
pub(crate) mod sqs;
pub(crate) mod url;

pub use event_enum::EventEnum;
pub use event_type::{Event, TriggeredBy};

macro_rules! export_sources {
    ($($room:ident: $Marker:ident $(, $DeliveredBy:ident, $note:tt)?;)*) => {
        $(pub use $room::$Marker;)*

        /// The items of each source that the expansions of the macros use: the function that makes a deliverer,
        /// and the entry for the registry.
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
