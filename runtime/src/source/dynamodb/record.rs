//! A change in the form in which a table's stream sends it: the fields of its JSON that the runtime reads, and
//! the raw record as the event of a handler.

use std::borrow::Cow;

use aws_lambda_events::dynamodb::{Event as DynamoDbEvent, EventRecord as DynamoDbEventRecord};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::registration::DynamoDb;
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::{ResponseFuture, decode};
use crate::resource::trigger_event::Accepts;
use crate::source::batch::borrowed_text::BorrowedText;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;
use crate::source::shard::stream_record::{StreamRecord, deliver_records};

/// A record of a table's stream. The images of its item are not decoded.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TableRecord<'a> {
    #[serde(borrow)]
    pub(super) event_name: BorrowedText<'a>,
    #[serde(borrow, rename = "eventID")]
    pub(super) event_id: BorrowedText<'a>,
    #[serde(borrow, rename = "eventSourceARN")]
    pub(super) source_arn: Option<BorrowedText<'a>>,
    #[serde(borrow)]
    user_identity: Option<Identity<'a>>,
    #[serde(borrow)]
    pub(super) dynamodb: Images<'a>,
}

/// The identity that made a change.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<BorrowedText<'a>>,
    #[serde(borrow)]
    principal_id: Option<BorrowedText<'a>>,
}

/// The data of the changed item in a record.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Images<'a> {
    pub(super) approximate_creation_date_time: Option<f64>,
    #[serde(borrow)]
    pub(super) keys: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) new_image: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) old_image: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) sequence_number: Option<BorrowedText<'a>>,
}

impl TableRecord<'_> {
    /// Returns whether `DynamoDB` itself removed the item, because its time to live was over.
    pub(super) fn is_expired(&self) -> bool {
        let Some(Identity { kind: Some(kind), principal_id: Some(id) }) = &self.user_identity
        else {
            return false;
        };
        &*self.event_name == "REMOVE" && &**kind == "Service" && &**id == "dynamodb.amazonaws.com"
    }
}

/// The field of a record with the sequence number, by which a failure of the record is reported.
#[derive(Deserialize)]
struct Numbered<'a> {
    #[serde(borrow)]
    dynamodb: Number<'a>,
}

#[derive(Deserialize)]
struct Number<'a> {
    #[serde(borrow, rename = "SequenceNumber")]
    number: Option<BorrowedText<'a>>,
}

/// Returns the sequence number of a record, or `None` if the record has none. The other fields of the record
/// may be invalid.
pub(super) fn sequence_number(json: &str) -> Result<Option<Cow<'_, str>>, Error> {
    let record: Numbered<'_> = decode::decode_text(json)?;
    Ok(record.dynamodb.number.map(|number| number.0))
}

impl Event for DynamoDbEventRecord {
    type Source = DynamoDb;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        DynamoDbEvent::recognises(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(deliver_records(delivery))
    }
}

impl TriggeredBy<DynamoDb> for DynamoDbEventRecord {}

impl<K, M> Accepts<K, M> for DynamoDbEventRecord {}

impl StreamRecord for DynamoDbEventRecord {
    fn read(json: &str, _: &mut Vec<u8>) -> Result<Self, Error> {
        decode::decode_text(json)
    }

    fn sequence_number(json: &str) -> Result<Option<Cow<'_, str>>, Error> {
        sequence_number(json)
    }

    fn idempotency_payload<'a>(json: &'a str, _: &'a [u8]) -> &'a [u8] {
        json.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_number_is_read_even_if_other_fields_are_invalid() {
        assert_eq!(
            sequence_number(r#"{"dynamodb":{"Keys":[],"SequenceNumber":"7"},"eventName":null}"#)
                .unwrap()
                .as_deref(),
            Some("7")
        );
        assert_eq!(sequence_number(r#"{"dynamodb":{}}"#).unwrap(), None);
        assert!(sequence_number("{}").is_err());
    }
}
