//! [`Message`]: a queue message whose body is JSON of a type of the user's, with the envelope it
//! came in.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::OnceLock;

use aws_lambda_events::sqs::SqsMessage;
use aws_lambda_events::sqs::SqsMessageAttribute;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::raw_message::RawMessage;
use crate::Error;
use crate::invocation::decode;
use crate::messages;
use crate::observability::log;

/// A message of a queue whose JSON body is a `T`.
///
/// It dereferences to the `T`; the methods give what SQS says about the message. Mirrors "Using
/// Lambda with Amazon SQS" of the AWS Lambda Developer Guide.
///
/// ```
/// use serde::Deserialize;
/// use skylift::{Error, event::Message};
///
/// #[derive(Deserialize)]
/// struct Job { url: String }
///
/// async fn fetch(job: Message<Job>) -> Result<(), Error> {
///     if job.receive_count() > 3 {
///         return Err(Error::new("GivenUp", format!("{} was tried too often", job.url)));
///     }
///     Ok(())
/// }
///
/// // In a test, make one by hand.
/// let job = Message::new(Job { url: "https://example.com".into() });
/// assert_eq!(job.receive_count(), 1);
/// # let _ = fetch(job);
/// ```
#[derive(Clone, Debug)]
pub struct Message<T> {
    body: T,
    /// The message as JSON; empty where the envelope is given.
    text: Box<str>,
    envelope: OnceLock<Box<SqsMessage>>,
}

impl<T> Message<T> {
    /// A message for the tests of a handler, in an envelope without content.
    pub fn new(body: T) -> Self {
        Self::with_envelope(body, SqsMessage::default())
    }

    /// A message for the tests of a handler, in that envelope.
    pub fn with_envelope(body: T, envelope: SqsMessage) -> Self {
        Self { body, text: Box::default(), envelope: OnceLock::from(Box::new(envelope)) }
    }

    /// The decoded body alone.
    pub fn into_inner(self) -> T {
        self.body
    }

    /// The message as SQS sent it, its body as text. It is decoded when it is asked for the first
    /// time, by this method or by one of those below. Where a part of it cannot be read, the log says so,
    /// and it has what can be: the ids and the attributes of SQS's own.
    pub fn envelope(&self) -> &SqsMessage {
        self.envelope.get_or_init(|| {
            decode::decode_text(&self.text).unwrap_or_else(|error| {
                log::error(messages::batch::envelope_incomplete(&error));
                Box::new(readable_parts(&self.text))
            })
        })
    }

    /// The id that SQS gave the message, the same on every delivery of it.
    pub fn message_id(&self) -> &str {
        self.envelope().message_id.as_deref().unwrap_or_default()
    }

    /// The handle of this delivery, for changing its visibility. Lambda itself deletes messages that
    /// were handled.
    pub fn receipt_handle(&self) -> &str {
        self.envelope().receipt_handle.as_deref().unwrap_or_default()
    }

    /// What SQS says of the message: `SentTimestamp`, `SenderId`, `SequenceNumber` and so on.
    pub fn attributes(&self) -> &HashMap<String, String> {
        &self.envelope().attributes
    }

    /// What the sender said of it.
    pub fn message_attributes(&self) -> &HashMap<String, SqsMessageAttribute> {
        &self.envelope().message_attributes
    }

    /// The message group, where the sender named one.
    pub fn group_id(&self) -> Option<&str> {
        self.attributes().get("MessageGroupId").map(String::as_str)
    }

    /// How often the message was delivered, this time included; 1 where SQS does not say.
    pub fn receive_count(&self) -> u32 {
        let count = self.attributes().get("ApproximateReceiveCount");
        count.and_then(|count| count.parse().ok()).unwrap_or(1)
    }
}

impl<T: DeserializeOwned> Message<T> {
    /// Reads the body of a message.
    pub(super) fn read(message: &RawMessage<'_>) -> Result<Self, Error> {
        let body = decode::decode_text(&message.body)
            .map_err(|error| error.with_context(messages::batch::message_body()))?;
        Ok(Self { body, text: message.text.into(), envelope: OnceLock::new() })
    }
}

/// What is left of a message where not all of it is what SQS should send. A count of deliveries that read
/// as the first one would keep a handler from ever giving the message up.
fn readable_parts(text: &str) -> SqsMessage {
    let message: Value = serde_json::from_str(text).unwrap_or_default();
    let field = |name: &str| message[name].as_str().map(str::to_owned);
    let attribute =
        |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
    let mut readable = SqsMessage::default();
    readable.message_id = field("messageId");
    readable.receipt_handle = field("receiptHandle");
    readable.body = field("body");
    readable.event_source_arn = field("eventSourceARN");
    if let Value::Object(attributes) = &message["attributes"] {
        readable.attributes = attributes.iter().filter_map(attribute).collect();
    }
    readable
}

impl<T> Deref for Message<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}
