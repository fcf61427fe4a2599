//! The events that triggers deliver: the events of the crate `aws_lambda_events`, by feature, and the typed events
//! of Skylift. The first parameter of a handler has one of these types, which decides how the handler is called.
//!
//! | feature | type | how it is delivered |
//! | --- | --- | --- |
//! | `s3` | `S3Event` | the whole event |
//! | `s3` | `S3EventRecord` | one record at a time; the invocation fails if any record fails |
//! | `sqs` | `SqsEvent` | the whole batch; the handler's response is the function's |
//! | `sqs` | `SqsMessage`, `Message<T>` | one message at a time; messages that fail are delivered again |
//! | `sns` | `SnsEvent` | the whole event |
//! | `sns` | `SnsRecord`, `Notification<T>` | one message at a time; SNS sends one message in each event |
//! | `kinesis` | `KinesisEvent` | the whole batch; the handler's response is the function's |
//! | `kinesis` | `KinesisEventRecord`, `Data<T>` | one record after another; Lambda continues from the first that fails |
//! | `kinesis` | `Window<S, Data<T>>` | the state into which the records of a tumbling window were folded, when it has ended |
//! | `dynamodb` | `DynamoDbEvent` | the whole batch; the handler's response is the function's |
//! | `dynamodb` | `DynamoDbEventRecord`, `Change<T>` | one change after another; Lambda continues from the first that fails |
//! | `dynamodb` | `Window<S, Change<T>>` | the state into which the changes of a tumbling window were folded, when it has ended |
//! | `cognito` | `CognitoEventUserPoolsPreSignup` and the other events of user pools | the whole event, which is also the answer; types inside it are in the module [`cognito`] |
//! | `alexa` | `AlexaRequest` | the whole request, which the handler answers with an `AlexaResponse`; types inside it are in the module [`alexa`] |
//! | `custom_resource` | `CustomResource<T>` | the whole request, which the handler answers with a `CustomResourceAnswer`; types inside it are in the module [`custom_resource`] |
//! | `deployment_hook` | `DeploymentHook` | the call of a hook, which the runtime answers with the result of the handler |
//! | `event` | `EventBridgeEvent<T>` | the event, with its detail decoded |
//! | `event` | `EventEnvelope` | the event as it was sent |
//! | `iot` | any type that implements `Deserialize` | what the rule's statement selects from a message |
//! | `logs` | `LogsEvent` | the whole event, unpacked |
//! | `logs` | `LogEntry`, `LogRecord<T>` | one entry at a time; the invocation fails if any entry fails |
//! | `msk`, `kafka` | `KafkaEvent` | the whole batch; the handler's response is the function's |
//! | `msk`, `kafka` | `KafkaEventRecord`, `KafkaRecord<T>` | one record of a partition after another, up to the first that fails |
//! | `mq` | `MqEvent` | the whole batch |
//! | `mq` | `MqEventMessage`, `MqMessage<T>` | one message after another, up to the first that fails |
//! | `documentdb` | `DocumentDbEvent` | the whole batch |
//! | `documentdb` | `DocumentDbEventRecord`, `DocumentDbChange<T>` | one change after another, up to the first that fails |
//! | `schedule` | `ScheduledEvent` | the whole event |
//!
//! # One record at a time
//!
//! The runtime handles the batch: it calls the handler for each record and reports to Lambda which records
//! failed.
//!
//! - **SQS**: as many messages at once as the trigger's `batch_concurrency` says, 10 by default; each fails
//!   alone. In a FIFO queue, the messages of a group are handled one after another, and different groups at
//!   the same time; a group stops at its first failure, and other groups continue.
//! - **Kinesis and DynamoDB streams**: one after another, in the order of the shard, until one fails. Lambda
//!   then sends that record and everything after it again, even what was handled; so the runtime starts no
//!   record after a failure, not even one with another partition key. The trigger's `parallelization_factor`
//!   handles partition keys at the same time.
//! - **Kafka**: the records of a partition one after another, until one fails; as many partitions at once as the
//!   trigger's `batch_concurrency` says, 10 by default. If every trigger of the function has `pollers`, the records that
//!   failed and those after them are reported, and Lambda sends these again. Otherwise Lambda sends the whole batch
//!   again, so the runtime starts no record after a failure, in any partition.
//! - **Amazon MQ and DocumentDB**: one after another, in the order of the batch, until one fails. Lambda then sends the whole
//!   batch again, so the runtime starts no record after a failure.
//! - **S3, SNS and logs**: one after another, all of them. Lambda cannot retry a single record of such an event: if any
//!   record fails, the invocation fails.
//!
//! A record that cannot be decoded, or whose handler panics, fails alone. A message without an id fails its
//! batch, because its failure could not be reported.
//!
//! A call that still runs 500 ms before the function's timeout (its `deadline_margin`) is dropped where it
//! waits. It fails, like the records that were not started: otherwise Lambda would end the invocation without
//! a report. SQS counts such a message as received even if it was not started, so a message that is never
//! started ends in the dead-letter queue (`maxReceiveCount`, which `dead_letters` sets, 5 by default). Choose
//! a `batch_size` that fits into the timeout.
//!
//! An `S3Event` has the same shape whether the bucket or `EventBridge` sent it, and its `url_decoded_key` is
//! always set.

