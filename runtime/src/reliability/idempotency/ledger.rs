//! [`Ledger`]: decides for an event whether its work is to be done, and keeps what came of it. It takes
//! the event's key and the work, and gives the answer, of this run or of the one before.

#[cfg(feature = "http")]
use std::any::Any;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::timeout;

use super::document::Document;
use super::hash::hash;
use super::json::Json;
use super::record::{Begun, Found, Status, seconds};
use super::table::{Table, Taken};
use crate::aws::connection::SdkConnection;
use crate::aws::dynamodb::dynamodb_client;
#[cfg(feature = "http")]
use crate::invocation::Call;
use crate::invocation::once::{Done, Known, Once, Refused};
use crate::invocation::process::variable;
use crate::invocation::{Answer, BoxFuture, Limit, caught};
use crate::observability::log;
use crate::registry::{Function, Idempotent, JsonPath};
use crate::{Context, Error, messages};

/// "Item size" of "Quotas in Amazon DynamoDB": names and values together.
const LARGEST_ITEM: usize = 400 * 1024;

/// The longest that keeping an answer, or making way, may take: the work is done, and nobody is to wait
/// long for a table that does not answer.
const LONGEST: Duration = Duration::from_secs(1);

/// Left alone before the deadline: a host stops an invocation 20 ms before it.
const STOPPED: Duration = Duration::from_millis(30);

/// What of an item is not the answer: names and the other values, generously.
const BESIDE_ANSWER: usize = 4_096;

/// What a function does once.
pub(crate) struct Ledger {
    /// The logical id of the function.
    function: &'static str,
    of: &'static Idempotent,
    table: Table,
}

/// The record of a run, which it holds until its work is done.
struct Lease<'a> {
    ledger: &'a Ledger,
    context: &'a Context,
    id: String,
    owner: String,
    /// What stands for what is checked.
    payload: Option<String>,
}

impl Ledger {
    /// That of a function, where it does something once. The table itself is not asked yet.
    pub(crate) fn open(function: &'static Function) -> Result<Option<Self>, Error> {
        let Some(of) = &function.idempotent else { return Ok(None) };
        let open = || -> Result<Table, Error> {
            let name = variable(of.store.variable)?;
            let named = SdkConnection { client: dynamodb_client()?, name: name.into() };
            Ok(Table { named, store: &of.store })
        };
        let table = open().map_err(|error| {
            error.at(messages::idempotency::table(function.handler, of.store.id))
        })?;
        Ok(Some(Self::over(function.id, of, table)))
    }

    pub(super) fn over(function: &'static str, of: &'static Idempotent, table: Table) -> Self {
        Self { function, of, table }
    }

    /// For the capabilities of its function.
    pub(super) fn shared(self) -> Arc<dyn Once> {
        Arc::new(self)
    }

    /// That of the function that is called.
    #[cfg(feature = "http")]
    pub(crate) fn of(call: &Call) -> Option<&Self> {
        let keeper: &dyn Any = call.once()?;
        keeper.downcast_ref()
    }

    /// Does the work, or gives the answer of the run that did. What is not over at the limit is dropped;
    /// to make way for the next run then takes some of the time that the limit leaves.
    pub(crate) async fn run(
        &self,
        document: &Document,
        context: &Context,
        limit: Limit,
        work: impl Future<Output = Result<Done, Error>>,
    ) -> Result<Answer, Refused> {
        let lease = Lease::new(self, document, context)?;
        let before = match limit.hold(lease.take()).await {
            Ok(before) => before?,
            // It may have been written all the same.
            Err(late) => {
                lease.settle(None).await;
                return Err(Refused::Table(late));
            }
        };
        if let Some(answer) = before {
            return Ok(answer.into());
        }
        let done = caught(limit.hold(work)).await.flatten().flatten();
        let kept = match &done {
            Ok(Done { answer: Answer::Whole(answer), keep: true }) => Some(answer.as_slice()),
            // What is streamed cannot be kept, and the macro refuses it.
            Ok(_) | Err(_) => None,
        };
        lease.settle(kept).await;
        done.map(|done| done.answer).map_err(Refused::Failed)
    }
}

impl Once for Ledger {
    fn run<'a>(
        &'a self,
        known: Known<'a>,
        context: &'a Context,
        limit: Limit,
        work: BoxFuture<'a, Result<Done, Error>>,
    ) -> BoxFuture<'a, Result<Answer, Refused>> {
        // On the heap, so that calls of other functions are no larger for it.
        Box::pin(async move {
            let document = Document::event(known.raw).within(known.scope);
            self.run(&document, context, limit, work).await
        })
    }
}

