//! [`IdempotencyStore`]: decides whether the work of an event has to be done, and stores the response. Takes
//! the key of the event and the work, and returns the response of this run or of an earlier run.
// See decision 0050, decision 0053 and decision 0056.

#[cfg(feature = "http")]
use std::any::Any;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::Client;

use super::attempts::{RequestFailure, retry};
use super::document::Document;
use super::hash::hash_values;
use super::json::ExactJson;
use super::record::{ExistingRecord, NewRecord, RecordStatus, epoch_seconds};
use super::table::{AcquireOutcome, Table, table_client};
use crate::aws::connection::{SdkConnection, SharedClients};
#[cfg(feature = "http")]
use crate::invocation::Call;
use crate::invocation::idempotency::{IdempotencyError, KeySource, RunOnce, WorkResult};
use crate::invocation::process::require_variable;
use crate::invocation::{BoxFuture, FunctionResponse, TimeLimit, catch_failure};
use crate::observability::log;
use crate::registry::{FunctionEntry, IdempotencyEntry, JsonPath};
use crate::{Context, Error, messages};

/// The largest item of DynamoDB, names and values together: "Item size" of "Quotas in Amazon DynamoDB".
const MAX_ITEM_BYTES: usize = 400 * 1024;

/// The time before the deadline that the store does not use: a host stops an invocation 20 ms before its
/// deadline.
const HOST_MARGIN: Duration = Duration::from_millis(30);

/// The bytes of an item that are kept for everything except the response: the names of the attributes and the
/// other values, with a margin.
const MAX_METADATA_BYTES: usize = 4_096;

/// The idempotency store of a function.
pub(crate) struct IdempotencyStore {
    /// The logical id of the function.
    function: &'static str,
    /// The registry entry of the function's idempotency.
    of: &'static IdempotencyEntry,
    table: Table,
}

/// The record of one event, which a run acquires before the work and holds until the work is done.
struct Lease<'a> {
    store: &'a IdempotencyStore,
    context: &'a Context,
    /// The value of the table's key attribute in the record.
    id: String,
    /// The token that no other run has.
    owner: String,
    /// The hash of the values at the paths of `check`; `None` if the function has no `check`.
    payload: Option<String>,
}

impl IdempotencyStore {
    /// Opens the idempotency store of a function; `None` if the function is not idempotent. Opening sends no
    /// request to the table.
    pub(crate) fn open(function: &'static FunctionEntry) -> Result<Option<Self>, Error> {
        let Some(of) = &function.idempotent else { return Ok(None) };
        let open = || -> Result<Table, Error> {
            static CLIENTS: SharedClients<Client> = SharedClients::new();
            let name = require_variable(of.store.variable)?;
            let client = CLIENTS.get_for(&name, table_client)?;
            let named = SdkConnection { client, name: name.into() };
            Ok(Table { named, store: &of.store })
        };
        let table = open().map_err(|error| {
            error.with_context(messages::idempotency::cannot_open_table(
                function.handler,
                of.store.id,
            ))
        })?;
        Ok(Some(Self::new(function.id, of, table)))
    }

    pub(super) fn new(function: &'static str, of: &'static IdempotencyEntry, table: Table) -> Self {
        Self { function, of, table }
    }

    /// Converts the store to the form in which the function's connections hold it.
    pub(super) fn shared(self) -> Arc<dyn RunOnce> {
        Arc::new(self)
    }

    /// Returns the idempotency store of the function that is called; `None` if the function is not idempotent.
    #[cfg(feature = "http")]
    pub(crate) fn for_call(call: &Call) -> Option<&Self> {
        let keeper: &dyn Any = call.idempotency()?;
        keeper.downcast_ref()
    }

