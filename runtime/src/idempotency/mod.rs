//! Work that is done once for a key: `idempotent(key = "$.id")`. Takes an event and the handler's call
//! for it; the first run's answer is kept in a table and given to whoever comes with the same key.
//!
//! | a run finds | it |
//! | --- | --- |
//! | no record, or one that has expired | runs |
//! | one in progress, past the deadline of the run that holds it | runs |
//! | one in progress | fails with `IdempotencyInProgress`, to be tried again |
//! | one that is completed | answers what the first run did, byte for byte |
//! | one of another payload, where that is checked | fails with `IdempotencyPayloadMismatch` |
//!
//! A run that fails or panics removes its record. Every change of a record asks for the token of the
//! run that made it, so that one which comes late changes nothing of its successor's.

#[cfg(feature = "idempotency")]
mod document;
mod entry;
#[cfg(feature = "idempotency")]
mod hash;
#[cfg(feature = "idempotency")]
mod json;
#[cfg(feature = "idempotency")]
mod ledger;
#[cfg(feature = "idempotency")]
mod record;
#[cfg(feature = "idempotency")]
mod refused;
#[cfg(feature = "idempotency")]
mod table;
#[cfg(all(test, feature = "idempotency"))]
pub(crate) mod testing;
#[cfg(all(test, feature = "idempotency"))]
mod tests;

#[cfg(feature = "idempotency")]
pub(crate) use document::Document;
pub use entry::{
    Compiled, Idempotency, Idempotent, JsonPath, Step, Store, idempotent, kept, own_store, store,
};
#[cfg(all(feature = "idempotency", feature = "http"))]
pub(crate) use json::Json;
#[cfg(feature = "idempotency")]
pub(crate) use ledger::{Done, Ledger};
#[cfg(feature = "idempotency")]
pub(crate) use refused::Refused;

use crate::Error;
#[cfg(any(feature = "_records", feature = "idempotency"))]
use crate::handler::Limit;
use crate::handler::{Answer, BoxFuture, Call};

/// A call of the handler's.
type Run<'a> = BoxFuture<'a, Result<Answer, Error>>;

/// What an event's work is known by.
#[cfg(feature = "_records")]
pub(crate) struct Known<'a> {
    /// The JSON that its key is looked up in.
    pub(crate) raw: &'a [u8],
    /// Which of the function's events it is the same work with where the key is the same; empty: with any.
    pub(crate) scope: &'a str,
}

#[cfg(feature = "_records")]
impl<'a> From<&'a [u8]> for Known<'a> {
    fn from(raw: &'a [u8]) -> Self {
        Self { raw, scope: "" }
    }
}

/// Has the handler's call for an event run, once for the key where its function says so. `raw` is the
/// JSON that the key is looked up in.
pub(crate) async fn once(call: &Call, raw: &[u8], run: Run<'_>) -> Result<Answer, Error> {
    #[cfg(feature = "idempotency")]
    if let Some(ledger) = call.ledger() {
        let document = Document::event(raw);
        let done = within(ledger, call, document, Limit::default(), always(run));
        return done.await.map_err(Error::from);
    }
    let _ = (call, raw);
    run.await
}

/// The same for a whole batch. An answer that says that some of it failed is not kept: they come again,
/// and are to be worked on.
#[cfg(any(feature = "sqs", feature = "_shards"))]
pub(crate) async fn once_for_batch(call: &Call, raw: &[u8], run: Run<'_>) -> Result<Answer, Error> {
    #[cfg(feature = "idempotency")]
    if let Some(ledger) = call.ledger() {
        let work = async move {
            let answer = run.await?;
            let failed = crate::source::batch::names_failures(&answer);
            Ok(if failed { Done::passing(answer) } else { Done::kept(answer) })
        };
        let done = within(ledger, call, Document::event(raw), Limit::default(), work);
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
    if let Some(ledger) = call.ledger() {
        let document = Document::event(known.raw).within(known.scope);
        return match within(ledger, call, document, limit, always(run)).await {
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

/// On the heap, so that calls of other functions are no larger for it.
#[cfg(feature = "idempotency")]
fn within<'a>(
    ledger: &'a Ledger,
    call: &'a Call,
    document: Document,
    limit: Limit,
    work: impl Future<Output = Result<Done, Error>> + Send + 'a,
) -> BoxFuture<'a, Result<Answer, Refused>> {
    Box::pin(async move { ledger.run(&document, call.context(), limit, work).await })
}
