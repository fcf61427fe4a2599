//! The response to a batch: takes the identifiers of the records that failed, and returns the JSON that Lambda
//! reads if the event source mapping has `ReportBatchItemFailures`.

use serde::Serialize;

use crate::Error;
use crate::invocation::FunctionResponse;

/// The response to a batch, which lists the records that failed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BatchResponse<'a> {
    batch_item_failures: Vec<ItemFailure<'a>>,
}

/// A record of a batch that failed, by its identifier.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ItemFailure<'a> {
    pub(crate) item_identifier: &'a str,
}

/// Makes the response to a batch from the identifiers of the records that failed. A batch without failures also
/// needs a response: Lambda reads an empty list as success.
pub(crate) fn batch_response<'a>(
    ids: impl Iterator<Item = &'a str>,
) -> Result<FunctionResponse, Error> {
    let batch_item_failures = ids.map(|item_identifier| ItemFailure { item_identifier }).collect();
    Ok(serde_json::to_vec(&BatchResponse { batch_item_failures })?.into())
}
