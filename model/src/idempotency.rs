//! `idempotent(…)` of a function: what is done once for a key, and where that is kept. It has what the
//! user said, the table that a function gets where it names none, and the calls that the runtime makes.

use serde::Serialize;

use crate::aws::iam::ApiCall;
use crate::aws::limits;
use crate::aws::name::{AttributeName, LogicalId};
use crate::json_path::JsonPath;
use crate::resource::table::{KeyAttribute, KeyType, Table};

/// What is set on a function that does its work once for a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Idempotency {
    /// Where in an event its key is; all of them together are the key.
    pub key: Vec<JsonPath>,
    /// What of an event has to be the same where the key is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub check: Vec<JsonPath>,
    /// The table that keeps what was done: the identifier of its struct. None until the application
    /// is put together, where the function gets one of its own.
    pub store: Option<String>,
    /// For how long an answer is kept.
    pub ttl: IdempotencyTtl,
}

/// Seconds for which an answer is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct IdempotencyTtl(u32);

impl IdempotencyTtl {
    /// What holds where nothing is said: an hour, longer than whoever asks goes on asking.
    pub const DEFAULT: Self = Self(limits::DEFAULT_IDEMPOTENCY_SECONDS);

    /// The seconds.
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
            _ => {
                let days = range.end() / (24 * 60 * 60);
                Err(format!("an answer cannot be kept for {seconds} s: from 1 s to {days} days"))
            }
        }
    }
}

/// What ends the id of the table that a function gets where it names none.
const SUFFIX: &str = "Idempotency";

/// The attributes of a record beside its key and the second at which it expires.
pub const RECORD_ATTRIBUTES: [(&str, KeyType); 5] = [
    ("status", KeyType::String),
    ("in_progress_until", KeyType::Number),
    ("owner", KeyType::String),
    ("answer", KeyType::String),
    ("payload_hash", KeyType::String),
];

/// The calls that the runtime makes, on the table itself.
pub const STORE_CALLS: &[ApiCall] = &[
    ApiCall::new("PutItem", "dynamodb:PutItem"),
    ApiCall::new("UpdateItem", "dynamodb:UpdateItem"),
    ApiCall::new("DeleteItem", "dynamodb:DeleteItem"),
];

impl Idempotency {
    /// The id of the table that a function gets where it names none.
    #[must_use]
    pub fn own_table_id(function: &LogicalId) -> LogicalId {
        function.join(SUFFIX)
    }

    /// That table. Its records are of use for as long as an answer is kept: there is nothing in it to
    /// be restored, and an old state of it would have forgotten what was done since.
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
            let expected = format!("an answer cannot be kept for {wrong} s: from 1 s to 365 days");
            assert_eq!(message, expected);
        }
    }

    #[test]
    fn the_table_of_a_functions_own_is_one_that_can_be_declared_as_well() {
        let table = Idempotency::own_table();
        assert_eq!(table.check(), []);
        for name in [&table.key.name, table.ttl.as_ref().unwrap()] {
            assert_eq!(AttributeName::try_from(name.as_str()).as_ref(), Ok(name));
            assert!(RECORD_ATTRIBUTES.iter().all(|(other, _)| *other != name.as_str()));
        }
    }
}
