//! The interface between the code that calls a handler and the store of idempotency: the JSON in which the key
//! of an event is looked up, the result of the work for an event, and the reasons why an event is refused.
//! [`RunOnce`] is the trait of the store, which the module `reliability::idempotency` implements.

#[cfg(feature = "idempotency")]
use std::any::Any;

#[cfg(feature = "idempotency")]
use super::{
    context::Context, future::BoxFuture, response::FunctionResponse, time_limit::TimeLimit,
};
#[cfg(feature = "idempotency")]
use crate::{Error, messages};

/// The JSON in which the idempotency key of an event is looked up, and the scope of the key.
pub(crate) struct KeySource<'a> {
    /// The JSON in which the key is looked up.
    pub(crate) json: &'a [u8],
    /// The scope of the key: events with the same key are the same work only within one scope. It is empty if
    /// all events of the function have one scope.
    pub(crate) scope: &'a str,
}

impl<'a> From<&'a [u8]> for KeySource<'a> {
    fn from(json: &'a [u8]) -> Self {
        Self { json, scope: "" }
    }
}

/// The store of a function's idempotency, which runs the work of an event once for each key.
#[cfg(feature = "idempotency")]
pub(crate) trait RunOnce: Any + Send + Sync {
    /// Runs the work of an event, or returns the response of the earlier run that did the work. Drops work that
    /// is not done at the limit.
    fn run<'a>(
        &'a self,
        source: KeySource<'a>,
        context: &'a Context,
        limit: TimeLimit,
        work: BoxFuture<'a, Result<WorkResult, Error>>,
    ) -> BoxFuture<'a, Result<FunctionResponse, IdempotencyError>>;
}

/// The result of the work for one event.
#[cfg(feature = "idempotency")]
pub(crate) struct WorkResult {
    pub(crate) response: FunctionResponse,
    /// Whether the response is stored, to be returned for later events with the same key.
    pub(crate) store: bool,
}

#[cfg(feature = "idempotency")]
impl WorkResult {
    /// Makes a result whose response is stored.
    pub(crate) fn stored(response: FunctionResponse) -> Self {
        Self { response, store: true }
    }

    /// Makes a result whose response is not stored, because the response reports that the work, or a part of
    /// it, has to be done again.
    #[cfg(any(feature = "http", feature = "_partial_batches"))]
    pub(crate) fn not_stored(response: FunctionResponse) -> Self {
        Self { response, store: false }
    }
}

#[cfg(feature = "idempotency")]
/// The reason why an idempotent function does not return a response for an event.
#[derive(Debug)]
pub(crate) enum IdempotencyError {
    /// The event has no value at this path of its key.
    MissingKey(&'static str),
    /// Another run with the same key is in progress.
    InProgress,
    /// An earlier event with the same key had other values at some of these paths.
    PayloadMismatch(Vec<&'static str>),
    /// An earlier run did the work, and its response was too large to be stored.
    ResponseNotStored,
    /// A request to the table failed, or the table has an item under the key that is not a record.
    Table(Error),
    /// The work failed with this error.
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