#[cfg(feature = "s3")]
#[cfg_attr(docsrs, doc(cfg(feature = "s3")))]
pub use aws_lambda_events::s3::{S3Event, S3EventRecord};

#[cfg(feature = "sqs")]
#[cfg_attr(docsrs, doc(cfg(feature = "sqs")))]
pub use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};

#[cfg(feature = "sns")]
#[cfg_attr(docsrs, doc(cfg(feature = "sns")))]
pub use aws_lambda_events::sns::{SnsEvent, SnsRecord};

#[cfg(feature = "cognito")]
#[cfg_attr(docsrs, doc(cfg(feature = "cognito")))]
pub use aws_lambda_events::cognito::{
    CognitoEventUserPoolsCreateAuthChallenge, CognitoEventUserPoolsCustomMessage,
    CognitoEventUserPoolsDefineAuthChallenge, CognitoEventUserPoolsMigrateUser,
    CognitoEventUserPoolsPostAuthentication, CognitoEventUserPoolsPostConfirmation,
    CognitoEventUserPoolsPreAuthentication, CognitoEventUserPoolsPreSignup,
    CognitoEventUserPoolsPreTokenGen, CognitoEventUserPoolsPreTokenGenV2,
    CognitoEventUserPoolsVerifyAuthChallenge,
};

#[cfg(feature = "logs")]
#[cfg_attr(docsrs, doc(cfg(feature = "logs")))]
pub use aws_lambda_events::cloudwatch_logs::{LogEntry, LogsEvent};

#[cfg(feature = "kinesis")]
#[cfg_attr(docsrs, doc(cfg(feature = "kinesis")))]
pub use aws_lambda_events::kinesis::{KinesisEvent, KinesisEventRecord};

#[cfg(feature = "kinesis")]
#[cfg_attr(docsrs, doc(cfg(feature = "kinesis")))]
pub use aws_lambda_events::streams::{KinesisBatchItemFailure, KinesisEventResponse};

#[cfg(feature = "dynamodb")]
#[cfg_attr(docsrs, doc(cfg(feature = "dynamodb")))]
pub use aws_lambda_events::dynamodb::{Event as DynamoDbEvent, EventRecord as DynamoDbEventRecord};

#[cfg(feature = "dynamodb")]
#[cfg_attr(docsrs, doc(cfg(feature = "dynamodb")))]
pub use aws_lambda_events::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};

#[cfg(feature = "schedule")]
#[cfg_attr(docsrs, doc(cfg(feature = "schedule")))]
pub use aws_lambda_events::cloudwatch_events::CloudWatchEvent as ScheduledEvent;

