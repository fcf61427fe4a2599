//! The interface between the callers of a handler and the store of idempotency: where the key of an event is
//! looked up, the result of its work, and why an event is refused. [`RunOnce`] is the store's trait, which
//! the module `reliability::idempotency` implements.

#[cfg(feature = "idempotency")]
use std::any::Any;

#[cfg(feature = "idempotency")]
use super::{
    context::Context, future::BoxFuture, response::FunctionResponse, time_limit::TimeLimit,
};
#[cfg(feature = "idempotency")]
use crate::{Error, messages};

/// Where the key of an event is looked up.
pub(crate) struct KeySource<'a> {
    /// The JSON with the key.
    pub(crate) json: &'a [u8],
    /// Which events of the function share a key: those with the same scope. Empty for a function with one
    /// scope.
    pub(crate) scope: &'a str,
}

impl<'a> From<&'a [u8]> for KeySource<'a> {
    fn from(json: &'a [u8]) -> Self {
        Self { json, scope: "" }
    }
}

/// The store of a function's idempotency.
#[cfg(feature = "idempotency")]
pub(crate) trait RunOnce: Any + Send + Sync {
    /// Runs the work of an event, or returns the response of the run that did it. Work that is not done at
    /// the limit is dropped.
    fn run<'a>(
        &'a self,
        source: KeySource<'a>,
        context: &'a Context,
        limit: TimeLimit,
        work: BoxFuture<'a, Result<WorkResult, Error>>,
    ) -> BoxFuture<'a, Result<FunctionResponse, IdempotencyError>>;
}

/// The result of the work.
#[cfg(feature = "idempotency")]
pub(crate) struct WorkResult {
    pub(crate) response: FunctionResponse,
    /// Whether the response is stored for later events with the same key.
    pub(crate) store: bool,
}

#[cfg(feature = "idempotency")]
impl WorkResult {
    /// A response that is stored.
    pub(crate) fn stored(response: FunctionResponse) -> Self {
        Self { response, store: true }
    }

    /// A response that is not stored: it reports that the work, or a part of it, has to be done again.
    #[cfg(any(feature = "http", feature = "_partial_batches"))]
    pub(crate) fn not_stored(response: FunctionResponse) -> Self {
        Self { response, store: false }
    }
}

#[cfg(feature = "idempotency")]
/// Why an event is refused.
#[derive(Debug)]
pub(crate) enum IdempotencyError {
    /// The event has no value at this path of its key.
    MissingKey(&'static str),
    /// Another run with the same key is in progress.
    InProgress,
    /// The key came with other values before, at one of these paths.
    PayloadMismatch(Vec<&'static str>),
    /// The work was done, and its response was too large to be stored.
    ResponseNotStored,
    /// The table failed, or has an item that is not a record.
    Table(Error),
    /// The work itself failed.
    Failed(Error),
}

#[cfg(feature = "idempotency")]
impl From<IdempotencyError> for Error {
    fn from(refused: IdempotencyError) -> Self {
        match refused {
            IdempotencyError::MissingKey(path) => messages::idempotency::key_missing(path),
            IdempotencyError::InProgress => messages::idempotency::in_progress(),
            IdempotencyError::PayloadMismatch(paths) => {
                messages::idempotency::payload_mismatch(&paths)
            }
            IdempotencyError::ResponseNotStored => messages::idempotency::response_not_stored(),
            IdempotencyError::Table(error) | IdempotencyError::Failed(error) => error,
        }
    }
}
