//! The registry entry of an idempotent function, made by functions that the expansion of the macro calls.

use crate::messages;
use crate::registry::{IdempotencyEntry, IdempotencyTable, JsonPath};
use crate::resource::table::Table;

/// Makes the registry entry of an idempotent function. `key` and `check` are the paths of the attribute, and
/// `ttl` is how long a response is stored, in seconds.
#[must_use]
pub const fn idempotency_entry(
    key: &'static [JsonPath],
    check: &'static [JsonPath],
    ttl: u32,
    store: IdempotencyTable,
) -> IdempotencyEntry {
    IdempotencyEntry { key, check, ttl, store }
}

/// Describes a table that the application declares, and that stores the records of an idempotent function.
///
/// # Panics
///
/// Panics if the table's items do not expire, which the build step reports first. The call is evaluated in a
/// constant, where a panic is the only way to report an error. The panic is a message of the compiler, and never
/// happens at run time.
#[must_use]
pub const fn declared_table<R: Table>() -> IdempotencyTable {
    let Some(ttl) = R::TTL else {
        panic!("{}", messages::compile::table_without_ttl());
    };
    IdempotencyTable { id: R::ID, variable: R::VARIABLE, key: R::KEY.name, ttl }
}

/// Describes the table that the build step adds for the records of an idempotent function, if the user names no
/// table.
#[must_use]
pub const fn own_table(
    id: &'static str,
    variable: &'static str,
    key: &'static str,
    ttl: &'static str,
) -> IdempotencyTable {
    IdempotencyTable { id, variable, key, ttl }
}

/// Checks that the response of an idempotent function can be stored; `is_streamed` says whether the function
/// streams it.
///
/// # Panics
///
/// Panics if `is_streamed` is true. The call is evaluated in a constant, so that the panic is a message of the
/// compiler.
#[track_caller]
pub const fn check_response_is_stored(is_streamed: bool) {
    assert!(!is_streamed, "{}", messages::compile::streamed_response_not_stored());
}