#[cfg(feature = "alexa")]
#[cfg_attr(docsrs, doc(cfg(feature = "alexa")))]
pub use crate::source::alexa::{AlexaRequest, AlexaResponse};

/// The types inside an `AlexaRequest`.
#[cfg(feature = "alexa")]
#[cfg_attr(docsrs, doc(cfg(feature = "alexa")))]
pub mod alexa {
    pub use crate::source::alexa::{
        Intent, RequestKind, Session, SessionEnd, SessionError, Slot, User,
    };
}

#[cfg(feature = "cognito")]
#[cfg_attr(docsrs, doc(cfg(feature = "cognito")))]
pub use crate::source::cognito::{
    CognitoEventUserPoolsCustomEmailSender, CognitoEventUserPoolsCustomSmsSender,
    CognitoEventUserPoolsInboundFederation, CognitoEventUserPoolsPreTokenGenV3,
};

/// The events of user pools, and the types inside them.
#[cfg(feature = "cognito")]
#[cfg_attr(docsrs, doc(cfg(feature = "cognito")))]
pub mod cognito {
    pub use aws_lambda_events::cognito::*;

    pub use crate::source::cognito::{
        CognitoEventUserPoolsCustomEmailSender,
        CognitoEventUserPoolsCustomEmailSenderTriggerSource,
        CognitoEventUserPoolsCustomSenderRequest, CognitoEventUserPoolsCustomSmsSender,
        CognitoEventUserPoolsCustomSmsSenderTriggerSource, CognitoEventUserPoolsInboundFederation,
        CognitoEventUserPoolsInboundFederationAttributes,
        CognitoEventUserPoolsInboundFederationRequest,
        CognitoEventUserPoolsInboundFederationResponse,
        CognitoEventUserPoolsInboundFederationTriggerSource, CognitoEventUserPoolsPreTokenGenV3,
        CognitoEventUserPoolsPreTokenGenV3TriggerSource, CognitoEventUserPoolsProviderType,
    };
}

#[cfg(feature = "custom_resource")]
#[cfg_attr(docsrs, doc(cfg(feature = "custom_resource")))]
pub use crate::source::custom_resource::{
    CustomResourceAnswer, CustomResourceRequest as CustomResource,
};

/// The types inside a `CustomResource`.
#[cfg(feature = "custom_resource")]
#[cfg_attr(docsrs, doc(cfg(feature = "custom_resource")))]
pub mod custom_resource {
    pub use crate::source::custom_resource::RequestKind;
}

#[cfg(feature = "deployment_hook")]
#[cfg_attr(docsrs, doc(cfg(feature = "deployment_hook")))]
pub use crate::source::deployment_hook::DeploymentHookEvent as DeploymentHook;

