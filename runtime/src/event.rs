//! The events that triggers deliver: those of `aws_lambda_events`, by feature, and `Message`. A
//! handler's first parameter is one of them, and which one decides how it is called.
//!
//! | feature | type | how it is delivered |
//! | --- | --- | --- |
//! | `s3` | `S3Event` | the whole event |
//! | `s3` | `S3EventRecord` | one record at a time; the invocation fails if any record did |
//! | `sqs` | `SqsEvent` | the whole batch; the handler's answer is the function's |
//! | `sqs` | `SqsMessage`, `Message<T>` | one message at a time; those that fail come again |
//! | `schedule` | `ScheduledEvent` | the whole event |
//!
//! One at a time, a call that still runs 500 ms before the function's timeout (its `deadline_margin`) is
//! dropped where it waits, and it fails as do those not begun: Lambda would end the invocation without
//! a report otherwise.
//!
//! An `S3Event` has the same shape whether the bucket sent it or `EventBridge` did, and its
//! `url_decoded_key` is always filled.

#[cfg(feature = "s3")]
pub use aws_lambda_events::s3::{S3Event, S3EventRecord};

#[cfg(feature = "sqs")]
pub use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};

#[cfg(feature = "schedule")]
pub use aws_lambda_events::cloudwatch_events::CloudWatchEvent as ScheduledEvent;

#[cfg(feature = "sqs")]
pub use crate::source::sqs::Message;
