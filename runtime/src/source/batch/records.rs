//! Splits a batch: takes the payload and returns the JSON of each record, not decoded. A mistake in a record
//! is then found when its turn comes, and is a failure of that record alone.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::Error;
use crate::invocation::decode;

/// The payload of every source of batches.
#[derive(Deserialize)]
struct RecordBatch<'a> {
    #[serde(borrow, rename = "Records")]
    records: Vec<&'a RawValue>,
}

/// Returns the JSON of each record.
pub(crate) fn split_records(payload: &[u8]) -> Result<Vec<&RawValue>, Error> {
    decode::decode_json(payload).map(|batch: RecordBatch<'_>| batch.records)
}
