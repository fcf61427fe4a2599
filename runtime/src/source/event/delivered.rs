//! [`EventBridgeEvent`]: an event of EventBridge, with its detail decoded as a type of the user, and with its envelope.

use std::ops::Deref;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::registration::EventRule;
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::{ResponseFuture, decode};
use crate::resource::kind;
use crate::resource::markers::{Typed, Untyped};
use crate::resource::trigger_event::{Accepts, DiffersFrom};
use crate::source::envelope::Envelope;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;

/// An event as EventBridge sent it, with its detail as any JSON. AWS: "Event structure reference".
pub type EventEnvelope = aws_lambda_events::eventbridge::EventBridgeEvent<Value>;

/// An event of EventBridge whose detail is a `T`; any JSON if `T` is left out.
///
/// An `EventBridgeEvent<T>` dereferences to the `T`. Its methods return the facts that EventBridge sends with the
/// detail. Mirrors "Event structure reference" of the Amazon EventBridge Events Reference.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use skylift::event::EventBridgeEvent;
/// use skylift::{Error, function, resource};
///
/// #[derive(Deserialize, Serialize)]
/// struct Placed { order: u64 }
///
/// #[resource(bus(message = Placed))]
/// struct Shop;
///
/// #[function(trigger = event(bus = Shop, detail_type = "Order Placed"))]
/// async fn invoice(placed: EventBridgeEvent<Placed>) -> Result<(), Error> {
///     println!("order {} of event {}", placed.order, placed.id());
///     Ok(())
/// }
///
/// // In a test, make one by hand.
/// let placed = EventBridgeEvent::new(Placed { order: 7 });
/// assert_eq!(placed.detail_type(), "");
/// # let _ = invoice(placed);
/// ```
#[derive(Clone, Debug)]
pub struct EventBridgeEvent<T = Value> {
    detail: T,
    /// The event with its detail as any JSON.
    envelope: Envelope<EventEnvelope>,
}

/// The field of an event that is decoded before the handler gets it.
#[derive(Deserialize)]
struct DetailField<T> {
    detail: T,
}

impl<T> EventBridgeEvent<T> {
    /// Makes an event for tests of a handler, in an empty envelope.
    pub fn new(detail: T) -> Self {
        Self::with_envelope(detail, EventEnvelope::default())
    }

    /// Makes an event for tests of a handler, in this envelope.
    pub fn with_envelope(detail: T, envelope: EventEnvelope) -> Self {
        Self { detail, envelope: Envelope::from_value(envelope) }
    }

    /// Returns the decoded detail without the envelope.
    pub fn into_inner(self) -> T {
        self.detail
    }

    /// Returns the event as EventBridge sent it, with its detail as any JSON. It is decoded when this method, or another
    /// method of `EventBridgeEvent` that reads it, is first called. If it cannot be decoded, the log says so, and the
    /// envelope is empty.
    pub fn envelope(&self) -> &EventEnvelope {
        self.envelope.get_or(|_| EventEnvelope::default())
    }

    /// Returns the id of the event, which is the same on every delivery of the event.
    pub fn id(&self) -> &str {
        self.envelope().id.as_deref().unwrap_or_default()
    }

    /// Returns the `source` of the event, such as `aws.ec2`.
    pub fn source(&self) -> &str {
        &self.envelope().source
    }

    /// Returns the `detail-type` of the event.
    pub fn detail_type(&self) -> &str {
        &self.envelope().detail_type
    }

    /// Returns the ARNs of the resources that the event is about.
    pub fn resources(&self) -> &[String] {
        self.envelope().resources.as_deref().unwrap_or_default()
    }
}

impl<T> Deref for EventBridgeEvent<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.detail
    }
}

/// Decodes an event. The rest of the event stays JSON.
fn decode_event<T: DeserializeOwned>(payload: &[u8]) -> Result<EventBridgeEvent<T>, Error> {
    let DetailField { detail } = decode::decode_json(payload)?;
    Ok(EventBridgeEvent { detail, envelope: Envelope::from_json(payload) })
}

impl Event for EventEnvelope {
    type Source = EventRule;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        shape.is_of_eventbridge()
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { delivery.call(decode::decode_json(delivery.payload)?).await })
    }
}

impl TriggeredBy<EventRule> for EventEnvelope {}

impl<K, M> Accepts<K, M> for EventEnvelope {}

impl<T: DeserializeOwned + Send + 'static> Event for EventBridgeEvent<T> {
    type Source = EventRule;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        shape.is_of_eventbridge()
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { delivery.call(decode_event(delivery.payload)?).await })
    }
}

impl<T: DeserializeOwned + Send + 'static> TriggeredBy<EventRule> for EventBridgeEvent<T> {}

impl<T> Accepts<kind::Bus, Typed<T>> for EventBridgeEvent<T> {}
impl<T> Accepts<kind::Bus, Untyped> for EventBridgeEvent<T> {}

/// Accepts any resource that is not a bus. Such a resource does not deliver an event of EventBridge, which the compiler
/// reports elsewhere; this implementation avoids a second message about the same mistake.
impl<T, M, K: DiffersFrom<kind::Bus>> Accepts<K, M> for EventBridgeEvent<T> {}
