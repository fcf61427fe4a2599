//! Delivers the requests of Alexa skills.

use super::registration::Alexa;
use super::request::AlexaRequest;
use crate::handler::Delivery;
use crate::invocation::ResponseFuture;
use crate::resource::trigger_event::Accepts;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;

impl Event for AlexaRequest {
    type Source = Alexa;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        shape.has("request") && shape.has("context") && shape.text("version") == Some("1.0")
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { delivery.call(Self::read(delivery.payload)?).await })
    }
}

impl TriggeredBy<Alexa> for AlexaRequest {}

impl<K, M> Accepts<K, M> for AlexaRequest {}
