//! Splits a batch of a Kafka topic: takes the payload and returns the JSON of each record with its partition, not yet
//! decoded. A mistake in a record is found when the record is decoded later, and is then a failure of that record alone.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::Error;
use crate::invocation::decode;
use crate::messages;

/// A record of a batch, before it is decoded.
pub(super) struct RawRecord<'a> {
    /// The number of the partition among those of the batch.
    pub(super) group: usize,
    /// The JSON of the record.
    pub(super) json: &'a str,
}

/// The records of a batch, with the names of their partitions.
pub(super) struct RawBatch<'a> {
    partitions: Vec<String>,
    pub(super) records: Vec<RawRecord<'a>>,
}

impl<'a> RawBatch<'a> {
    /// Splits a payload, or returns an error if it is not a batch of Kafka records.
    pub(super) fn read(payload: &'a [u8]) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Batch<'a> {
            #[serde(borrow, deserialize_with = "deserialize_partitions")]
            records: BTreeMap<String, Vec<&'a RawValue>>,
        }

        let Batch { records } = decode::decode_json(payload)?;
        let mut batch = Self { partitions: Vec::with_capacity(records.len()), records: Vec::new() };
        for (group, (partition, records)) in records.into_iter().enumerate() {
            batch.partitions.push(partition);
            batch.records.extend(records.iter().map(|json| RawRecord { group, json: json.get() }));
        }
        Ok(batch)
    }

    /// Returns the partition of a record, such as `orders-0`.
    pub(super) fn partition(&self, record: &RawRecord<'_>) -> &str {
        self.partitions.get(record.group).map(String::as_str).unwrap_or_default()
    }
}

/// Reads the offset of a record. The other fields of the record may be invalid.
pub(super) fn read_offset(json: &str) -> Result<i64, Error> {
    #[derive(Deserialize)]
    struct Record {
        offset: i64,
    }

    decode::decode_text(json).map(|Record { offset }| offset)
}

/// Decodes records by their partitions. A partition that occurs twice keeps the records of both places.
pub(super) fn deserialize_partitions<'de, D, R>(
    deserializer: D,
) -> Result<BTreeMap<String, Vec<R>>, D::Error>
where
    D: Deserializer<'de>,
    R: Deserialize<'de>,
{
    deserializer.deserialize_map(PartitionsVisitor(PhantomData))
}

struct PartitionsVisitor<R>(PhantomData<R>);

impl<'de, R: Deserialize<'de>> Visitor<'de> for PartitionsVisitor<R> {
    type Value = BTreeMap<String, Vec<R>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(messages::batch::partitions_expected())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut partitions = Self::Value::new();
        while let Some((partition, records)) = object.next_entry::<String, Vec<R>>()? {
            partitions.entry(partition).or_default().extend(records);
        }
        Ok(partitions)
    }
}
