//! A call of the handler, once for a key where its function says so: what keeps its work decides whether it
//! runs. Functions that do not say so pay for one `None`.

use crate::Error;
#[cfg(any(feature = "_records", feature = "idempotency"))]
use crate::invocation::TimeLimit;
#[cfg(all(feature = "idempotency", feature = "_records"))]
use crate::invocation::idempotency::IdempotencyError;
#[cfg(feature = "_records")]
use crate::invocation::idempotency::KeySource;
#[cfg(feature = "idempotency")]
use crate::invocation::idempotency::WorkResult;
use crate::invocation::{BoxFuture, Call, FunctionResponse};

/// A call of the handler's.
type Run<'a> = BoxFuture<'a, Result<FunctionResponse, Error>>;

/// Has the handler's call for an event run, once for the key where its function says so. `raw` is the
/// JSON that the key is looked up in.
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

/// The same for a whole batch. An answer that says that some of it failed is not kept: they come again,
/// and are to be worked on.
#[cfg(feature = "_partial_batches")]
pub(crate) async fn run_batch_once(
    call: &Call,
    raw: &[u8],
    run: Run<'_>,
) -> Result<FunctionResponse, Error> {
    #[cfg(feature = "idempotency")]
    if let Some(keeper) = call.idempotency() {
        let work = async move {
            let answer = run.await?;
            let failed = reports_failures(&answer);
            Ok(if failed { WorkResult::not_stored(answer) } else { WorkResult::stored(answer) })
        };
        let done = keeper.run(raw.into(), call.context(), TimeLimit::default(), Box::pin(work));
        return done.await.map_err(Error::from);
    }
    let _ = (call, raw);
    run.await
}

/// The same for one record of a batch, whose call is dropped at the limit. What counts of a record is
/// that it is done: there is an answer also where that was too large to be kept.
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

/// Has whatever the handler answers kept, unless it fails.
#[cfg(feature = "idempotency")]
async fn store_response(run: Run<'_>) -> Result<WorkResult, Error> {
    run.await.map(WorkResult::stored)
}

/// Whether the answer of a handler that takes a whole batch says that some of it failed.
#[cfg(all(feature = "idempotency", feature = "_partial_batches"))]
fn reports_failures(answer: &FunctionResponse) -> bool {
    use serde::Deserialize;
    use serde::de::IgnoredAny;

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct BatchResponse {
        batch_item_failures: Option<Vec<IgnoredAny>>,
    }

    let FunctionResponse::Buffered(answer) = answer else { return false };
    let named =
        serde_json::from_slice(answer).ok().and_then(|it: BatchResponse| it.batch_item_failures);
    named.is_some_and(|failures| !failures.is_empty())
}
