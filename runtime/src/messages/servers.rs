//! Messages about batches of brokers of Amazon MQ and of clusters of Amazon `DocumentDB`.

use super::invocation::invalid_payload;
use crate::Error;

/// Says that a payload has the messages of neither broker.
pub(crate) fn no_messages() -> &'static str {
    "the payload has neither `messages` of ActiveMQ nor `rmqMessagesByQueue` of RabbitMQ"
}

/// Reports that a payload has the messages of neither broker.
pub(crate) fn not_a_batch(why: &str) -> Error {
    invalid_payload(why)
}

/// Describes a change of a cluster in the log by its token.
pub(crate) fn describe_change(token: &str) -> String {
    format!("change {token}")
}

/// Says, before a decoding error, that the error is in the document of a change, in plain JSON.
pub(crate) fn document() -> &'static str {
    "the document of the change, in plain JSON"
}
