//! Idempotency: `idempotent(key = "$.id")`. Takes an event and the handler's call for the event. The response
//! of the first run is stored in a table, and returned for later events with the same key.
//!
//! | the record that a run finds | what the run does |
//! | --- | --- |
//! | no record, or a record that has expired | it calls the handler |
//! | a record in progress, and the run that holds it is past its deadline | it calls the handler |
//! | a record in progress | it fails with `IdempotencyInProgress`, and the event can be tried again |
//! | a completed record | it returns the response of the first run, byte for byte |
//! | a record of an event with other values at the paths of `check` | it fails with `IdempotencyPayloadMismatch` |
//!
//! A run that fails or panics removes its record. Every change of a record is conditional on the token of the
//! run that made it, so that a late run does not change the record of its successor.

#[cfg(feature = "idempotency")]
mod attempts;
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
pub use registration::{check_response_is_stored, declared_table, idempotency_entry, own_table};
#[cfg(feature = "idempotency")]
pub(crate) use store::IdempotencyStore;

use crate::Error;
use crate::invocation::Capabilities;
use crate::registry::FunctionEntry;

/// Opens the idempotency store of a function, and adds it to the function's connections. Returns the
/// connections unchanged if the function is not idempotent.
#[cfg(feature = "idempotency")]
pub(crate) fn open(
    capabilities: Capabilities,
    function: &'static FunctionEntry,
) -> Result<Capabilities, Error> {
    Ok(capabilities
        .with_idempotency(IdempotencyStore::open(function)?.map(IdempotencyStore::shared)))
}

/// Returns the connections of a function unchanged: without the feature `idempotency`, no function is idempotent.
#[cfg(not(feature = "idempotency"))]
#[expect(clippy::unnecessary_wraps, reason = "it may fail with the feature")]
pub(crate) fn open(
    capabilities: Capabilities,
    _: &'static FunctionEntry,
) -> Result<Capabilities, Error> {
    Ok(capabilities)
}
