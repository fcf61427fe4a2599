//! A record as Kinesis sends it: what is read of its JSON, and the raw record as an event.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::delivered::Kinesis;
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::{Answer, BoxFuture, decode};
use crate::resource::takes::Takes;
use crate::source::batch::text::Text;
use crate::source::event::{Event, TriggeredBy};
use crate::source::shape::Shape;
use crate::source::shard::record::{Record, each};
use aws_lambda_events::kinesis::{KinesisEvent, KinesisEventRecord};

/// A record of a batch, but for what nobody asks.
#[derive(Deserialize)]
pub(super) struct KinesisRecord<'a> {
    #[serde(borrow)]
    pub(super) kinesis: Payload<'a>,
    #[serde(borrow, rename = "eventID")]
    pub(super) event_id: Text<'a>,
    #[serde(borrow, rename = "eventSourceARN")]
    pub(super) source_arn: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Payload<'a> {
    #[serde(borrow)]
    pub(super) partition_key: Text<'a>,
    #[serde(borrow)]
    pub(super) sequence_number: Text<'a>,
    #[serde(borrow)]
    data: Text<'a>,
    pub(super) approximate_arrival_timestamp: f64,
}

impl<'a> KinesisRecord<'a> {
    /// Reads a record, and its data into `data`.
    pub(super) fn read(json: &'a str, data: &mut Vec<u8>) -> Result<Self, Error> {
        let record: Self = decode::text(json)?;
        data.clear();
        STANDARD
            .decode_vec(&*record.kinesis.data, data)
            .map_err(|error| decode::invalid(format_args!("the record's data: {error}")))?;
        Ok(record)
    }
}

impl Event for KinesisEventRecord {
    type Source = Kinesis;

    fn recognises(shape: &Shape<'_>) -> bool {
        KinesisEvent::recognises(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> BoxFuture<'_, Result<Answer, Error>> {
        Box::pin(each(delivery))
    }
}

impl TriggeredBy<Kinesis> for KinesisEventRecord {}

impl<K, M> Takes<K, M> for KinesisEventRecord {}

impl Record for KinesisEventRecord {
    fn read(json: &str, data: &mut Vec<u8>) -> Result<Self, Error> {
        let record: Self = decode::text(json)?;
        data.clear();
        data.extend_from_slice(&record.kinesis.data);
        Ok(record)
    }

    fn text<'a>(_: &'a str, data: &'a [u8]) -> &'a [u8] {
        data
    }
}
