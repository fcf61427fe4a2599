//! Splits a batch: takes the payload and returns the JSON of each record, not yet decoded. A mistake in a
//! record is found when the record is decoded later, and is then a failure of that record alone.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::Error;
use crate::invocation::decode;

/// A batch of records: every source of batches sends a payload of this form.
#[derive(Deserialize)]
struct RecordBatch<'a> {
    #[serde(borrow, rename = "Records")]
    records: Vec<&'a RawValue>,
}

/// Returns the JSON of each record of a batch, or an error if the payload is not a batch.
pub(crate) fn split_records(payload: &[u8]) -> Result<Vec<&RawValue>, Error> {
    decode::decode_json(payload).map(|batch: RecordBatch<'_>| batch.records)
}
