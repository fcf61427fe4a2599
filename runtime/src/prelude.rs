//! What nearly every file with handlers needs: `use skylift::prelude::*;`.

#[cfg(feature = "schedule")]
pub use crate::event::ScheduledEvent;
#[cfg(feature = "dynamodb")]
pub use crate::event::{Change, Changed, DynamoDbEvent};
#[cfg(feature = "kinesis")]
pub use crate::event::{Data, KinesisEvent};
#[cfg(feature = "_shards")]
pub use crate::event::{Fold, Window};
#[cfg(feature = "sqs")]
pub use crate::event::{Message, SqsEvent, SqsMessage};
#[cfg(feature = "s3")]
pub use crate::event::{S3Event, S3EventRecord};
#[cfg(feature = "http")]
pub use crate::http::{IntoResponse, Json, Path, Query, StatusCode};
#[cfg(feature = "metrics")]
pub use crate::metric;
pub use crate::{
    Context, Error, Event, Invoker, Progress, Publisher, Putter, ReadWriter, Reader, Resume,
    Sender, State, Streaming, Writer, function, init, resource,
};
