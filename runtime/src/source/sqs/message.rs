//! [`Message`]: a message of a queue, with a JSON body that is decoded as a type of the user, and with its
//! envelope.

use std::collections::HashMap;
use std::ops::Deref;

use aws_lambda_events::sqs::SqsMessage;
use aws_lambda_events::sqs::SqsMessageAttribute;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::raw_message::RawMessage;
use super::wrapped::{BusEnvelope, Origin, TopicEnvelope, Unwrapped};
use crate::Error;
use crate::invocation::decode;
use crate::messages;
use crate::source::envelope::Envelope;

/// A message of a queue whose JSON body is a `T`.
///
/// A `Message<T>` dereferences to the `T`. Its methods return the facts that SQS sends with the message.
/// Mirrors "Using Lambda with Amazon SQS" of the AWS Lambda Developer Guide.
///
/// ```
/// use serde::Deserialize;
/// use skylift::event::Message;
/// use skylift::{Error, function, resource};
///
/// #[resource(queue(message = Job))]
/// struct Jobs;
///
/// #[derive(Deserialize)]
/// struct Job { url: String }
///
/// #[function(trigger = sqs(queue = Jobs))]
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
    /// The whole message.
    envelope: Envelope<SqsMessage>,
    /// The topic or the bus that the message comes from. `None` if its sender sent it to the queue.
    origin: Option<Box<Origin>>,
}

impl<T> Message<T> {
    /// Makes a message for tests of a handler, in an empty envelope.
    pub fn new(body: T) -> Self {
        Self::with_envelope(body, SqsMessage::default())
    }

    /// Makes a message for tests of a handler, in this envelope.
    pub fn with_envelope(body: T, envelope: SqsMessage) -> Self {
        Self { body, envelope: Envelope::from_value(envelope), origin: None }
    }

    /// Makes a message for tests of a handler, as one that comes from a topic by a subscription of the queue.
    pub fn from_topic(body: T, envelope: TopicEnvelope) -> Self {
        Self { origin: Some(Box::new(Origin::Topic(envelope))), ..Self::new(body) }
    }

    /// Makes a message for tests of a handler, as one that comes from a bus by a subscription of the queue.
    pub fn from_bus(body: T, envelope: BusEnvelope) -> Self {
        Self { origin: Some(Box::new(Origin::Bus(envelope))), ..Self::new(body) }
    }

    /// Returns what SNS sent with the message, if it comes from a topic by a subscription of the queue, such as `from =
    /// topic(Orders)`. Returns `None` for other messages, and for those of a subscription with `raw`.
    pub fn topic(&self) -> Option<&TopicEnvelope> {
        match self.origin.as_deref()? {
            Origin::Topic(envelope) => Some(envelope),
            Origin::Bus(_) => None,
        }
    }

    /// Returns what EventBridge sent with the message, if it comes from a bus by a subscription of the queue, such as
    /// `from = bus(Shop)`. Returns `None` for other messages, and if the subscription sets what the queue gets.
    pub fn bus(&self) -> Option<&BusEnvelope> {
        match self.origin.as_deref()? {
            Origin::Bus(envelope) => Some(envelope),
            Origin::Topic(_) => None,
        }
    }

    /// Returns the decoded body without the envelope.
    pub fn into_inner(self) -> T {
        self.body
    }

    /// Returns the whole message as SQS sent it, with its body as text. It is decoded when this method, or
    /// another method of `Message` that reads it, is first called. If a part of the message cannot be decoded,
    /// the log says so, and the envelope has only the ids, the body and SQS's own attributes.
    pub fn envelope(&self) -> &SqsMessage {
        self.envelope.get_or(readable_parts)
    }

    /// Returns the id of the message, which is the same on every delivery of the message.
    pub fn message_id(&self) -> &str {
        self.envelope().message_id.as_deref().unwrap_or_default()
    }

    /// Returns the receipt handle of this delivery, with which the visibility timeout can be changed. Lambda
    /// itself deletes messages that were handled.
    pub fn receipt_handle(&self) -> &str {
        self.envelope().receipt_handle.as_deref().unwrap_or_default()
    }

    /// Returns SQS's own attributes of the message: `SentTimestamp`, `SenderId`, `SequenceNumber` and so on.
    pub fn attributes(&self) -> &HashMap<String, String> {
        &self.envelope().attributes
    }

    /// Returns the message attributes that the sender of the message set.
    pub fn message_attributes(&self) -> &HashMap<String, SqsMessageAttribute> {
        &self.envelope().message_attributes
    }

    /// Returns the message group of the message; `None` if the sender set none.
    pub fn group_id(&self) -> Option<&str> {
        self.attributes().get("MessageGroupId").map(String::as_str)
    }

    /// Returns how often the message was received, including this time; 1 if SQS does not send the number.
    pub fn receive_count(&self) -> u32 {
        let count = self.attributes().get("ApproximateReceiveCount");
        count.and_then(|count| count.parse().ok()).unwrap_or(1)
    }
}

impl<T: DeserializeOwned> Message<T> {
    /// Decodes the body of a message, or what was in its envelope. The rest of the message stays text.
    pub(super) fn read(
        message: &RawMessage<'_>,
        unwrapped: Option<&Unwrapped>,
    ) -> Result<Self, Error> {
        let content = unwrapped.map_or(&*message.body, |it| it.text.as_str());
        let body = decode::decode_text(content)
            .map_err(|error| error.with_context(messages::batch::message_body()))?;
        let origin = unwrapped.map(|it| Box::new(it.origin.clone()));
        Ok(Self { body, envelope: Envelope::from_json(message.text.as_bytes()), origin })
    }
}

/// Reads the valid fields of a message that cannot be decoded as a whole. Without these fields, the receive
/// count would be 1, and a handler that gives up after several deliveries would never give up.
fn readable_parts(json: &[u8]) -> SqsMessage {
    let message: Value = serde_json::from_slice(json).unwrap_or_default();
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
