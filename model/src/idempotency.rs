//! Idempotency, the key `idempotent(…)` of a function: the function processes each idempotency key once. This
//! module has the settings of the user, the table that Skylift adds if the user names none, and the API calls
//! that the runtime makes.
// See decision 0057.

use serde::Serialize;

use crate::aws::iam::ApiCall;
use crate::aws::limits;
use crate::aws::name::{AttributeName, LogicalId};
use crate::json_path::JsonPath;
use crate::messages::values;
use crate::resource::table::{KeyAttribute, KeyType, Table};

/// The settings of a function that processes each idempotency key once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Idempotency {
    /// The paths to the idempotency key in an event. The values at all paths together are the key.
    pub key: Vec<JsonPath>,
    /// The paths to values that have to be the same in all events with the same idempotency key.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub check: Vec<JsonPath>,
    /// The table that stores the idempotency records, by the identifier of its struct. If the user names none,
    /// it is `None` until [`App::new`](crate::App::new) adds a table for the function.
    pub store: Option<String>,
    /// How long the table keeps the answer of the function.
    pub ttl: IdempotencyTtl,
}

/// How long the table of an idempotent function keeps an answer, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct IdempotencyTtl(u32);

impl IdempotencyTtl {
    /// The default lifetime of an answer: an hour, which is longer than callers keep retrying.
    pub const DEFAULT: Self = Self(limits::DEFAULT_IDEMPOTENCY_SECONDS);

    /// Returns the lifetime of an answer in seconds.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u64> for IdempotencyTtl {
    type Error = String;

    fn try_from(seconds: u64) -> Result<Self, String> {
        let range = limits::IDEMPOTENCY_SECONDS;
        match u32::try_from(seconds) {
            Ok(valid) if range.contains(&valid) => Ok(Self(valid)),
            _ => Err(values::record_lifetime_out_of_range(seconds)),
        }
    }
}

/// The suffix in the logical id of the table that Skylift adds for an idempotent function.
const TABLE_SUFFIX: &str = "Idempotency";

/// The attributes of an idempotency record, apart from its key and its expiry time, with their types.
pub const RECORD_ATTRIBUTES: [(&str, KeyType); 5] = [
    ("status", KeyType::String),
    ("in_progress_until", KeyType::Number),
    ("owner", KeyType::String),
    ("answer", KeyType::String),
    ("payload_hash", KeyType::String),
];

/// The API calls that the runtime makes on the table of idempotency records.
pub const STORE_CALLS: &[ApiCall] = &[
    ApiCall::new("PutItem", "dynamodb:PutItem"),
    ApiCall::new("UpdateItem", "dynamodb:UpdateItem"),
    ApiCall::new("DeleteItem", "dynamodb:DeleteItem"),
];

impl Idempotency {
    /// Returns the logical id of the table that Skylift adds for an idempotent function that names none.
    #[must_use]
    pub fn own_table_id(function: &LogicalId) -> LogicalId {
        function.join(TABLE_SUFFIX)
    }

    /// Returns the table that Skylift adds for an idempotent function that names none. The table has no
    /// point-in-time recovery: its records are useful only while answers are kept, and a restored table would
    /// lack the records of the time since then.
    #[must_use]
    pub fn own_table() -> Table {
        Table {
            name: None,
            key: KeyAttribute { name: AttributeName::known_valid("id"), kind: KeyType::String },
            sort: None,
            indexes: Vec::new(),
            stream: None,
            ttl: Some(AttributeName::known_valid("expires_at")),
            point_in_time_recovery: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_from_a_second_to_a_year() {
        assert_eq!(IdempotencyTtl::try_from(1).unwrap().get(), 1);
        assert_eq!(IdempotencyTtl::try_from(31_536_000).unwrap().get(), 31_536_000);
        assert_eq!(IdempotencyTtl::try_from(3_600), Ok(IdempotencyTtl::DEFAULT));
        for wrong in [0, 31_536_001, u64::MAX] {
            let message = IdempotencyTtl::try_from(wrong).unwrap_err();
            let expected =
                format!("an answer cannot be kept for {wrong} s: keep it for 1 s to 365 days");
            assert_eq!(message, expected);
        }
    }

    #[test]
    fn the_added_table_could_also_be_declared_by_a_user() {
        let table = Idempotency::own_table();
        assert_eq!(table.check(), []);
        for name in [&table.key.name, table.ttl.as_ref().unwrap()] {
            assert_eq!(AttributeName::try_from(name.as_str()).as_ref(), Ok(name));
            assert!(RECORD_ATTRIBUTES.iter().all(|(other, _)| *other != name.as_str()));
        }
    }
}
