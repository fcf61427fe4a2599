//! The registry entry of an idempotent function, as the macro makes it.

use crate::messages;
use crate::registry::{IdempotencyEntry, IdempotencyTable, JsonPath};
use crate::resource::table::Table;

/// Stands for the feature `idempotency`.
pub enum IdempotencyFeature {}

/// The feature is on.
#[diagnostic::on_unimplemented(
    message = "`idempotent` needs the feature `idempotency` of `skylift`, which is not on",
    label = "needs the feature `idempotency`",
    note = "help: `cargo add skylift --features idempotency`"
)]
pub trait IdempotencyEnabled {}

#[cfg(feature = "idempotency")]
#[diagnostic::do_not_recommend]
impl IdempotencyEnabled for IdempotencyFeature {}

/// Makes the entry of an idempotent function.
#[must_use]
pub const fn idempotency_entry<F: IdempotencyEnabled>(
    key: &'static [JsonPath],
    check: &'static [JsonPath],
    ttl: u32,
    store: IdempotencyTable,
) -> IdempotencyEntry {
    IdempotencyEntry { key, check, ttl, store }
}

/// A table that the application declares.
///
/// # Panics
///
/// If the table's items do not expire, which the build step reports first. The call is evaluated in a
/// constant, where a panic is the only way to report an error: it is a message of the compiler, and never
/// occurs at run time.
#[must_use]
pub const fn declared_table<R: Table>() -> IdempotencyTable {
    let Some(ttl) = R::TTL else {
        panic!("{}", messages::compile::table_without_ttl());
    };
    IdempotencyTable { id: R::ID, variable: R::VARIABLE, key: R::KEY.name, ttl }
}

/// The table that the build step adds for a function.
#[must_use]
pub const fn own_table(
    id: &'static str,
    variable: &'static str,
    key: &'static str,
    ttl: &'static str,
) -> IdempotencyTable {
    IdempotencyTable { id, variable, key, ttl }
}

/// Checks that the response of an idempotent function can be stored.
///
/// # Panics
///
/// If it is streamed. The call is evaluated in a constant, so that the panic is a message of the compiler.
#[track_caller]
pub const fn check_response_is_stored(is_streamed: bool) {
    assert!(!is_streamed, "{}", messages::compile::streamed_response_not_stored());
}
