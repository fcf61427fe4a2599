//! Delivers a batch of messages of a broker: the whole batch, or one message after another, up to the first that fails.

use serde::de::DeserializeOwned;

use super::event::{MqEvent, MqEventMessage, RawMessage};
use super::message::MqMessage;
use super::registration::Mq;
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::{FunctionResponse, ResponseFuture, decode};
use crate::resource::trigger_event::Accepts;
use crate::source::batch::in_order::deliver_in_order;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;

/// Returns whether the payload is a batch of a broker of Amazon MQ.
fn is_of_broker(shape: &PayloadShape<'_>) -> bool {
    matches!(shape.text("eventSource"), Some("aws:mq" | "aws:rmq"))
}

impl Event for MqEvent {
    type Source = Mq;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        is_of_broker(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { delivery.call(decode::decode_json(delivery.payload)?).await })
    }
}

impl Event for MqEventMessage {
    type Source = Mq;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        is_of_broker(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move {
            deliver_records(&delivery, |raw| {
                let message = raw.read()?;
                let data = message.data.clone();
                Ok((message, data))
            })
            .await
        })
    }
}

impl<T: DeserializeOwned + Send + 'static> Event for MqMessage<T> {
    type Source = Mq;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        is_of_broker(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { deliver_records(&delivery, MqMessage::read).await })
    }
}

impl TriggeredBy<Mq> for MqEvent {}
impl TriggeredBy<Mq> for MqEventMessage {}
impl<T: DeserializeOwned + Send + 'static> TriggeredBy<Mq> for MqMessage<T> {}

impl<K, M> Accepts<K, M> for MqEvent {}
impl<K, M> Accepts<K, M> for MqEventMessage {}
impl<T, K, M> Accepts<K, M> for MqMessage<T> {}

/// Calls the handler with each message of a batch, in order. `read` decodes a message, and returns with it the JSON in which the
/// key of an idempotent function is looked up.
async fn deliver_records<E>(
    delivery: &Delivery<'_, E>,
    read: impl Fn(&RawMessage<'_>) -> Result<(E, Vec<u8>), Error>,
) -> Result<FunctionResponse, Error> {
    let records = RawMessage::split(delivery.payload)?;
    deliver_in_order(delivery, &records, |index, raw| raw.describe(index), read).await
}
