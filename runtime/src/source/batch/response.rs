//! The answer to a batch: takes the identifiers of the records that failed and gives the JSON that
//! Lambda reads where the mapping says `ReportBatchItemFailures`.

use serde::Serialize;

use crate::Error;
use crate::invocation::FunctionResponse;

/// The part of the answer that names the failures.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BatchResponse<'a> {
    batch_item_failures: Vec<ItemFailure<'a>>,
}

/// One of them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ItemFailure<'a> {
    pub(crate) item_identifier: &'a str,
}

/// No identifier at all reads as success, so that an answer is due to batches that went well too.
pub(crate) fn batch_response<'a>(
    ids: impl Iterator<Item = &'a str>,
) -> Result<FunctionResponse, Error> {
    let batch_item_failures = ids.map(|item_identifier| ItemFailure { item_identifier }).collect();
    Ok(serde_json::to_vec(&BatchResponse { batch_item_failures })?.into())
}
