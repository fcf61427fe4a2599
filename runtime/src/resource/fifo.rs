//! Messages to FIFO queues and FIFO topics: an encoded message with the message group and the deduplication id that the
//! caller gave. SQS and SNS use the same two ids.

use crate::Error;

/// The message group and the deduplication id of a message.
pub(super) type FifoIds = (String, String);

/// Encodes messages that come with their message group and their deduplication id. Returns each encoded message with the
/// two ids, or the first error of `encode`.
pub(super) fn encode_grouped_messages<G, I, M>(
    messages: impl IntoIterator<Item = (G, I, M)>,
    encode: impl Fn(M) -> Result<String, Error>,
) -> Result<Vec<(String, Option<FifoIds>)>, Error>
where
    G: AsRef<str>,
    I: AsRef<str>,
{
    let encode_one = |(group, id, message): (G, I, M)| {
        let fifo_ids = (group.as_ref().to_owned(), id.as_ref().to_owned());
        Ok((encode(message)?, Some(fifo_ids)))
    };
    messages.into_iter().map(encode_one).collect()
}