    /// Runs the work of an event, or returns the response of the run that did the work. Drops work that is not
    /// done at the limit; removing its record then takes some of the time after the limit.
    pub(crate) async fn run(
        &self,
        document: &Document,
        context: &Context,
        limit: TimeLimit,
        work: impl Future<Output = Result<WorkResult, Error>>,
    ) -> Result<FunctionResponse, IdempotencyError> {
        let lease = Lease::new(self, document, context)?;
        let before = match limit.run(lease.acquire()).await {
            Ok(Ok(before)) => before,
            Ok(Err(AcquireFailure::Refused(refused))) => return Err(refused),
            // The record may have been written all the same.
            Ok(Err(AcquireFailure::Unknown(error))) | Err(error) => {
                lease.finish(None).await;
                return Err(IdempotencyError::Table(error));
            }
        };
        if let Some(response) = before {
            return Ok(response.into());
        }
        let done = catch_failure(async { limit.run(work).await? }).await;
        let kept = match &done {
            Ok(WorkResult { response: FunctionResponse::Buffered(response), store: true }) => {
                Some(response.as_slice())
            }
            // A streamed response cannot be stored, and the macro rejects it.
            Ok(_) | Err(_) => None,
        };
        lease.finish(kept).await;
        done.map(|done| done.response).map_err(IdempotencyError::Failed)
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
        // On the heap, so that the calls of other functions are no larger.
        Box::pin(async move {
            let document = Document::event(source.json).with_scope(source.scope);
            self.run(&document, context, limit, work).await
        })
    }
}

impl<'a> Lease<'a> {
    /// Computes the key of the record for an event, or returns an error if the event has no key.
    fn new(
        store: &'a IdempotencyStore,
        document: &Document,
        context: &'a Context,
    ) -> Result<Self, IdempotencyError> {
        let IdempotencyStore { function, of, .. } = store;
        // The function's name distinguishes two stacks that share a table. The id distinguishes functions on
        // a host with one name for all. And one tenant must not get the response of another.
        let (name, key) = (context.function_name(), key_hash(of.key, document)?);
        let id = match context.tenant_id() {
            Some(tenant) => format!("{name}/{function}/{tenant}#{key}"),
            None => format!("{name}/{function}#{key}"),
        };
        let payload = (!of.check.is_empty()).then(|| payload_hash(of.check, document));
        Ok(Self { store, context, id, owner: owner_token(context.request_id()), payload })
    }

    /// Acquires the record, so that this run does the work, and returns `None`. Returns the stored response if
    /// an earlier run did the work, and an error if the work may not be done now.
    async fn acquire(&self) -> Result<Option<Vec<u8>>, AcquireFailure> {
        let Self { store: IdempotencyStore { of, table, .. }, context, id, owner, payload } = self;
        let until = context.deadline();
        let begun = NewRecord {
            id,
            owner,
            until,
            // Not before the deadline: until then, the record says that a run is in progress.
            expires: epoch_seconds(until) + u64::from(of.ttl),
            payload: payload.as_deref(),
        };
        // The other half of the time is for the work.
        let within = context.remaining() / 2;
        let found = match retry(within, || table.acquire(&begun)).await? {
            AcquireOutcome::Acquired => return Ok(None),
            // There is a record, and AWS does not say which: assume a run in progress.
            AcquireOutcome::Held(None) => return Err(IdempotencyError::InProgress.into()),
            AcquireOutcome::Held(Some(item)) => {
                ExistingRecord::read(item).ok_or_else(|| invalid_record(table))?
            }
        };
        // The first response of AWS was lost, and the request was sent again.
        if found.owner == *owner {
            return Ok(None);
        }
        if payload.is_some() && found.payload.is_some() && found.payload != *payload {
            let paths = of.check.iter().map(|path| path.text).collect();
            return Err(IdempotencyError::PayloadMismatch(paths).into());
        }
        match found.status {
            RecordStatus::InProgress => Err(IdempotencyError::InProgress.into()),
            RecordStatus::Completed(Some(response)) => Ok(Some(response)),
            RecordStatus::Completed(None) => Err(IdempotencyError::ResponseNotStored.into()),
        }
    }

    /// Stores the response of the run, or removes the record if `response` is `None`. The work is done in
    /// either case, so an error of the table is logged and does not fail the invocation. This future must not
    /// be dropped before its end; it ends in time by itself.
    async fn finish(self, response: Option<&[u8]>) {
        let within = finish_timeout(self.context.remaining(), self.context.deadline_margin());
        let done = match response {
            Some(response) => self.complete(response, within).await,
            None => {
                let Self { store: IdempotencyStore { table, .. }, id, owner, .. } = &self;
                retry(within, || table.release(id, owner)).await
            }
        };
        if let Err(RequestFailure { error, .. }) = done {
            let (request, left) = (self.context.request_id(), self.context.remaining().as_millis());
            log::error(messages::idempotency::record_stays(request, &self.id, left, &error));
        }
    }

