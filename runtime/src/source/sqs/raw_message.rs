//! The fields of a message that are read before a handler gets it: those that are needed to deliver the message
//! and to report its failure. The other fields stay text until a handler reads them, which is rare.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::Error;
use crate::invocation::decode;
use crate::messages;
use crate::source::batch::borrowed_text::BorrowedText;

/// A message of a batch, before its body is decoded.
pub(super) struct RawMessage<'a> {
    /// The whole message, as JSON.
    pub(super) text: &'a str,
    /// The id of the message, never empty.
    pub(super) id: Cow<'a, str>,
    /// The body as text.
    pub(super) body: Cow<'a, str>,
    /// The message group whose messages have to be handled in order; `None` if the message may be handled in
    /// any order.
    pub(super) group: Option<Cow<'a, str>>,
}

/// The fields of a message that are read before a handler gets it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fields<'a> {
    #[serde(borrow)]
    message_id: Option<BorrowedText<'a>>,
    #[serde(borrow)]
    body: Option<BorrowedText<'a>>,
    /// The ARN of the queue.
    #[serde(borrow, rename = "eventSourceARN")]
    queue: Option<BorrowedText<'a>>,
    #[serde(borrow)]
    attributes: Option<&'a RawValue>,
}

/// The attribute of a message that is read before a handler gets it.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attributes<'a> {
    #[serde(borrow)]
    message_group_id: Option<BorrowedText<'a>>,
}

impl<'a> RawMessage<'a> {
    /// Reads a message of a batch, or returns an error if it has no id.
    pub(super) fn read(message: &'a RawValue) -> Result<Self, Error> {
        let text = message.get();
        let Fields { message_id, body, queue, attributes } = decode::decode_text(text)?;
        // Lambda would read a failure without an identifier as "all failed", and no failure as "all
        // succeeded".
        let id = message_id.filter(|id| !id.is_empty());
        let id = id.ok_or_else(messages::batch::message_without_id)?;
        let group = ordered_group(queue.as_deref(), attributes)?;
        let body = body.map(|body| body.0).unwrap_or_default();
        Ok(Self { text, id: id.0, body, group })
    }
}

/// Returns whether a queue is a FIFO queue. The name of a FIFO queue has to end with `.fifo`, in lower case.
fn is_fifo(arn: &str) -> bool {
    arn.strip_suffix(".fifo").is_some()
}

/// Returns the message group whose messages have to be handled in order; `None` for a message of a standard
/// queue. A message of a standard queue can have a group id as well, for fairness, but there a failure must not
/// hold up other messages.
fn ordered_group<'a>(
    queue: Option<&str>,
    attributes: Option<&'a RawValue>,
) -> Result<Option<Cow<'a, str>>, Error> {
    if queue.is_some_and(|queue| !is_fifo(queue)) {
        return Ok(None);
    }
    let attributes: Option<Attributes<'_>> =
        attributes.map(|attributes| decode::decode_text(attributes.get())).transpose()?;
    let group = attributes.and_then(|attributes| attributes.message_group_id).map(|group| group.0);
    // Messages of a FIFO queue without a group id are one group.
    Ok(group.or_else(|| queue.map(|_| Cow::default())))
}
