//! The events that triggers deliver: those of `aws_lambda_events`, by feature, and typed ones of our own.
//! A handler's first parameter is one of them, and which one decides how it is called.
//!
//! | feature | type | how it is delivered |
//! | --- | --- | --- |
//! | `s3` | `S3Event` | the whole event |
//! | `s3` | `S3EventRecord` | one record at a time; the invocation fails if any record did |
//! | `sqs` | `SqsEvent` | the whole batch; the handler's answer is the function's |
//! | `sqs` | `SqsMessage`, `Message<T>` | one message at a time; those that fail come again |
//! | `kinesis` | `KinesisEvent` | the whole batch; the handler's answer is the function's |
//! | `kinesis` | `KinesisEventRecord`, `Data<T>` | one record after another; Lambda goes on from the first that fails |
//! | `kinesis` | `Window<S, Data<T>>` | what the records of a tumbling window add up to, when it has ended |
//! | `dynamodb` | `DynamoDbEvent` | the whole batch; the handler's answer is the function's |
//! | `dynamodb` | `DynamoDbEventRecord`, `Change<T>` | one change after another; Lambda goes on from the first that fails |
//! | `dynamodb` | `Window<S, Change<T>>` | what the changes of a tumbling window add up to, when it has ended |
//! | `schedule` | `ScheduledEvent` | the whole event |
//!
//! # One at a time
//!
//! The batch is the runtime's: it calls the handler for each record and tells Lambda which failed.
//!
//! - **SQS**: as many messages at once as `batch_concurrency` of the trigger says, 10 unless told otherwise;
//!   each fails alone. In a FIFO queue the messages of a group go one after another, groups side by side;
//!   a group stops at its first failure, and others go on.
//! - **Kinesis and DynamoDB streams**: one after another, in the order of the shard, until one fails.
//!   Lambda sends it and what follows again, whatever became of it; so no record beyond it is begun,
//!   be it of another partition key. `parallelization_factor` in the trigger has keys side by side.
//! - **S3**: one after another, all of them. S3 knows no failure of one record: if any failed, so did
//!   the invocation.
//!
//! What cannot be decoded and what panics is the failure of its record alone. A message without an id
//! fails its batch, as nothing could be said of it.
//!
//! A call that still runs 500 ms before the function's timeout (its `deadline_margin`) is dropped where
//! it waits, and it fails as do those not begun: Lambda would end the invocation without a report
//! otherwise. SQS has delivered a message also where its turn did not come, and counts that: one that
//! never gets its turn is in the dead-letter queue in the end (`maxReceiveCount`, 5 deliveries where
//! `dead_letters` says nothing else). So `batch_size` is to be what the timeout has time for.
//!
//! An `S3Event` has the same shape whether the bucket sent it or `EventBridge` did, and its
//! `url_decoded_key` is always filled.

#[cfg(feature = "s3")]
pub use aws_lambda_events::s3::{S3Event, S3EventRecord};

#[cfg(feature = "sqs")]
pub use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};

#[cfg(feature = "kinesis")]
pub use aws_lambda_events::kinesis::{KinesisEvent, KinesisEventRecord};

#[cfg(feature = "kinesis")]
pub use aws_lambda_events::streams::{KinesisBatchItemFailure, KinesisEventResponse};

#[cfg(feature = "dynamodb")]
pub use aws_lambda_events::dynamodb::{Event as DynamoDbEvent, EventRecord as DynamoDbEventRecord};

#[cfg(feature = "dynamodb")]
pub use aws_lambda_events::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};

#[cfg(feature = "schedule")]
pub use aws_lambda_events::cloudwatch_events::CloudWatchEvent as ScheduledEvent;

#[cfg(feature = "dynamodb")]
pub use crate::source::dynamodb::{Change, Changed, Keys};
#[cfg(feature = "kinesis")]
pub use crate::source::kinesis::Data;
#[cfg(feature = "_shards")]
pub use crate::source::shard::{Fold, Window};
#[cfg(feature = "sqs")]
pub use crate::source::sqs::Message;

/// Those that nearly every handler names: the part of the crate's prelude that grows with the sources.
pub(crate) mod prelude {
    #[cfg(feature = "schedule")]
    pub use super::ScheduledEvent;
    #[cfg(feature = "dynamodb")]
    pub use super::{Change, Changed, DynamoDbEvent};
    #[cfg(feature = "kinesis")]
    pub use super::{Data, KinesisEvent};
    #[cfg(feature = "_shards")]
    pub use super::{Fold, Window};
    #[cfg(feature = "sqs")]
    pub use super::{Message, SqsEvent, SqsMessage};
    #[cfg(feature = "s3")]
    pub use super::{S3Event, S3EventRecord};
}
