//! Work that is done once for a key, as those see it who call a handler: what an event is known by, what
//! came of its work, and why it was refused. [`Once`] is what keeps it; the room `idempotency` implements
//! it.

#[cfg(feature = "idempotency")]
use std::any::Any;

#[cfg(feature = "idempotency")]
use super::{answer::Answer, context::Context, future::BoxFuture, limit::Limit};
#[cfg(feature = "idempotency")]
use crate::{Error, messages};

/// What an event's work is known by.
pub(crate) struct Known<'a> {
    /// The JSON that its key is looked up in.
    pub(crate) raw: &'a [u8],
    /// Which of the function's events it is the same work with where the key is the same; empty: with any.
    pub(crate) scope: &'a str,
}

impl<'a> From<&'a [u8]> for Known<'a> {
    fn from(raw: &'a [u8]) -> Self {
        Self { raw, scope: "" }
    }
}

/// What keeps the work of a function that does it once for a key.
#[cfg(feature = "idempotency")]
pub(crate) trait Once: Any + Send + Sync {
    /// Has the work of an event done, or gives the answer of the run that did it. What is not over at the
    /// limit is dropped.
    fn run<'a>(
        &'a self,
        known: Known<'a>,
        context: &'a Context,
        limit: Limit,
        work: BoxFuture<'a, Result<Done, Error>>,
    ) -> BoxFuture<'a, Result<Answer, Refused>>;
}

/// What came of the work.
#[cfg(feature = "idempotency")]
pub(crate) struct Done {
    pub(crate) answer: Answer,
    /// Whether it is kept for whoever comes with the same key.
    pub(crate) keep: bool,
}

#[cfg(feature = "idempotency")]
impl Done {
    /// An answer for whoever comes with the same key.
    pub(crate) fn kept(answer: Answer) -> Self {
        Self { answer, keep: true }
    }

    /// An answer that says that the work, or a part of it, is to be done again.
    #[cfg(any(feature = "http", feature = "_partial_batches"))]
    pub(crate) fn passing(answer: Answer) -> Self {
        Self { answer, keep: false }
    }
}

#[cfg(feature = "idempotency")]
/// Why an event is not handled.
#[derive(Debug)]
pub(crate) enum Refused {
    /// The event has no key.
    NoKey(&'static str),
    /// Another run with the key is at it.
    InProgress,
    /// The key came with something else before; these are the paths of what is checked.
    Mismatch(Vec<&'static str>),
    /// The work was done, and its answer was too large to be kept.
    NotKept,
    /// The table could not be asked, or holds what is no record.
    Table(Error),
    /// The work itself failed.
    Failed(Error),
}

#[cfg(feature = "idempotency")]
impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NoKey(path) => messages::idempotency::key_missing(path),
            Refused::InProgress => messages::idempotency::in_progress(),
            Refused::Mismatch(paths) => messages::idempotency::payload_mismatch(&paths),
            Refused::NotKept => messages::idempotency::response_not_stored(),
            Refused::Table(error) | Refused::Failed(error) => error,
        }
    }
}
