//! A call of the handler, once for a key where its function says so: what keeps its work decides whether it
//! runs. Functions that do not say so pay for one `None`.

use crate::Error;
#[cfg(any(feature = "_records", feature = "idempotency"))]
use crate::invocation::Limit;
#[cfg(feature = "idempotency")]
use crate::invocation::once::Done;
#[cfg(feature = "_records")]
use crate::invocation::once::Known;
#[cfg(all(feature = "idempotency", feature = "_records"))]
use crate::invocation::once::Refused;
use crate::invocation::{Answer, BoxFuture, Call};

/// A call of the handler's.
type Run<'a> = BoxFuture<'a, Result<Answer, Error>>;

/// Has the handler's call for an event run, once for the key where its function says so. `raw` is the
/// JSON that the key is looked up in.
pub(crate) async fn once(call: &Call, raw: &[u8], run: Run<'_>) -> Result<Answer, Error> {
    #[cfg(feature = "idempotency")]
    if let Some(keeper) = call.once() {
        let done = keeper.run(raw.into(), call.context(), Limit::default(), Box::pin(always(run)));
        return done.await.map_err(Error::from);
    }
    let _ = (call, raw);
    run.await
}

/// The same for a whole batch. An answer that says that some of it failed is not kept: they come again,
/// and are to be worked on.
#[cfg(feature = "_partial_batches")]
pub(crate) async fn once_for_batch(call: &Call, raw: &[u8], run: Run<'_>) -> Result<Answer, Error> {
    #[cfg(feature = "idempotency")]
    if let Some(keeper) = call.once() {
        let work = async move {
            let answer = run.await?;
            let failed = names_failures(&answer);
            Ok(if failed { Done::passing(answer) } else { Done::kept(answer) })
        };
        let done = keeper.run(raw.into(), call.context(), Limit::default(), Box::pin(work));
        return done.await.map_err(Error::from);
    }
    let _ = (call, raw);
    run.await
}

/// The same for one record of a batch, whose call is dropped at the limit. What counts of a record is
/// that it is done: there is an answer also where that was too large to be kept.
#[cfg(feature = "_records")]
pub(crate) async fn once_for_record(
    call: &Call,
    known: Known<'_>,
    limit: Limit,
    run: Run<'_>,
) -> Result<Answer, Error> {
    #[cfg(feature = "idempotency")]
    if let Some(keeper) = call.once() {
        return match keeper.run(known, call.context(), limit, Box::pin(always(run))).await {
            Err(Refused::NotKept) => Ok(b"null".to_vec().into()),
            other => other.map_err(Error::from),
        };
    }
    let _ = (call, known.raw, known.scope);
    limit.hold(run).await?
}

/// Has whatever the handler answers kept, unless it fails.
#[cfg(feature = "idempotency")]
async fn always(run: Run<'_>) -> Result<Done, Error> {
    run.await.map(Done::kept)
}

/// Whether the answer of a handler that takes a whole batch says that some of it failed.
#[cfg(all(feature = "idempotency", feature = "_partial_batches"))]
fn names_failures(answer: &Answer) -> bool {
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
