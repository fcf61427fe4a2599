//! The entry of a function that does its work once for a key, as the macro makes it.

use crate::messages;
use crate::registry::{IdempotencyEntry, IdempotencyTable, JsonPath};
use crate::resource::table::Table;

/// The feature `idempotency`.
pub enum IdempotencyFeature {}

/// That the feature is on.
#[diagnostic::on_unimplemented(
    message = "`idempotent` needs the feature `idempotency` of `skylift`, which is not on",
    label = "needs the feature `idempotency`",
    note = "help: `cargo add skylift --features idempotency`"
)]
pub trait IdempotencyEnabled {}

#[cfg(feature = "idempotency")]
#[diagnostic::do_not_recommend]
impl IdempotencyEnabled for IdempotencyFeature {}

/// The entry of a function that does its work once for a key.
#[must_use]
pub const fn idempotency_entry<F: IdempotencyEnabled>(
    key: &'static [JsonPath],
    check: &'static [JsonPath],
    ttl: u32,
    store: IdempotencyTable,
) -> IdempotencyEntry {
    IdempotencyEntry { key, check, ttl, store }
}

/// A declared table.
///
/// # Panics
///
/// Where the table's items do not expire, which the build step would have said; while it is compiled,
/// which makes that a message of the compiler.
#[must_use]
pub const fn declared_table<R: Table>() -> IdempotencyTable {
    let Some(ttl) = R::TTL else {
        panic!("{}", messages::compile::table_without_ttl());
    };
    IdempotencyTable { id: R::ID, variable: R::VARIABLE, key: R::KEY.name, ttl }
}

/// The table of a function's own.
#[must_use]
pub const fn own_table(
    id: &'static str,
    variable: &'static str,
    key: &'static str,
    ttl: &'static str,
) -> IdempotencyTable {
    IdempotencyTable { id, variable, key, ttl }
}

/// Compiles where the answer of what is done once can be kept.
///
/// # Panics
///
/// Where it is streamed; while it is compiled, which makes that a message of the compiler.
#[track_caller]
pub const fn check_response_is_stored(is_streamed: bool) {
    assert!(!is_streamed, "{}", messages::compile::streamed_response_not_stored());
}
