//! Idempotency: `idempotent(key = "$.id")`. Takes an event and the handler's call for it. The response of the
//! first run is stored in a table, and returned for later events with the same key.
//!
//! | a run finds | it |
//! | --- | --- |
//! | no record, or one that has expired | runs |
//! | one in progress, past the deadline of the run that holds it | runs |
//! | one in progress | fails with `IdempotencyInProgress`, to be tried again |
//! | one that is completed | answers what the first run did, byte for byte |
//! | one of another payload, where that is checked | fails with `IdempotencyPayloadMismatch` |
//!
//! A run that fails or panics removes its record. Every change of a record is conditional on the token of the
//! run that made it, so that a late run does not change the record of its successor.

#[cfg(feature = "idempotency")]
mod document;
#[cfg(feature = "idempotency")]
mod hash;
#[cfg(feature = "idempotency")]
mod json;
#[cfg(feature = "idempotency")]
mod record;
mod registration;
#[cfg(feature = "idempotency")]
mod store;
#[cfg(feature = "idempotency")]
mod table;
#[cfg(all(test, feature = "idempotency"))]
pub(crate) mod testing;
#[cfg(all(test, feature = "idempotency"))]
mod tests;

#[cfg(all(feature = "idempotency", feature = "http"))]
pub(crate) use document::Document;
#[cfg(all(feature = "idempotency", feature = "http"))]
pub(crate) use json::ExactJson;
pub use registration::{
    IdempotencyEnabled, IdempotencyFeature, check_response_is_stored, declared_table,
    idempotency_entry, own_table,
};
#[cfg(feature = "idempotency")]
pub(crate) use store::IdempotencyStore;

use crate::Error;
use crate::invocation::Capabilities;
use crate::registry::FunctionEntry;

/// Adds the function's idempotency store to its capabilities, if it has one.
#[cfg(feature = "idempotency")]
pub(crate) fn open(
    capabilities: Capabilities,
    function: &'static FunctionEntry,
) -> Result<Capabilities, Error> {
    Ok(capabilities
        .with_idempotency(IdempotencyStore::open(function)?.map(IdempotencyStore::shared)))
}

/// Returns the capabilities unchanged: without the feature, no function is idempotent.
#[cfg(not(feature = "idempotency"))]
#[expect(clippy::unnecessary_wraps, reason = "it may fail with the feature")]
pub(crate) fn open(
    capabilities: Capabilities,
    _: &'static FunctionEntry,
) -> Result<Capabilities, Error> {
    Ok(capabilities)
}