impl<'a> Lease<'a> {
    fn new(ledger: &'a Ledger, document: &Document, context: &'a Context) -> Result<Self, Refused> {
        let Ledger { function, of, .. } = ledger;
        // The name alone tells two stacks apart that share a table; the id two functions where a host
        // has one name for all. And no tenant may have another's answer.
        let (name, key) = (context.function_name(), key(of.key, document)?);
        let id = match context.tenant_id() {
            Some(tenant) => format!("{name}/{function}/{tenant}#{key}"),
            None => format!("{name}/{function}#{key}"),
        };
        let payload = (!of.check.is_empty()).then(|| payload(of.check, document));
        Ok(Self { ledger, context, id, owner: token(context.request_id()), payload })
    }

    /// Takes the record, so that the work is this run's; or gives the answer of the run that did it.
    async fn take(&self) -> Result<Option<Vec<u8>>, Refused> {
        let Self { ledger: Ledger { of, table, .. }, context, id, owner, payload } = self;
        let until = context.deadline();
        let begun = Begun {
            id,
            owner,
            until,
            // Not before the deadline: until then the record says that somebody is at it.
            expires: seconds(until) + u64::from(of.ttl),
            payload: payload.as_deref(),
        };
        let found = match table.take(&begun).await.map_err(Refused::Table)? {
            Taken::Ours => return Ok(None),
            // It was there, and AWS does not say what: somebody is at it, for all that is known.
            Taken::Theirs(None) => return Err(Refused::InProgress),
            Taken::Theirs(Some(item)) => Found::read(item).ok_or_else(|| no_record(table))?,
        };
        // The first answer of AWS was lost on its way, and the SDK asked again.
        if found.owner == *owner {
            return Ok(None);
        }
        if payload.is_some() && found.payload.is_some() && found.payload != *payload {
            return Err(Refused::Mismatch(of.check.iter().map(|path| path.text).collect()));
        }
        match found.status {
            Status::InProgress => Err(Refused::InProgress),
            Status::Completed(Some(answer)) => Ok(Some(answer)),
            Status::Completed(None) => Err(Refused::NotKept),
        }
    }

    /// Keeps the answer, or, where there is none, makes way for the next run. The work is done either
    /// way: what goes wrong here is logged, and no reason to fail. So nobody may drop this half way;
    /// it ends early enough by itself.
    async fn settle(self, answer: Option<&[u8]>) {
        let done = timeout(longest(self.context.remaining()), async {
            match answer {
                Some(answer) => self.complete(answer).await,
                None => self.ledger.table.release(&self.id, &self.owner).await,
            }
        });
        let timed_out = |_| messages::idempotency::table_timed_out();
        if let Err(error) = done.await.map_err(timed_out).flatten() {
            let (request, left) = (self.context.request_id(), self.context.remaining().as_millis());
            log::error(messages::idempotency::record_stays(request, &self.id, left, &error));
        }
    }

    async fn complete(&self, answer: &[u8]) -> Result<(), Error> {
        let Self { ledger: Ledger { of, table, .. }, context, id, owner, .. } = self;
        let request = context.request_id();
        let kept = std::str::from_utf8(answer).ok();
        let kept = kept.filter(|it| it.len() <= LARGEST_ITEM - BESIDE_ANSWER);
        if kept.is_none() {
            let bytes = answer.len();
            log::error(messages::idempotency::response_too_large(request, id, bytes, LARGEST_ITEM));
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
fn longest(remaining: Duration) -> Duration {
    LONGEST.min(remaining.saturating_sub(STOPPED) / 2)
}

/// What stands for the key of an event.
fn key(paths: &'static [JsonPath], document: &Document) -> Result<String, Refused> {
    let mut places = Vec::with_capacity(paths.len());
    for path in paths {
        places.push((path, document.key(path).ok_or(Refused::NoKey(path.text))?));
    }
    Ok(hash(document.scope(), places))
}

/// What stands for what is checked of an event. What is not there is null.
fn payload(paths: &'static [JsonPath], document: &Document) -> String {
    let null = Json::Plain("null".into());
    hash("", paths.iter().map(|path| (path, document.at(path).unwrap_or(&null))))
}

/// What no other run has: a retry has the request's id as well, and a batch has it for each record.
fn token(request_id: &str) -> String {
    let random = |n: u8| RandomState::new().hash_one(n);
    format!("{request_id}/{:016x}{:016x}", random(0), random(1))
}

fn no_record(table: &Table) -> Refused {
    Refused::Table(messages::idempotency::invalid_record(table.store.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_or_given_up_before_anybody_stops_the_invocation() {
        let stopped = Duration::from_millis(20);
        for remaining in (30..5_000).map(Duration::from_millis) {
            let longest = longest(remaining);
            assert!(longest <= Duration::from_secs(1));
            assert!(longest + stopped < remaining, "{longest:?} of {remaining:?}");
        }
        assert_eq!(longest(Duration::from_millis(10)), Duration::ZERO);
        assert_eq!(longest(Duration::from_secs(9)), Duration::from_secs(1));
    }
}
