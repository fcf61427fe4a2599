//! [`Notification`]: a message of a topic, with its JSON decoded as a type of the user, and with its envelope.

use std::collections::HashMap;
use std::ops::Deref;

use aws_lambda_events::sns::{MessageAttribute, SnsMessage, SnsRecord};
use serde::de::DeserializeOwned;

use super::raw_record::RawRecord;
use crate::Error;
use crate::invocation::decode;
use crate::messages;
use crate::source::envelope::Envelope;

/// A message of a topic whose text is the JSON of a `T`.
///
/// A `Notification<T>` dereferences to the `T`. Its methods return the facts that SNS sends with the message.
/// Mirrors "Invoking Lambda functions with Amazon SNS notifications" of the AWS Lambda Developer Guide.
///
/// ```
/// use serde::Deserialize;
/// use skylift::event::Notification;
/// use skylift::{Error, function, resource};
///
/// #[resource(topic(message = Placed))]
/// struct Orders;
///
/// #[derive(Deserialize)]
/// struct Placed { id: String, total: u32 }
///
/// #[function(trigger = sns(topic = Orders))]
/// async fn invoice(order: Notification<Placed>) -> Result<(), Error> {
///     println!("order {} costs {}", order.id, order.total);
///     Ok(())
/// }
///
/// // In a test, make one by hand.
/// let order = Notification::new(Placed { id: "7".into(), total: 12 });
/// assert_eq!(order.subject(), None);
/// # let _ = invoice(order);
/// ```
#[derive(Clone, Debug)]
pub struct Notification<T> {
    message: T,
    /// The whole record.
    record: Envelope<SnsRecord>,
}

impl<T> Notification<T> {
    /// Makes a notification for tests of a handler, in an empty envelope.
    pub fn new(message: T) -> Self {
        Self::with_envelope(message, SnsMessage::default())
    }

    /// Makes a notification for tests of a handler, in this envelope.
    pub fn with_envelope(message: T, envelope: SnsMessage) -> Self {
        let mut record = SnsRecord::default();
        record.sns = envelope;
        Self { message, record: Envelope::from_value(record) }
    }

    /// Returns the decoded message without the envelope.
    pub fn into_inner(self) -> T {
        self.message
    }

    /// Returns the message as SNS sent it, with its text and what SNS sends beside it. It is decoded when this method,
    /// or another method of `Notification` that reads it, is first called. If it cannot be decoded, the log says so,
    /// and the envelope is empty.
    pub fn envelope(&self) -> &SnsMessage {
        &self.record.get_or(|_| SnsRecord::default()).sns
    }

    /// Returns the id of the message, which is the same on every delivery of the message.
    pub fn message_id(&self) -> &str {
        &self.envelope().message_id
    }

    /// Returns the ARN of the topic.
    pub fn topic_arn(&self) -> &str {
        &self.envelope().topic_arn
    }

    /// Returns the subject of the message; `None` if the publisher set none.
    pub fn subject(&self) -> Option<&str> {
        self.envelope().subject.as_deref()
    }

    /// Returns the message attributes that the publisher set.
    pub fn message_attributes(&self) -> &HashMap<String, MessageAttribute> {
        &self.envelope().message_attributes
    }
}

impl<T: DeserializeOwned> Notification<T> {
    /// Decodes the message of a record. The rest of the record stays text.
    pub(super) fn read(record: &RawRecord<'_>) -> Result<Self, Error> {
        let message = decode::decode_text(&record.message)
            .map_err(|error| error.with_context(messages::batch::notification_message()))?;
        Ok(Self { message, record: Envelope::from_json(record.text.as_bytes()) })
    }
}

impl<T> Deref for Notification<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.message
    }
}
