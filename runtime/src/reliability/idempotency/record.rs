//! A record of the table of idempotency: a run writes it when it starts, and a later run finds it. Converts
//! between Rust values and items of DynamoDB.
// See decision 0052.

use std::collections::HashMap;
use std::time::{SystemTime, UNIX_EPOCH};

use aws_sdk_dynamodb::types::AttributeValue;

use crate::registry::IdempotencyTable;

/// An item of the table, as the AWS SDK returns it.
pub(super) type Item = HashMap<String, AttributeValue>;

/// The attribute with the status of the run: [`IN_PROGRESS`] or [`COMPLETED`].
pub(super) const STATUS: &str = "status";
/// The attribute with the deadline of the run, in milliseconds since 1970.
pub(super) const UNTIL: &str = "in_progress_until";
/// The attribute with the token of the run.
pub(super) const OWNER: &str = "owner";
/// The attribute with the stored response.
pub(super) const ANSWER: &str = "answer";
/// The attribute with the hash of the values at the paths of `check`.
pub(super) const PAYLOAD: &str = "payload_hash";

/// The status of a run that has started.
pub(super) const IN_PROGRESS: &str = "in_progress";
/// The status of a run whose work is done.
pub(super) const COMPLETED: &str = "completed";

/// The record that a run writes when it starts.
pub(super) struct NewRecord<'a> {
    /// The value of the table's key attribute.
    pub(super) id: &'a str,
    /// The token that no other run has.
    pub(super) owner: &'a str,
    /// The deadline of the run.
    pub(super) until: SystemTime,
    /// The second at which the record expires, if the run does not update or remove it.
    pub(super) expires: u64,
    /// The hash of the values at the paths of `check`; `None` if the function has no `check`.
    pub(super) payload: Option<&'a str>,
}

impl NewRecord<'_> {
    /// Converts the record to an item of the table.
    pub(super) fn item(&self, store: &IdempotencyTable) -> Item {
        let attributes = [
            (store.key, Some(text_attribute(self.id))),
            (store.ttl, Some(number_attribute(self.expires))),
            (STATUS, Some(text_attribute(IN_PROGRESS))),
            (UNTIL, Some(number_attribute(epoch_milliseconds(self.until)))),
            (OWNER, Some(text_attribute(self.owner))),
            (PAYLOAD, self.payload.map(text_attribute)),
        ];
        let attributes = attributes.into_iter();
        attributes.filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}

/// A record that another run has written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ExistingRecord {
    pub(super) status: RecordStatus,
    pub(super) owner: String,
    pub(super) payload: Option<String>,
}

/// The status of the run that a record belongs to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum RecordStatus {
    /// The run has started, and its work is not known to be done.
    InProgress,
    /// The work of the run is done. The response is `None` if it was too large to be stored.
    Completed(Option<Vec<u8>>),
}

impl ExistingRecord {
    /// Reads a record from an item of the table; `None` if the item is not a record.
    pub(super) fn read(mut item: Item) -> Option<Self> {
        let mut text = |name: &str| match item.remove(name) {
            Some(AttributeValue::S(text)) => Some(text),
            _ => None,
        };
        let status = match text(STATUS)?.as_str() {
            IN_PROGRESS => RecordStatus::InProgress,
            COMPLETED => RecordStatus::Completed(text(ANSWER).map(String::into_bytes)),
            _ => return None,
        };
        Some(Self { status, owner: text(OWNER)?, payload: text(PAYLOAD) })
    }
}

/// Makes the value of an attribute that is a text.
pub(super) fn text_attribute(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

/// Makes the value of an attribute that is a number.
pub(super) fn number_attribute(number: u64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

/// Converts a time to milliseconds since 1970; 0 for an earlier time.
pub(super) fn epoch_milliseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Converts a time to whole seconds since 1970; 0 for an earlier time.
pub(super) fn epoch_seconds(time: SystemTime) -> u64 {
    epoch_milliseconds(time) / 1000
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const STORE: IdempotencyTable =
        IdempotencyTable { id: "Seen", variable: "V", key: "pk", ttl: "gone_at" };

    #[test]
    fn a_record_uses_the_attribute_names_of_its_table() {
        let begun = NewRecord {
            id: "f#1",
            owner: "me",
            until: UNIX_EPOCH + Duration::from_millis(12_345),
            expires: 99,
            payload: None,
        };
        let item = begun.item(&STORE);
        assert_eq!(
            (&item["pk"], &item["gone_at"]),
            (&text_attribute("f#1"), &number_attribute(99))
        );
        assert_eq!(item[UNTIL], number_attribute(12_345));
        assert_eq!(item.len(), 5);
        let found = ExistingRecord::read(item).unwrap();
        let owner = "me".to_owned();
        assert_eq!(
            found,
            ExistingRecord { status: RecordStatus::InProgress, owner, payload: None }
        );
    }

    #[test]
    fn an_item_that_is_not_a_record_is_not_read_as_one() {
        let record = |status: &str| {
            Item::from([
                (STATUS.to_owned(), text_attribute(status)),
                (OWNER.to_owned(), text_attribute("me")),
            ])
        };
        assert_eq!(
            ExistingRecord::read(record(COMPLETED)).unwrap().status,
            RecordStatus::Completed(None)
        );
        assert!(ExistingRecord::read(record("else")).is_none());
        let mut ownerless = record(IN_PROGRESS);
        ownerless.remove(OWNER);
        assert!(ExistingRecord::read(ownerless).is_none());
        assert!(ExistingRecord::read(Item::new()).is_none());
    }

    #[test]
    fn the_attributes_are_those_that_the_model_reserves() {
        let model = skylift_model::idempotency::RECORD_ATTRIBUTES.map(|(name, _)| name);
        assert_eq!(model, [STATUS, UNTIL, OWNER, ANSWER, PAYLOAD]);
    }
}
