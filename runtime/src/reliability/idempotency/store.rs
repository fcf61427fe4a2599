//! [`IdempotencyStore`]: decides for an event whether its work is to be done, and keeps what came of it. It takes
//! the event's key and the work, and gives the answer, of this run or of the one before.

#[cfg(feature = "http")]
use std::any::Any;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::timeout;

use super::document::Document;
use super::hash::hash_values;
use super::json::ExactJson;
use super::record::{ExistingRecord, NewRecord, RecordStatus, seconds};
use super::table::{AcquireOutcome, Table};
use crate::aws::connection::SdkConnection;
use crate::aws::dynamodb::dynamodb_client;
#[cfg(feature = "http")]
use crate::invocation::Call;
use crate::invocation::idempotency::{IdempotencyError, KeySource, RunOnce, WorkResult};
use crate::invocation::process::require_variable;
use crate::invocation::{BoxFuture, FunctionResponse, TimeLimit, catch_panic};
use crate::observability::log;
use crate::registry::{FunctionEntry, IdempotencyEntry, JsonPath};
use crate::{Context, Error, messages};

/// "Item size" of "Quotas in Amazon DynamoDB": names and values together.
const MAX_ITEM_BYTES: usize = 400 * 1024;

/// The longest that keeping an answer, or making way, may take: the work is done, and nobody is to wait
/// long for a table that does not answer.
const MAX_FINISH_TIME: Duration = Duration::from_secs(1);

/// Left alone before the deadline: a host stops an invocation 20 ms before it.
const HOST_MARGIN: Duration = Duration::from_millis(30);

/// What of an item is not the answer: names and the other values, generously.
const MAX_METADATA_BYTES: usize = 4_096;

/// What a function does once.
pub(crate) struct IdempotencyStore {
    /// The logical id of the function.
    function: &'static str,
    of: &'static IdempotencyEntry,
    table: Table,
}

/// The record of a run, which it holds until its work is done.
struct Lease<'a> {
    store: &'a IdempotencyStore,
    context: &'a Context,
    id: String,
    owner: String,
    /// What stands for what is checked.
    payload: Option<String>,
}

impl IdempotencyStore {
    /// That of a function, where it does something once. The table itself is not asked yet.
    pub(crate) fn open(function: &'static FunctionEntry) -> Result<Option<Self>, Error> {
        let Some(of) = &function.idempotent else { return Ok(None) };
        let open = || -> Result<Table, Error> {
            let name = require_variable(of.store.variable)?;
            let named = SdkConnection { client: dynamodb_client()?, name: name.into() };
            Ok(Table { named, store: &of.store })
        };
        let table = open().map_err(|error| {
            error.with_context(messages::idempotency::table(function.handler, of.store.id))
        })?;
        Ok(Some(Self::new(function.id, of, table)))
    }

    pub(super) fn new(function: &'static str, of: &'static IdempotencyEntry, table: Table) -> Self {
        Self { function, of, table }
    }

    /// For the capabilities of its function.
    pub(super) fn shared(self) -> Arc<dyn RunOnce> {
        Arc::new(self)
    }

    /// That of the function that is called.
    #[cfg(feature = "http")]
    pub(crate) fn for_call(call: &Call) -> Option<&Self> {
        let keeper: &dyn Any = call.idempotency()?;
        keeper.downcast_ref()
    }

    /// Does the work, or gives the answer of the run that did. What is not over at the limit is dropped;
    /// to make way for the next run then takes some of the time that the limit leaves.
    pub(crate) async fn run(
        &self,
        document: &Document,
        context: &Context,
        limit: TimeLimit,
        work: impl Future<Output = Result<WorkResult, Error>>,
    ) -> Result<FunctionResponse, IdempotencyError> {
        let lease = Lease::new(self, document, context)?;
        let before = match limit.run(lease.acquire()).await {
            Ok(before) => before?,
            // It may have been written all the same.
            Err(late) => {
                lease.finish(None).await;
                return Err(IdempotencyError::Table(late));
            }
        };
        if let Some(answer) = before {
            return Ok(answer.into());
        }
        let done = catch_panic(limit.run(work)).await.flatten().flatten();
        let kept = match &done {
            Ok(WorkResult { answer: FunctionResponse::Buffered(answer), store: true }) => {
                Some(answer.as_slice())
            }
            // What is streamed cannot be kept, and the macro refuses it.
            Ok(_) | Err(_) => None,
        };
        lease.finish(kept).await;
        done.map(|done| done.answer).map_err(IdempotencyError::Failed)
    }
}

impl RunOnce for IdempotencyStore {
    fn run<'a>(
        &'a self,
        source: KeySource<'a>,
        context: &'a Context,
        limit: TimeLimit,
        work: BoxFuture<'a, Result<WorkResult, Error>>,
    ) -> BoxFuture<'a, Result<FunctionResponse, IdempotencyError>> {
        // On the heap, so that calls of other functions are no larger for it.
        Box::pin(async move {
            let document = Document::event(source.json).with_scope(source.scope);
            self.run(&document, context, limit, work).await
        })
    }
}

impl<'a> Lease<'a> {
    fn new(
        store: &'a IdempotencyStore,
        document: &Document,
        context: &'a Context,
    ) -> Result<Self, IdempotencyError> {
        let IdempotencyStore { function, of, .. } = store;
        // The name alone tells two stacks apart that share a table; the id two functions where a host
        // has one name for all. And no tenant may have another's answer.
        let (name, key) = (context.function_name(), key_hash(of.key, document)?);
        let id = match context.tenant_id() {
            Some(tenant) => format!("{name}/{function}/{tenant}#{key}"),
            None => format!("{name}/{function}#{key}"),
        };
        let payload = (!of.check.is_empty()).then(|| payload_hash(of.check, document));
        Ok(Self { store, context, id, owner: owner_token(context.request_id()), payload })
    }

