//! Why a run did not begin, or has no answer to give.

use crate::Error;

/// Why an event is not handled.
#[derive(Debug)]
pub(crate) enum Refused {
    /// The event has no key.
    NoKey(&'static str),
    /// Another run with the key is at it.
    InProgress,
    /// The key came with something else before.
    Mismatch(String),
    /// The work was done, and its answer was too large to be kept.
    NotKept,
    /// The table could not be asked, or holds what is no record.
    Table(Error),
    /// The work itself failed.
    Failed(Error),
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NoKey(path) => Self::new(
                "MissingIdempotencyKey",
                format!("the event has nothing at `{path}`, which is its key"),
            ),
            Refused::InProgress => Self::new(
                "IdempotencyInProgress",
                "another run with the same key is in progress; help: try again later",
            ),
            Refused::Mismatch(paths) => Self::new(
                "IdempotencyPayloadMismatch",
                format!("the same key came with another payload before: {paths} differs"),
            ),
            Refused::NotKept => Self::new(
                "IdempotentAnswerNotKept",
                "the work for this key was done, and its answer was too large to be kept; help: put \
                 large results in a bucket and answer with the key",
            ),
            Refused::Table(error) | Refused::Failed(error) => error,
        }
    }
}
