//! The response to a batch: takes the identifiers of the records that failed, and returns the JSON that
//! Lambda reads if the mapping has `ReportBatchItemFailures`.

use serde::Serialize;

use crate::Error;
use crate::invocation::FunctionResponse;

/// The response.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BatchResponse<'a> {
    batch_item_failures: Vec<ItemFailure<'a>>,
}

/// A record that failed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ItemFailure<'a> {
    pub(crate) item_identifier: &'a str,
}

/// Makes the response. An empty list means success, so a batch without failures gets a response as well.
pub(crate) fn batch_response<'a>(
    ids: impl Iterator<Item = &'a str>,
) -> Result<FunctionResponse, Error> {
    let batch_item_failures = ids.map(|item_identifier| ItemFailure { item_identifier }).collect();
    Ok(serde_json::to_vec(&BatchResponse { batch_item_failures })?.into())
}
