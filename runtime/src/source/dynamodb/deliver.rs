//! Delivers a batch of a table's stream to a handler as a whole.

use aws_lambda_events::dynamodb::Event as DynamoDbEvent;

use super::registration::DynamoDb;
use crate::handler::Delivery;
use crate::invocation::{ResponseFuture, decode};
use crate::resource::trigger_event::Accepts;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;

impl Event for DynamoDbEvent {
    type Source = DynamoDb;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        shape.has_records_of("aws:dynamodb")
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { delivery.call_batch(decode::decode_json(delivery.payload)?).await })
    }
}

impl TriggeredBy<DynamoDb> for DynamoDbEvent {}

impl<K, M> Accepts<K, M> for DynamoDbEvent {}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::Error;
    use crate::event::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
    use crate::handler::triggered_handler;
    use crate::registry::Handler;
    use crate::source::dynamodb::dynamodb;
    use crate::testing::{fixture, respond};

    /// Reports that every record failed.
    fn failing() -> Handler {
        triggered_handler([dynamodb::<DynamoDbEvent>()], |event, _| async move {
            let mut response = DynamoDbEventResponse::default();
            for record in &event.records {
                let mut failure = DynamoDbBatchItemFailure::default();
                failure.item_identifier.clone_from(&record.change.sequence_number);
                response.batch_item_failures.push(failure);
            }
            Ok(Ok::<_, Error>(response))
        })
    }

    #[test]
    fn the_official_batch_reaches_the_handler_whose_response_is_the_functions() {
        let answer = respond(&failing(), &fixture("example-dynamodb-event.json")).unwrap();
        let failures = json!({ "batchItemFailures": [
            { "itemIdentifier": "1405400000000002063282832" },
            { "itemIdentifier": "1405400000000002063282832" },
        ] });
        assert_eq!(serde_json::from_slice::<Value>(&answer).unwrap(), failures);
    }
}
