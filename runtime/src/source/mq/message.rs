//! [`MqMessage`]: a message of a broker, with a JSON body that is decoded as a type of the user, and with its properties.

use std::ops::Deref;

use serde::de::DeserializeOwned;

use super::event::{MqEventMessage, RawMessage};
use super::property::MqProperty;
use crate::Error;
use crate::invocation::decode;
use crate::messages;

/// A message of a queue of a broker whose body is a `T` in JSON.
///
/// An `MqMessage<T>` dereferences to the `T`. Its methods return what the broker sends with the body.
/// Mirrors "Using Lambda with Amazon MQ" of the AWS Lambda Developer Guide.
///
/// ```
/// use serde::Deserialize;
/// use skylift::event::MqMessage;
/// use skylift::{Error, function};
///
/// #[derive(Deserialize)]
/// struct Order { total: u32 }
///
/// #[function(trigger = mq(broker = param("BrokerArn"), queue = "orders", secret = param("LoginArn")))]
/// async fn bill(order: MqMessage<Order>) -> Result<(), Error> {
///     println!("{} from {:?}", order.total, order.property("shop"));
///     Ok(())
/// }
///
/// // In a test, make one by hand.
/// let order = MqMessage::new(Order { total: 5 }).with_property("shop", "Berlin").with_redelivered(true);
/// assert_eq!((order.property("shop"), order.is_redelivered()), (Some("Berlin"), true));
/// # let _ = bill(order);
/// ```
///
/// The messages of a batch are delivered one after another, in their order. A message that fails ends the batch, and Lambda
/// sends the whole batch again, also the messages that were handled: `idempotent(…)` handles each once.
#[derive(Clone, Debug)]
pub struct MqMessage<T> {
    content: T,
    /// The message, without its body.
    message: MqEventMessage,
}

impl<T> MqMessage<T> {
    /// Makes a message for tests of a handler, of a queue without a name.
    pub fn new(content: T) -> Self {
        Self { content, message: MqEventMessage::default() }
    }

    /// Sets the name of the queue.
    #[must_use]
    pub fn with_queue(mut self, queue: impl Into<String>) -> Self {
        self.message.queue = queue.into();
        self
    }

    /// Sets the id of the message.
    #[must_use]
    pub fn with_message_id(mut self, id: impl Into<String>) -> Self {
        self.message.message_id = Some(id.into());
        self
    }

    /// Sets the id of the message that this one answers, or of the work that it belongs to.
    #[must_use]
    pub fn with_correlation_id(mut self, id: impl Into<String>) -> Self {
        self.message.correlation_id = Some(id.into());
        self
    }

    /// Sets whether the broker delivered the message before.
    #[must_use]
    pub fn with_redelivered(mut self, redelivered: bool) -> Self {
        self.message.redelivered = redelivered;
        self
    }

    /// Adds a property with a text.
    #[must_use]
    pub fn with_property(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.message.properties.insert(name.into(), MqProperty::Text(text.into()));
        self
    }

    /// Returns the decoded body without the rest of the message.
    pub fn into_inner(self) -> T {
        self.content
    }

    /// Returns the message with all that the broker sends with the body; its `data` are empty.
    pub fn envelope(&self) -> &MqEventMessage {
        &self.message
    }

    /// Returns the name of the queue.
    pub fn queue(&self) -> &str {
        &self.message.queue
    }

    /// Returns the virtual host of the queue; only `RabbitMQ` has one.
    pub fn virtual_host(&self) -> Option<&str> {
        self.message.virtual_host.as_deref()
    }

    /// Returns the id of the message; messages of `RabbitMQ` have one only if the sender set it.
    pub fn message_id(&self) -> Option<&str> {
        self.message.message_id.as_deref()
    }

    /// Returns the id of the message that this one answers, or of the work that it belongs to.
    pub fn correlation_id(&self) -> Option<&str> {
        self.message.correlation_id.as_deref()
    }

    /// Returns the destination of an answer.
    pub fn reply_to(&self) -> Option<&str> {
        self.message.reply_to.as_deref()
    }

    /// Returns whether the broker delivered the message before, as far as it knows.
    pub fn is_redelivered(&self) -> bool {
        self.message.redelivered
    }

    /// Returns the text of a property: a JMS property of `ActiveMQ`, or a header of `RabbitMQ`. Returns `None` if there is
    /// none with this name, or if it is no text; [`envelope`](Self::envelope) has those of other kinds.
    pub fn property(&self, name: &str) -> Option<&str> {
        self.message.properties.get(name)?.as_str()
    }
}

impl<T: DeserializeOwned> MqMessage<T> {
    /// Decodes the body of a message, and returns with the message the JSON of its body.
    pub(super) fn read(raw: &RawMessage<'_>) -> Result<(Self, Vec<u8>), Error> {
        let mut message = raw.read()?;
        let data = std::mem::take(&mut message.data);
        let content = decode::decode_json(&data)
            .map_err(|error| error.with_context(messages::batch::message_body()))?;
        Ok((Self { content, message }, data))
    }
}

impl<T> Deref for MqMessage<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.content
    }
}