    /// Stores the response in the record, or marks the record as completed without a response if it is too
    /// large. The requests may take the time `within`.
    async fn complete(&self, response: &[u8], within: Duration) -> Result<(), RequestFailure> {
        let Self { store: IdempotencyStore { of, table, .. }, context, id, owner, .. } = self;
        let request = context.request_id();
        let kept = std::str::from_utf8(response).ok();
        let kept = kept.filter(|it| it.len() <= MAX_ITEM_BYTES - MAX_METADATA_BYTES);
        if kept.is_none() {
            let bytes = response.len();
            log::error(messages::idempotency::response_too_large(
                request,
                id,
                bytes,
                MAX_ITEM_BYTES,
            ));
        }
        let expires = epoch_seconds(SystemTime::now()) + u64::from(of.ttl);
        if !retry(within, || table.complete(id, owner, kept, expires)).await? {
            log::error(messages::idempotency::record_taken_over(request, id));
        }
        Ok(())
    }
}

/// The reason why a run did not acquire its record.
enum AcquireFailure {
    /// The event is refused, and the run has written no record.
    Refused(IdempotencyError),
    /// The request to the table failed with this error. The record may have been written all the same.
    Unknown(Error),
}

impl From<IdempotencyError> for AcquireFailure {
    fn from(refused: IdempotencyError) -> Self {
        Self::Refused(refused)
    }
}

impl From<RequestFailure> for AcquireFailure {
    fn from(RequestFailure { error, is_refused }: RequestFailure) -> Self {
        if is_refused {
            Self::Refused(IdempotencyError::Table(error))
        } else {
            Self::Unknown(error)
        }
    }
}

/// Returns how long the requests to the table may take after the work, if `remaining` is left until the deadline. A
/// part of the function's deadline margin is for reporting the response, perhaps of a whole batch: half of the margin
/// `margin`, or half of what is left if that is less.
fn finish_timeout(remaining: Duration, margin: Duration) -> Duration {
    let kept = (margin / 2).min(remaining / 2).max(HOST_MARGIN);
    remaining.saturating_sub(kept)
}

/// Returns the hash of an event's key, or an error if the event has no value at one of the key's paths.
fn key_hash(paths: &'static [JsonPath], document: &Document) -> Result<String, IdempotencyError> {
    let mut places = Vec::with_capacity(paths.len());
    for path in paths {
        places.push((path, document.get_key(path).ok_or(IdempotencyError::MissingKey(path.text))?));
    }
    Ok(hash_values(document.scope(), places))
}

/// Returns the hash of an event's values at the paths of `check`. A missing value counts as null.
fn payload_hash(paths: &'static [JsonPath], document: &Document) -> String {
    let null = ExactJson::Literal("null".into());
    hash_values("", paths.iter().map(|path| (path, document.get(path).unwrap_or(&null))))
}

/// Makes a token that no other run has. The request id alone is not enough: a retry has the same request id,
/// and all records of a batch have the same request id.
fn owner_token(request_id: &str) -> String {
    let random = |n: u8| RandomState::new().hash_one(n);
    format!("{request_id}/{:016x}{:016x}", random(0), random(1))
}

/// Makes the error of an item that is not a record.
fn invalid_record(table: &Table) -> IdempotencyError {
    IdempotencyError::Table(messages::idempotency::invalid_record(table.store.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storing_a_response_ends_before_the_host_stops_the_invocation() {
        let (stopped, margin) = (Duration::from_millis(20), Duration::from_millis(500));
        for remaining in (30..5_000).map(Duration::from_millis) {
            for margin in [Duration::ZERO, margin, Duration::from_secs(20)] {
                let longest = finish_timeout(remaining, margin);
                assert!(longest + stopped < remaining, "{longest:?} of {remaining:?}");
            }
        }
        assert_eq!(finish_timeout(Duration::from_millis(10), margin), Duration::ZERO);
        assert_eq!(finish_timeout(Duration::from_secs(9), margin), Duration::from_millis(8_750));
    }
}
