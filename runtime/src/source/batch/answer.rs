//! The answer to a batch: takes the identifiers of the records that failed and gives the JSON that
//! Lambda reads where the mapping says `ReportBatchItemFailures`.

use serde::Serialize;

use crate::Error;
use crate::handler::Answer;

/// The part of the answer that names the failures.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Failures<'a> {
    batch_item_failures: Vec<Failure<'a>>,
}

/// One of them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Failure<'a> {
    pub(crate) item_identifier: &'a str,
}

/// No identifier at all reads as success, so that an answer is due to batches that went well too.
pub(crate) fn failures<'a>(ids: impl Iterator<Item = &'a str>) -> Result<Answer, Error> {
    let batch_item_failures = ids.map(|item_identifier| Failure { item_identifier }).collect();
    Ok(serde_json::to_vec(&Failures { batch_item_failures })?.into())
}

/// Whether the answer of a handler that takes a whole batch says that some of it failed.
#[cfg(feature = "idempotency")]
pub(crate) fn names_failures(answer: &Answer) -> bool {
    use serde::Deserialize;
    use serde::de::IgnoredAny;

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Named {
        batch_item_failures: Option<Vec<IgnoredAny>>,
    }

    let Answer::Whole(answer) = answer else { return false };
    let named = serde_json::from_slice(answer).ok().and_then(|it: Named| it.batch_item_failures);
    named.is_some_and(|failures| !failures.is_empty())
}