#[cfg(feature = "documentdb")]
#[cfg_attr(docsrs, doc(cfg(feature = "documentdb")))]
pub use crate::source::documentdb::{
    DocumentDbChange, DocumentDbEvent, DocumentDbEventRecord, DocumentDbNamespace,
    DocumentDbOperation, DocumentDbUpdate, TruncatedArray,
};
#[cfg(feature = "dynamodb")]
#[cfg_attr(docsrs, doc(cfg(feature = "dynamodb")))]
pub use crate::source::dynamodb::{Change, Changed, Keys};
#[cfg(feature = "event")]
#[cfg_attr(docsrs, doc(cfg(feature = "event")))]
pub use crate::source::event::{EventBridgeEvent, EventEnvelope};
#[cfg(feature = "kinesis")]
#[cfg_attr(docsrs, doc(cfg(feature = "kinesis")))]
pub use crate::source::kinesis::Data;
#[cfg(feature = "logs")]
#[cfg_attr(docsrs, doc(cfg(feature = "logs")))]
pub use crate::source::logs::LogRecord;
#[cfg(feature = "mq")]
#[cfg_attr(docsrs, doc(cfg(feature = "mq")))]
pub use crate::source::mq::{
    ActiveMqFields, MqBroker, MqEvent, MqEventMessage, MqMessage, MqProperty, RabbitMqFields,
};
#[cfg(feature = "_kafka")]
#[cfg_attr(docsrs, doc(cfg(any(feature = "kafka", feature = "msk"))))]
pub use crate::source::partition::{
    KafkaBatchItemFailure, KafkaEvent, KafkaEventRecord, KafkaEventResponse, KafkaHeader,
    KafkaItemIdentifier, KafkaRecord, KafkaSchema,
};
#[cfg(feature = "_shards")]
#[cfg_attr(docsrs, doc(cfg(any(feature = "dynamodb", feature = "kinesis"))))]
pub use crate::source::shard::{Fold, Window};
#[cfg(feature = "sns")]
#[cfg_attr(docsrs, doc(cfg(feature = "sns")))]
pub use crate::source::sns::Notification;
#[cfg(feature = "sqs")]
#[cfg_attr(docsrs, doc(cfg(feature = "sqs")))]
pub use crate::source::sqs::{BusEnvelope, Message, TopicAttribute, TopicEnvelope};

/// The names of the sources whose features are not on.
mod stand_ins {
    #[allow(unused_imports, reason = "unused if all features are on")]
    use crate::stand_in::stand_ins;

    #[cfg(not(feature = "s3"))]
    stand_ins!(S3Event, S3EventRecord);
    #[cfg(not(feature = "sqs"))]
    stand_ins!(
        BatchItemFailure,
        BusEnvelope,
        Message<T>,
        SqsBatchResponse,
        SqsEvent,
        SqsMessage,
        TopicAttribute,
        TopicEnvelope,
    );
    #[cfg(not(feature = "sns"))]
    stand_ins!(Notification<T>, SnsEvent, SnsRecord);
    #[cfg(not(feature = "cognito"))]
    stand_ins!(
        CognitoEventUserPoolsCreateAuthChallenge,
        CognitoEventUserPoolsCustomEmailSender,
        CognitoEventUserPoolsCustomMessage,
        CognitoEventUserPoolsCustomSmsSender,
        CognitoEventUserPoolsDefineAuthChallenge,
        CognitoEventUserPoolsInboundFederation,
        CognitoEventUserPoolsMigrateUser,
        CognitoEventUserPoolsPostAuthentication,
        CognitoEventUserPoolsPostConfirmation,
        CognitoEventUserPoolsPreAuthentication,
        CognitoEventUserPoolsPreSignup,
        CognitoEventUserPoolsPreTokenGen,
        CognitoEventUserPoolsPreTokenGenV2,
        CognitoEventUserPoolsPreTokenGenV3,
        CognitoEventUserPoolsVerifyAuthChallenge,
    );
    #[cfg(not(feature = "kinesis"))]
    stand_ins!(
        Data<T>,
        KinesisBatchItemFailure,
        KinesisEvent,
        KinesisEventRecord,
        KinesisEventResponse
    );
    #[cfg(not(feature = "dynamodb"))]
    stand_ins!(
        Change<T, O = T>, Changed<T, O = T>, DynamoDbBatchItemFailure, DynamoDbEvent, DynamoDbEventRecord,
        DynamoDbEventResponse, Keys<T>,
    );
    #[cfg(not(feature = "logs"))]
    stand_ins!(LogEntry, LogRecord<T>, LogsEvent);
    #[cfg(not(feature = "alexa"))]
    stand_ins!(AlexaRequest, AlexaResponse);
    #[cfg(not(feature = "_kafka"))]
    stand_ins!(
        KafkaBatchItemFailure,
        KafkaEvent,
        KafkaEventRecord,
        KafkaEventResponse,
        KafkaHeader,
        KafkaItemIdentifier,
        KafkaRecord<T>,
        KafkaSchema,
    );
    #[cfg(not(feature = "mq"))]
    stand_ins!(
        ActiveMqFields,
        MqBroker,
        MqEvent,
        MqEventMessage,
        MqMessage<T>,
        MqProperty,
        RabbitMqFields,
    );
    #[cfg(not(feature = "documentdb"))]
    stand_ins!(
        DocumentDbChange<T>,
        DocumentDbEvent,
        DocumentDbEventRecord,
        DocumentDbNamespace,
        DocumentDbOperation,
        DocumentDbUpdate,
        TruncatedArray,
    );
    #[cfg(not(feature = "custom_resource"))]
    stand_ins!(CustomResource<T, O = T>, CustomResourceAnswer<T = ()>);
    #[cfg(not(feature = "deployment_hook"))]
    stand_ins!(DeploymentHook);
    #[cfg(not(feature = "event"))]
    stand_ins!(EventBridgeEvent<T = ()>, EventEnvelope);
    #[cfg(not(feature = "_shards"))]
    stand_ins!(Window<S, E>);
    #[cfg(not(feature = "schedule"))]
    stand_ins!(ScheduledEvent);
}

