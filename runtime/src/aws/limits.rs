//! What AWS takes in one call, each limit once, with the page that says so.

/// Most of one call, and the most bytes of all it holds.
#[cfg(feature = "_batch")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Most {
    pub(crate) entries: usize,
    pub(crate) bytes: usize,
}

/// `SendMessageBatch` of the Amazon SQS API Reference: "The maximum allowed individual message size
/// and the maximum total payload size … are both 1 MiB".
#[cfg(feature = "queue")]
pub(crate) const SQS: Most = Most { entries: 10, bytes: 1_048_576 };

/// `SendMessage`: the largest message, in bytes.
#[cfg(feature = "resume")]
pub(crate) const SQS_MESSAGE: usize = 1_048_576;

/// `DelaySeconds` of `SendMessage`, in seconds.
#[cfg(feature = "queue")]
pub(crate) const SQS_DELAY_SECONDS: u64 = 900;

/// `PublishBatch` of the Amazon SNS API Reference: 256 KiB for all messages together.
#[cfg(feature = "topic")]
pub(crate) const SNS: Most = Most { entries: 10, bytes: 262_144 };

/// `Publish`: what a topic can be set to take at most. 256 KiB where it is not.
#[cfg(feature = "topic")]
pub(crate) const SNS_MESSAGE: usize = 1_048_576;

/// `PutRecords` of the Kinesis Data Streams API Reference: 10 MiB with the partition keys, for a
/// record and for all.
#[cfg(feature = "stream")]
pub(crate) const KINESIS: Most = Most { entries: 500, bytes: 10_485_760 };

/// `PutEvents` of the `EventBridge` API Reference: "the total entry size must be less than 1 MB", and
/// "Calculating event entry size" of its User Guide.
#[cfg(feature = "bus")]
pub(crate) const EVENTS: Most = Most { entries: 10, bytes: 1_048_575 };

/// `BatchGetItem` of the `DynamoDB` API Reference.
#[cfg(feature = "table")]
pub(crate) const BATCH_GET: usize = 100;

/// `BatchWriteItem` of the `DynamoDB` API Reference.
#[cfg(feature = "table")]
pub(crate) const BATCH_WRITE: usize = 25;

/// "Item size" of "Quotas in Amazon DynamoDB": names and values together.
#[cfg(feature = "idempotency")]
pub(crate) const ITEM: usize = 400 * 1024;

/// `Payload` of `Invoke` in the AWS Lambda API Reference: 6 MB for an answer, 1 MB without.
#[cfg(feature = "invoke")]
pub(crate) const INVOKE: usize = 6 * 1_048_576;

/// See [`INVOKE`].
#[cfg(feature = "invoke")]
pub(crate) const INVOKE_EVENT: usize = 1_048_576;
