//! Calls of the handler that run once for each key if the function is idempotent: the store of idempotency
//! decides whether a call runs. A function that is not idempotent pays for one check of an `Option`.
// See decision 0054.

use crate::Error;
#[cfg(any(feature = "_records", feature = "idempotency"))]
use crate::invocation::TimeLimit;
#[cfg(all(feature = "idempotency", feature = "_records"))]
use crate::invocation::idempotency::IdempotencyError;
#[cfg(feature = "_records")]
use crate::invocation::idempotency::KeySource;
#[cfg(feature = "idempotency")]
use crate::invocation::idempotency::WorkResult;
use crate::invocation::{Call, FunctionResponse, ResponseFuture};

/// The future of one call of the handler.
type Run<'a> = ResponseFuture<'a>;

/// Runs the handler's call for an event. If the function is idempotent, the call runs once for each key; `raw`
/// is the JSON in which the key is looked up.
pub(crate) async fn run_once(
    call: &Call,
    raw: &[u8],
    run: Run<'_>,
) -> Result<FunctionResponse, Error> {
    #[cfg(feature = "idempotency")]
    if let Some(keeper) = call.idempotency() {
        let done = keeper.run(
            raw.into(),
            call.context(),
            TimeLimit::default(),
            Box::pin(store_response(run)),
        );
        return done.await.map_err(Error::from);
    }
    let _ = (call, raw);
    run.await
}

/// Runs the handler's call for a whole batch. If the function is idempotent, the call runs once for each key,
/// and a response that reports failures is not stored: Lambda delivers the failed records again, and the
/// handler has to handle them then.
#[cfg(feature = "_partial_batches")]
pub(crate) async fn run_batch_once(
    call: &Call,
    raw: &[u8],
    run: Run<'_>,
) -> Result<FunctionResponse, Error> {
    #[cfg(feature = "idempotency")]
    if let Some(keeper) = call.idempotency() {
        let work = async move {
            let response = run.await?;
            let failed = reports_failures(&response);
            Ok(if failed { WorkResult::not_stored(response) } else { WorkResult::stored(response) })
        };
        let done = keeper.run(raw.into(), call.context(), TimeLimit::default(), Box::pin(work));
        return done.await.map_err(Error::from);
    }
    let _ = (call, raw);
    run.await
}

/// Runs the handler's call for one record of a batch, and drops the call at the limit. If the function is
/// idempotent, the call runs once for each key. If the response of an earlier run was too large to be stored,
/// the record still counts as done.
#[cfg(feature = "_records")]
pub(crate) async fn run_record_once(
    call: &Call,
    source: KeySource<'_>,
    limit: TimeLimit,
    run: Run<'_>,
) -> Result<FunctionResponse, Error> {
    #[cfg(feature = "idempotency")]
    if let Some(keeper) = call.idempotency() {
        return match keeper.run(source, call.context(), limit, Box::pin(store_response(run))).await
        {
            Err(IdempotencyError::ResponseNotStored) => Ok(b"null".to_vec().into()),
            other => other.map_err(Error::from),
        };
    }
    let _ = (call, source.json, source.scope);
    limit.run(run).await?
}

/// Runs the handler's call, and marks its response to be stored unless the handler fails.
#[cfg(feature = "idempotency")]
async fn store_response(run: Run<'_>) -> Result<WorkResult, Error> {
    run.await.map(WorkResult::stored)
}

/// Returns whether the response of a handler that takes a whole batch reports failed records.
#[cfg(all(feature = "idempotency", feature = "_partial_batches"))]
fn reports_failures(response: &FunctionResponse) -> bool {
    use serde::Deserialize;
    use serde::de::IgnoredAny;

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct BatchResponse {
        batch_item_failures: Option<Vec<IgnoredAny>>,
    }

    let FunctionResponse::Buffered(response) = response else { return false };
    let named =
        serde_json::from_slice(response).ok().and_then(|it: BatchResponse| it.batch_item_failures);
    named.is_some_and(|failures| !failures.is_empty())
}
