//! Work that is done once for a key, as those see it who call a handler: what an event is known by, what
//! came of its work, and why it was refused. [`RunOnce`] is what keeps it; the room `idempotency` implements
//! it.

#[cfg(feature = "idempotency")]
use std::any::Any;

#[cfg(feature = "idempotency")]
use super::{context::Context, future::BoxFuture, limit::TimeLimit, response::FunctionResponse};
#[cfg(feature = "idempotency")]
use crate::{Error, messages};

/// What an event's work is known by.
pub(crate) struct KeySource<'a> {
    /// The JSON that its key is looked up in.
    pub(crate) json: &'a [u8],
    /// Which of the function's events it is the same work with where the key is the same; empty: with any.
    pub(crate) scope: &'a str,
}

impl<'a> From<&'a [u8]> for KeySource<'a> {
    fn from(json: &'a [u8]) -> Self {
        Self { json, scope: "" }
    }
}

/// What keeps the work of a function that does it once for a key.
#[cfg(feature = "idempotency")]
pub(crate) trait RunOnce: Any + Send + Sync {
    /// Has the work of an event done, or gives the answer of the run that did it. What is not over at the
    /// limit is dropped.
    fn run<'a>(
        &'a self,
        source: KeySource<'a>,
        context: &'a Context,
        limit: TimeLimit,
        work: BoxFuture<'a, Result<WorkResult, Error>>,
    ) -> BoxFuture<'a, Result<FunctionResponse, IdempotencyError>>;
}

/// What came of the work.
#[cfg(feature = "idempotency")]
pub(crate) struct WorkResult {
    pub(crate) answer: FunctionResponse,
    /// Whether it is kept for whoever comes with the same key.
    pub(crate) store: bool,
}

#[cfg(feature = "idempotency")]
impl WorkResult {
    /// An answer for whoever comes with the same key.
    pub(crate) fn stored(answer: FunctionResponse) -> Self {
        Self { answer, store: true }
    }

    /// An answer that says that the work, or a part of it, is to be done again.
    #[cfg(any(feature = "http", feature = "_partial_batches"))]
    pub(crate) fn not_stored(answer: FunctionResponse) -> Self {
        Self { answer, store: false }
    }
}

#[cfg(feature = "idempotency")]
/// Why an event is not handled.
#[derive(Debug)]
pub(crate) enum IdempotencyError {
    /// The event has no key.
    MissingKey(&'static str),
    /// Another run with the key is at it.
    InProgress,
    /// The key came with something else before; these are the paths of what is checked.
    PayloadMismatch(Vec<&'static str>),
    /// The work was done, and its answer was too large to be kept.
    ResponseNotStored,
    /// The table could not be asked, or holds what is no record.
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
