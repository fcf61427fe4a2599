//! The records of a batch, apart: takes the payload and gives the JSON of each record, unread. What is
//! wrong with one is then found when its turn comes, and is its own failure.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::Error;
use crate::invocation::decode;

/// What every source of batches sends.
#[derive(Deserialize)]
struct RecordBatch<'a> {
    #[serde(borrow, rename = "Records")]
    records: Vec<&'a RawValue>,
}

/// The JSON of each record.
pub(crate) fn split_records(payload: &[u8]) -> Result<Vec<&RawValue>, Error> {
    decode::decode_json(payload).map(|batch: RecordBatch<'_>| batch.records)
}