#[allow(unused_imports, unreachable_pub, reason = "they exist if features are off")]
#[doc(hidden)]
pub use stand_ins::*;

/// The events that nearly every handler uses: the part of the crate's prelude that grows with the sources.
pub(crate) mod prelude {
    #[cfg(feature = "deployment_hook")]
    pub use super::DeploymentHook;
    #[cfg(feature = "schedule")]
    pub use super::ScheduledEvent;
    #[cfg(feature = "alexa")]
    pub use super::{AlexaRequest, AlexaResponse};
    #[cfg(feature = "dynamodb")]
    pub use super::{Change, Changed, DynamoDbEvent, DynamoDbEventRecord, Keys};
    #[cfg(feature = "cognito")]
    pub use super::{
        CognitoEventUserPoolsCreateAuthChallenge, CognitoEventUserPoolsCustomEmailSender,
        CognitoEventUserPoolsCustomMessage, CognitoEventUserPoolsCustomSmsSender,
        CognitoEventUserPoolsDefineAuthChallenge, CognitoEventUserPoolsInboundFederation,
        CognitoEventUserPoolsMigrateUser, CognitoEventUserPoolsPostAuthentication,
        CognitoEventUserPoolsPostConfirmation, CognitoEventUserPoolsPreAuthentication,
        CognitoEventUserPoolsPreSignup, CognitoEventUserPoolsPreTokenGen,
        CognitoEventUserPoolsPreTokenGenV2, CognitoEventUserPoolsPreTokenGenV3,
        CognitoEventUserPoolsVerifyAuthChallenge,
    };
    #[cfg(feature = "custom_resource")]
    pub use super::{CustomResource, CustomResourceAnswer};
    #[cfg(feature = "kinesis")]
    pub use super::{Data, KinesisEvent, KinesisEventRecord};
    #[cfg(feature = "documentdb")]
    pub use super::{
        DocumentDbChange, DocumentDbEvent, DocumentDbEventRecord, DocumentDbOperation,
    };
    #[cfg(feature = "event")]
    pub use super::{EventBridgeEvent, EventEnvelope};
    #[cfg(feature = "_shards")]
    pub use super::{Fold, Window};
    #[cfg(feature = "_kafka")]
    pub use super::{KafkaEvent, KafkaEventRecord, KafkaRecord};
    #[cfg(feature = "logs")]
    pub use super::{LogEntry, LogRecord, LogsEvent};
    #[cfg(feature = "sqs")]
    pub use super::{Message, SqsEvent, SqsMessage};
    #[cfg(feature = "mq")]
    pub use super::{MqEvent, MqEventMessage, MqMessage};
    #[cfg(feature = "sns")]
    pub use super::{Notification, SnsEvent, SnsRecord};
    #[cfg(feature = "s3")]
    pub use super::{S3Event, S3EventRecord};
}