    /// Takes the record, so that the work is this run's; or gives the answer of the run that did it.
    async fn acquire(&self) -> Result<Option<Vec<u8>>, IdempotencyError> {
        let Self { store: IdempotencyStore { of, table, .. }, context, id, owner, payload } = self;
        let until = context.deadline();
        let begun = NewRecord {
            id,
            owner,
            until,
            // Not before the deadline: until then the record says that somebody is at it.
            expires: seconds(until) + u64::from(of.ttl),
            payload: payload.as_deref(),
        };
        let found = match table.acquire(&begun).await.map_err(IdempotencyError::Table)? {
            AcquireOutcome::Acquired => return Ok(None),
            // It was there, and AWS does not say what: somebody is at it, for all that is known.
            AcquireOutcome::Held(None) => return Err(IdempotencyError::InProgress),
            AcquireOutcome::Held(Some(item)) => {
                ExistingRecord::read(item).ok_or_else(|| invalid_record(table))?
            }
        };
        // The first answer of AWS was lost on its way, and the SDK asked again.
        if found.owner == *owner {
            return Ok(None);
        }
        if payload.is_some() && found.payload.is_some() && found.payload != *payload {
            return Err(IdempotencyError::PayloadMismatch(
                of.check.iter().map(|path| path.text).collect(),
            ));
        }
        match found.status {
            RecordStatus::InProgress => Err(IdempotencyError::InProgress),
            RecordStatus::Completed(Some(answer)) => Ok(Some(answer)),
            RecordStatus::Completed(None) => Err(IdempotencyError::ResponseNotStored),
        }
    }

    /// Keeps the answer, or, where there is none, makes way for the next run. The work is done either
    /// way: what goes wrong here is logged, and no reason to fail. So nobody may drop this half way;
    /// it ends early enough by itself.
    async fn finish(self, answer: Option<&[u8]>) {
        let done = timeout(finish_timeout(self.context.remaining()), async {
            match answer {
                Some(answer) => self.complete(answer).await,
                None => self.store.table.release(&self.id, &self.owner).await,
            }
        });
        let timed_out = |_| messages::idempotency::table_timed_out();
        if let Err(error) = done.await.map_err(timed_out).flatten() {
            let (request, left) = (self.context.request_id(), self.context.remaining().as_millis());
            log::error(messages::idempotency::record_stays(request, &self.id, left, &error));
        }
    }

    async fn complete(&self, answer: &[u8]) -> Result<(), Error> {
        let Self { store: IdempotencyStore { of, table, .. }, context, id, owner, .. } = self;
        let request = context.request_id();
        let kept = std::str::from_utf8(answer).ok();
        let kept = kept.filter(|it| it.len() <= MAX_ITEM_BYTES - MAX_METADATA_BYTES);
        if kept.is_none() {
            let bytes = answer.len();
            log::error(messages::idempotency::response_too_large(
                request,
                id,
                bytes,
                MAX_ITEM_BYTES,
            ));
        }
        let expires = seconds(SystemTime::now()) + u64::from(of.ttl);
        if !table.complete(id, owner, kept, expires).await? {
            log::error(messages::idempotency::record_taken_over(request, id));
        }
        Ok(())
    }
}

/// How long the table has once the work is done, where so much is left. Half of it: the other half is for
/// whoever reports the answer, of a whole batch perhaps.
fn finish_timeout(remaining: Duration) -> Duration {
    MAX_FINISH_TIME.min(remaining.saturating_sub(HOST_MARGIN) / 2)
}

/// What stands for the key of an event.
fn key_hash(paths: &'static [JsonPath], document: &Document) -> Result<String, IdempotencyError> {
    let mut places = Vec::with_capacity(paths.len());
    for path in paths {
        places.push((path, document.get_key(path).ok_or(IdempotencyError::MissingKey(path.text))?));
    }
    Ok(hash_values(document.scope(), places))
}

/// What stands for what is checked of an event. What is not there is null.
fn payload_hash(paths: &'static [JsonPath], document: &Document) -> String {
    let null = ExactJson::Literal("null".into());
    hash_values("", paths.iter().map(|path| (path, document.get(path).unwrap_or(&null))))
}

/// What no other run has: a retry has the request's id as well, and a batch has it for each record.
fn owner_token(request_id: &str) -> String {
    let random = |n: u8| RandomState::new().hash_one(n);
    format!("{request_id}/{:016x}{:016x}", random(0), random(1))
}

fn invalid_record(table: &Table) -> IdempotencyError {
    IdempotencyError::Table(messages::idempotency::invalid_record(table.store.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_or_given_up_before_anybody_stops_the_invocation() {
        let stopped = Duration::from_millis(20);
        for remaining in (30..5_000).map(Duration::from_millis) {
            let longest = finish_timeout(remaining);
            assert!(longest <= Duration::from_secs(1));
            assert!(longest + stopped < remaining, "{longest:?} of {remaining:?}");
        }
        assert_eq!(finish_timeout(Duration::from_millis(10)), Duration::ZERO);
        assert_eq!(finish_timeout(Duration::from_secs(9)), Duration::from_secs(1));
    }
}
