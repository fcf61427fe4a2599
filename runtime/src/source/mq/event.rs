//! [`MqEvent`] and [`MqEventMessage`]: a batch of messages of a broker, and its messages. Lambda sends the messages of
//! `ActiveMQ` in a list, and those of `RabbitMQ` by their queues, with other fields. The types are Skylift's own: those of
//! `aws_lambda_events` 1.2.1 reject messages of AWS's documentation.
// See decision 0118.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::{self, Deserializer};
use serde_json::value::RawValue;

use super::property::MqProperty;
use crate::Error;
use crate::invocation::decode;
use crate::messages;
use crate::source::batch::borrowed_text::BorrowedText;

/// A batch of messages of a queue, of a broker of `ActiveMQ` or of `RabbitMQ`.
///
/// Mirrors "Using Lambda with Amazon MQ" of the AWS Lambda Developer Guide.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(try_from = "Batch<MqEventMessage>")]
#[non_exhaustive]
pub struct MqEvent {
    /// The sender: `aws:mq` for `ActiveMQ`, and `aws:rmq` for `RabbitMQ`.
    pub event_source: String,
    /// The ARN of the broker.
    pub event_source_arn: Option<String>,
    /// The messages, in the order in which the broker delivered them.
    pub messages: Vec<MqEventMessage>,
}

/// A message of a queue, with its body as bytes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(from = "Fields")]
#[non_exhaustive]
pub struct MqEventMessage {
    /// The name of the queue.
    pub queue: String,
    /// The virtual host of the queue; only `RabbitMQ` has one.
    pub virtual_host: Option<String>,
    /// The body.
    pub data: Vec<u8>,
    /// Whether the broker delivered the message before, as far as it knows.
    pub redelivered: bool,
    /// The id of the message. Messages of `RabbitMQ` have one only if the sender set it.
    pub message_id: Option<String>,
    /// The id of the message that this one answers, or of the work that it belongs to.
    pub correlation_id: Option<String>,
    /// The destination of an answer.
    pub reply_to: Option<String>,
    /// The type that the sender gave the message.
    pub message_type: Option<String>,
    /// The priority: 0 is the lowest.
    pub priority: Option<u8>,
    /// Whether the broker stores the message: 1 if it does not, and 2 if it does.
    pub delivery_mode: Option<u8>,
    /// When the message expires, in milliseconds, as the broker sends it.
    pub expiration: Option<String>,
    /// The properties that the sender set: JMS properties of `ActiveMQ`, and headers of `RabbitMQ`.
    pub properties: BTreeMap<String, MqProperty>,
    /// The fields that only one of the two brokers has.
    pub broker: MqBroker,
}

/// The fields of a message that only one of the two brokers has.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MqBroker {
    /// The message is of a broker of `ActiveMQ`.
    ActiveMq(ActiveMqFields),
    /// The message is of a broker of `RabbitMQ`.
    RabbitMq(RabbitMqFields),
}

impl Default for MqBroker {
    fn default() -> Self {
        Self::ActiveMq(ActiveMqFields::default())
    }
}

/// The fields that only messages of `ActiveMQ` have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ActiveMqFields {
    /// The form of the body: `jms/text-message` or `jms/bytes-message`.
    #[serde(default)]
    pub message_type: Option<String>,
    /// When the sender sent the message, in milliseconds since 1970.
    #[serde(default)]
    pub timestamp: Option<i64>,
    /// When the broker received the message, in milliseconds since 1970.
    #[serde(default)]
    pub broker_in_time: Option<i64>,
    /// When the broker delivered the message, in milliseconds since 1970.
    #[serde(default)]
    pub broker_out_time: Option<i64>,
}

/// The fields that only messages of `RabbitMQ` have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RabbitMqFields {
    /// The type of the body, such as `application/json`.
    #[serde(default)]
    pub content_type: Option<String>,
    /// The encoding of the body, such as `gzip`.
    #[serde(default)]
    pub content_encoding: Option<String>,
    /// When the sender sent the message, as a text such as `Jan 1, 1970, 12:33:41 AM`.
    #[serde(default)]
    pub timestamp: Option<String>,
    /// The user that sent the message.
    #[serde(default)]
    pub user_id: Option<String>,
    /// The program that sent the message.
    #[serde(default)]
    pub app_id: Option<String>,
    /// The cluster of the message.
    #[serde(default)]
    pub cluster_id: Option<String>,
    /// The number of bytes of the body.
    #[serde(default)]
    pub body_size: Option<u64>,
}

/// A batch as Lambda sends it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Batch<M> {
    #[serde(default)]
    event_source: String,
    #[serde(default)]
    event_source_arn: Option<String>,
    messages: Option<Vec<M>>,
    #[serde(rename = "rmqMessagesByQueue")]
    by_queue: Option<BTreeMap<String, Vec<M>>>,
}

impl<M> Batch<M> {
    /// Returns the messages, each with the key of its queue, which only `RabbitMQ` has. Returns the error of a payload that
    /// is no batch of either.
    fn into_messages(self) -> Result<Vec<(Option<String>, M)>, &'static str> {
        if self.messages.is_none() && self.by_queue.is_none() {
            return Err(messages::servers::no_messages());
        }
        let listed = self.messages.into_iter().flatten().map(|message| (None, message));
        let by_queue = self.by_queue.into_iter().flatten().flat_map(|(queue, messages)| {
            messages.into_iter().map(move |message| (Some(queue.clone()), message))
        });
        Ok(listed.chain(by_queue).collect())
    }
}

impl TryFrom<Batch<MqEventMessage>> for MqEvent {
    type Error = &'static str;

