//! Delivers a batch of a Kinesis stream to a handler as a whole.

use aws_lambda_events::kinesis::KinesisEvent;

use super::registration::Kinesis;
use crate::handler::Delivery;
use crate::invocation::{ResponseFuture, decode};
use crate::resource::trigger_event::Accepts;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;

impl Event for KinesisEvent {
    type Source = Kinesis;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        shape.has_records_of("aws:kinesis")
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { delivery.call_batch(decode::decode_json(delivery.payload)?).await })
    }
}

impl TriggeredBy<Kinesis> for KinesisEvent {}

impl<K, M> Accepts<K, M> for KinesisEvent {}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::Error;
    use crate::event::KinesisEventResponse;
    use crate::handler::triggered_handler;
    use crate::registry::Handler;
    use crate::source::kinesis::kinesis;
    use crate::testing::{fixture, respond};

    /// Reports that every record failed.
    fn failing() -> Handler {
        triggered_handler([kinesis::<KinesisEvent>()], |event, _| async move {
            let mut response = KinesisEventResponse::default();
            for record in &event.records {
                response.add_failure(&record.kinesis.sequence_number);
            }
            Ok(Ok::<_, Error>(response))
        })
    }

    #[test]
    fn the_official_batch_reaches_the_handler_whose_response_is_the_functions() {
        let answer = respond(&failing(), &fixture("example-kinesis-event.json")).unwrap();
        let failures = json!({ "batchItemFailures": [
            { "itemIdentifier": "49568167373333333333333333333333333333333333333333333333" },
            { "itemIdentifier": "49568167373333333334444444444444444444444444444444444444" },
        ] });
        assert_eq!(serde_json::from_slice::<Value>(&answer).unwrap(), failures);
    }
}
