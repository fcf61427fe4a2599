//! A record in the form in which Kinesis sends it: the fields of its JSON that the runtime reads, and the raw
//! record as the event of a handler.

use std::borrow::Cow;

use aws_lambda_events::kinesis::{KinesisEvent, KinesisEventRecord};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::registration::Kinesis;
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::{ResponseFuture, decode};
use crate::messages;
use crate::resource::trigger_event::Accepts;
use crate::source::batch::borrowed_text::BorrowedText;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;
use crate::source::shard::stream_record::{StreamRecord, deliver_records};

/// A record of a Kinesis stream, with only the fields that the runtime reads.
#[derive(Deserialize)]
pub(super) struct KinesisRecord<'a> {
    #[serde(borrow)]
    pub(super) kinesis: Payload<'a>,
    #[serde(borrow, rename = "eventID")]
    pub(super) event_id: BorrowedText<'a>,
    #[serde(borrow, rename = "eventSourceARN")]
    pub(super) source_arn: BorrowedText<'a>,
}

/// The field `kinesis` of a record.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Payload<'a> {
    #[serde(borrow)]
    pub(super) partition_key: BorrowedText<'a>,
    #[serde(borrow)]
    pub(super) sequence_number: BorrowedText<'a>,
    #[serde(borrow)]
    data: BorrowedText<'a>,
    pub(super) approximate_arrival_timestamp: f64,
}

impl<'a> KinesisRecord<'a> {
    /// Decodes a record from JSON, and decodes its data from base64 into the buffer `data`.
    pub(super) fn read(json: &'a str, data: &mut Vec<u8>) -> Result<Self, Error> {
        let record: Self = decode::decode_text(json)?;
        data.clear();
        STANDARD
            .decode_vec(&*record.kinesis.data, data)
            .map_err(|error| messages::batch::record_data_not_base64(&error))?;
        Ok(record)
    }
}

/// The field of a record with the sequence number, by which a failure of the record is reported.
#[derive(Deserialize)]
struct Numbered<'a> {
    #[serde(borrow)]
    kinesis: Number<'a>,
}

#[derive(Deserialize)]
struct Number<'a> {
    #[serde(borrow, rename = "sequenceNumber")]
    number: Option<BorrowedText<'a>>,
}

/// Returns the sequence number of a record, or `None` if the record has none. The other fields of the record
/// may be invalid.
pub(super) fn sequence_number(json: &str) -> Result<Option<Cow<'_, str>>, Error> {
    let record: Numbered<'_> = decode::decode_text(json)?;
    Ok(record.kinesis.number.map(|number| number.0))
}

impl Event for KinesisEventRecord {
    type Source = Kinesis;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        KinesisEvent::recognises(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(deliver_records(delivery))
    }
}

impl TriggeredBy<Kinesis> for KinesisEventRecord {}

impl<K, M> Accepts<K, M> for KinesisEventRecord {}

impl StreamRecord for KinesisEventRecord {
    fn read(json: &str, data: &mut Vec<u8>) -> Result<Self, Error> {
        let record: Self = decode::decode_text(json)?;
        data.clear();
        data.extend_from_slice(&record.kinesis.data);
        Ok(record)
    }

    fn sequence_number(json: &str) -> Result<Option<Cow<'_, str>>, Error> {
        sequence_number(json)
    }

    fn idempotency_payload<'a>(_: &'a str, data: &'a [u8]) -> &'a [u8] {
        data
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_number_is_read_even_if_other_fields_are_invalid() {
        assert_eq!(
            sequence_number(r#"{"eventID":1,"kinesis":{"data":null,"sequenceNumber":"7"}}"#)
                .unwrap()
                .as_deref(),
            Some("7")
        );
        assert_eq!(sequence_number(r#"{"kinesis":{}}"#).unwrap(), None);
        assert!(sequence_number("{}").is_err());
    }
}
