//! Messages to FIFO queues and FIFO topics: an encoded message with the message group and the deduplication id that the
//! caller gave. SQS and SNS use the same two ids.

use crate::Error;
use crate::aws::batch::BatchEntry;

/// The deduplication id of a message to a FIFO queue or a FIFO topic: a text, or `None` for a queue or topic with
/// `ContentBasedDeduplication`, which computes the id from the content of the message.
///
/// If the queue or topic does not have that property, AWS refuses a message whose deduplication id is `None`, with
/// `InvalidParameterValue` (SQS) or `InvalidParameter` (SNS). Mirrors "Using the message deduplication ID in Amazon
/// SQS" of the Amazon SQS Developer Guide, and "Message deduplication for FIFO topics" of the Amazon SNS Developer
/// Guide.
///
/// ```
/// use skylift::{Error, Sender, function, resource};
///
/// #[resource(queue(fifo, properties = { "ContentBasedDeduplication": true }))]
/// struct Lines;
///
/// #[function]
/// async fn recite(line: String, lines: Sender<Lines>) -> Result<(), Error> {
///     lines.send_to_group("poem", None, &line.into()).await
/// }
/// ```
#[cfg_attr(docsrs, doc(cfg(any(feature = "queue", feature = "topic"))))]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a deduplication id",
    note = "help: pass a text, or `None` for a queue or topic with `ContentBasedDeduplication`"
)]
pub trait DeduplicationId {
    /// Returns the text of the id, or `None` if the queue or topic computes the id.
    fn into_text(self) -> Option<String>;
}

impl<T: AsRef<str> + ?Sized> DeduplicationId for &T {
    fn into_text(self) -> Option<String> {
        Some(self.as_ref().to_owned())
    }
}

impl DeduplicationId for String {
    fn into_text(self) -> Option<String> {
        Some(self)
    }
}

impl DeduplicationId for Option<&str> {
    fn into_text(self) -> Option<String> {
        self.map(ToOwned::to_owned)
    }
}

/// The message group and the deduplication id of a message.
#[derive(Clone)]
pub(super) struct FifoIds {
    pub(super) group: String,
    /// `None` if the queue or topic computes the id from the content of the message.
    pub(super) deduplication_id: Option<String>,
}

impl FifoIds {
    pub(super) fn new(group: &str, deduplication_id: impl DeduplicationId) -> Self {
        Self { group: group.to_owned(), deduplication_id: deduplication_id.into_text() }
    }

    /// Splits the ids of a message into its message group and its deduplication id. A message to a standard queue or
    /// topic has neither.
    pub(super) fn split(ids: Option<Self>) -> (Option<String>, Option<String>) {
        ids.map_or((None, None), |ids| (Some(ids.group), ids.deduplication_id))
    }
}

/// A message as it is sent to a queue or a topic: its text, and its ids if the queue or topic is FIFO.
pub(super) type EncodedMessage = (String, Option<FifoIds>);

/// Encodes messages that come with their message group and their deduplication id. Returns each encoded message with the
/// two ids, or the first error of `encode`.
pub(super) fn encode_grouped_messages<G, I, M>(
    messages: impl IntoIterator<Item = (G, I, M)>,
    encode: impl Fn(M) -> Result<String, Error>,
) -> Result<Vec<EncodedMessage>, Error>
where
    G: AsRef<str>,
    I: DeduplicationId,
{
    let encode_one = |(group, id, message): (G, I, M)| {
        Ok((encode(message)?, Some(FifoIds::new(group.as_ref(), id))))
    };
    messages.into_iter().map(encode_one).collect()
}

/// Returns the entries of a batch of messages. The messages of a message group keep their order.
pub(super) fn batch_entries(messages: Vec<EncodedMessage>) -> Vec<BatchEntry<EncodedMessage>> {
    let entry = |message: EncodedMessage| BatchEntry {
        bytes: message.0.len(),
        group: message.1.as_ref().map(|ids| ids.group.clone()),
        entry: message,
    };
    messages.into_iter().map(entry).collect()
}