    fn try_from(mut batch: Batch<MqEventMessage>) -> Result<Self, Self::Error> {
        let event_source = std::mem::take(&mut batch.event_source);
        let event_source_arn = batch.event_source_arn.take();
        let messages = batch.into_messages()?.into_iter();
        let messages = messages.map(|(key, message)| message.in_queue(key.as_deref())).collect();
        Ok(Self { event_source, event_source_arn, messages })
    }
}

/// A message of a batch, before it is decoded.
pub(super) struct RawMessage<'a> {
    /// The key of the queue, which only `RabbitMQ` has.
    queue: Option<String>,
    json: &'a RawValue,
}

impl<'a> RawMessage<'a> {
    /// Splits a payload into its messages, or returns an error if it is no batch of a broker.
    pub(super) fn split(payload: &'a [u8]) -> Result<Vec<Self>, Error> {
        let batch: Batch<&'a RawValue> = decode::decode_json(payload)?;
        let messages = batch.into_messages().map_err(messages::servers::not_a_batch)?;
        Ok(messages.into_iter().map(|(queue, json)| Self { queue, json }).collect())
    }

    /// Decodes the message.
    pub(super) fn read(&self) -> Result<MqEventMessage, Error> {
        let message: MqEventMessage = decode::decode_text(self.json.get())?;
        Ok(message.in_queue(self.queue.as_deref()))
    }

    /// Describes the message in the log: by its id, or by its number in the batch if it has none.
    pub(super) fn describe(&self, index: usize) -> String {
        #[derive(Deserialize)]
        struct Ids {
            #[serde(rename = "messageID", alias = "messageId")]
            message_id: Option<String>,
            #[serde(rename = "basicProperties")]
            basic: Option<BasicIds>,
        }

        #[derive(Deserialize)]
        struct BasicIds {
            #[serde(rename = "messageId")]
            message_id: Option<String>,
        }

        let ids: Option<Ids> = serde_json::from_str(self.json.get()).ok();
        let id = ids.and_then(|ids| ids.message_id.or_else(|| ids.basic?.message_id));
        match id {
            Some(id) => messages::batch::describe_message(&id),
            None => messages::batch::describe_broken_record(index),
        }
    }
}

impl MqEventMessage {
    /// Sets the queue and the virtual host from the key of a queue of `RabbitMQ`, such as `orders::/tenant`.
    fn in_queue(self, key: Option<&str>) -> Self {
        let Some(key) = key else { return self };
        let (queue, host) = key.rsplit_once("::").unwrap_or((key, "/"));
        Self { queue: queue.to_owned(), virtual_host: Some(host.to_owned()), ..self }
    }
}

/// A message as Lambda sends it: the fields of `RabbitMQ` are inside `basicProperties`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fields {
    basic_properties: Option<RabbitMqMessage>,
    #[serde(default)]
    redelivered: bool,
    #[serde(default, deserialize_with = "deserialize_base64")]
    data: Vec<u8>,
    #[serde(default, rename = "messageID", alias = "messageId")]
    message_id: Option<String>,
    destination: Option<Destination>,
    #[serde(flatten)]
    shared: SharedFields,
    #[serde(default)]
    properties: Option<BTreeMap<String, MqProperty>>,
    #[serde(flatten)]
    own: ActiveMqFields,
}

/// The fields that both brokers have, at different places.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SharedFields {
    #[serde(default, alias = "correlationID")]
    correlation_id: Option<String>,
    #[serde(default)]
    reply_to: Option<String>,
    #[serde(default, rename = "type")]
    message_type: Option<String>,
    #[serde(default)]
    priority: Option<u8>,
    #[serde(default)]
    delivery_mode: Option<u8>,
    #[serde(default)]
    expiration: Option<Expiration>,
}

/// The `basicProperties` of a message of `RabbitMQ`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RabbitMqMessage {
    #[serde(default)]
    message_id: Option<String>,
    #[serde(flatten)]
    shared: SharedFields,
    #[serde(default)]
    headers: Option<BTreeMap<String, MqProperty>>,
    #[serde(flatten)]
    own: RabbitMqFields,
}

/// The destination of a message of `ActiveMQ`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Destination {
    physical_name: Option<String>,
}

/// A time in milliseconds, which is a number or a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Expiration {
    Text(String),
    Number(i64),
}

impl From<Fields> for MqEventMessage {
    fn from(fields: Fields) -> Self {
        let Fields { basic_properties, redelivered, data, .. } = fields;
        let (message_id, shared, properties, broker) = match basic_properties {
            Some(RabbitMqMessage { message_id, shared, headers, own }) => {
                (message_id, shared, headers, MqBroker::RabbitMq(own))
            }
            None => (
                fields.message_id,
                fields.shared,
                fields.properties,
                MqBroker::ActiveMq(fields.own),
            ),
        };
        // ActiveMQ sends an empty text for a field that is not set.
        let set = |text: Option<String>| text.filter(|text| !text.is_empty());
        Self {
            queue: fields.destination.and_then(|it| it.physical_name).unwrap_or_default(),
            virtual_host: None,
            data,
            redelivered,
            message_id: set(message_id),
            correlation_id: set(shared.correlation_id),
            reply_to: set(shared.reply_to),
            message_type: set(shared.message_type),
            priority: shared.priority,
            delivery_mode: shared.delivery_mode,
            expiration: shared.expiration.map(|it| match it {
                Expiration::Text(text) => text,
                Expiration::Number(number) => number.to_string(),
            }),
            properties: properties.unwrap_or_default(),
            broker,
        }
    }
}

/// Decodes a body from base64; null is an empty one.
fn deserialize_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text: Option<BorrowedText<'de>> = Deserialize::deserialize(deserializer)?;
    let Some(text) = text else { return Ok(Vec::new()) };
    STANDARD.decode(&*text).map_err(|why| de::Error::custom(messages::batch::not_base64(&why)))
}
