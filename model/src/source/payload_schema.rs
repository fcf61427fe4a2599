//! The schema of the JSON payloads that a source delivers: the fields with which a JSON path into a payload
//! can begin.

use crate::messages::{kafka, triggers as messages};

/// The schema of a JSON payload that a source delivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayloadSchema {
    /// The name of the payload in messages: `a record of a table's stream`.
    pub name: &'static str,
    /// The fields that the payload can have.
    pub fields: &'static [&'static str],
    /// The help for a path that begins with an unknown field; `{rest}` in the text is replaced by the path
    /// after its `$`.
    pub advice: &'static str,
    /// The reason why the whole payload cannot be an idempotency key, followed by the help. `None` if two
    /// payloads can be the same.
    pub unique: Option<(&'static str, &'static str)>,
}

impl PayloadSchema {
    /// The schema of the event that Lambda creates from the records of a queue or a stream, and of the event of
    /// a bucket.
    pub(super) const BATCH: Self = Self {
        name: "a batch of records",
        fields: &["Records"],
        advice: messages::BATCH_ADVICE,
        unique: None,
    };

    /// The schema of the event that Lambda creates from the records of a Kafka topic.
    pub(super) const KAFKA: Self = Self {
        name: "a batch of Kafka records",
        fields: &["records", "eventSource", "eventSourceArn", "bootstrapServers"],
        advice: kafka::BATCH_ADVICE,
        unique: None,
    };

    /// The schema of the event at the end of a tumbling window. AWS: "Implementing stateful Kinesis Data
    /// Streams processing in Lambda".
    pub const WINDOW: Self = Self {
        name: "the event that ends a window",
        fields: &[
            "Records",
            "window",
            "state",
            "shardId",
            "eventSourceARN",
            "isFinalInvokeForWindow",
            "isWindowTerminatedEarly",
        ],
        advice: messages::WINDOW_ADVICE,
        unique: None,
    };
}
