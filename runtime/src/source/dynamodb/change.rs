//! [`Change`]: a change to an item of a `DynamoDB` table, with the item before the change and after it.

use std::borrow::Cow;
use std::ops::Deref;
use std::time::SystemTime;

use aws_lambda_events::dynamodb::Event as DynamoDbEvent;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::image::{ItemImage, RecordImage, read_attributes};
use super::record;
use super::record::TableRecord;
use super::registration::DynamoDb;
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::{ResponseFuture, decode};
use crate::messages;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;
use crate::source::shard::stream_record::{StreamRecord, deliver_records};
use crate::source::shard::time::from_epoch_seconds;

/// A change to an item of a `DynamoDB` table. The new image of the item is decoded as `T`, the old image as
/// `O`.
///
/// Items are decoded by `serde`, as by the typed clients of tables: a number as an integer or as a float. A type that
/// takes any value, such as `serde_json::Value`, gets bytes as base64 text and sets as arrays; a number with more
/// digits than it keeps is an error of that change. A `DynamoDbEventRecord` has all 38 digits that `DynamoDB` stores.
/// If the table's stream has no old or no new image, take [`Keys`](super::Keys) in its place: the changes of a table with `stream =
/// new`, whose item is an `Order` with the key `id`, are `Change<Order, Keys<OrderKey>>`.
///
/// A `Change` dereferences to [`Changed`]. Mirrors "Process DynamoDB records with Lambda" of the AWS Lambda
/// Developer Guide.
///
/// ```
/// use serde::Deserialize;
/// use skylift::event::{Change, Changed};
/// use skylift::{Error, function, resource};
///
/// #[resource(table(key = "id", item = Order, stream = new_and_old))]
/// struct Orders;
///
/// #[derive(Deserialize)]
/// struct Order { id: String, total: u32 }
///
/// #[function(trigger = dynamodb(table = Orders))]
/// async fn audit(change: Change<Order>) -> Result<(), Error> {
///     match &*change {
///         Changed::Inserted { new } => println!("{} was placed", new.id),
///         Changed::Modified { old, new } => println!("{}: {} to {}", new.id, old.total, new.total),
///         Changed::Removed { old } if change.is_expired() => println!("{} is over", old.id),
///         Changed::Removed { old } => println!("{} was cancelled", old.id),
///     }
///     Ok(())
/// }
///
/// // In a test, make one by hand.
/// let order = Order { id: "1".into(), total: 450 };
/// # let _ =
/// audit(Change::new(Changed::Inserted { new: order }))
/// # ;
/// ```
///
/// Changes are delivered one after another, in the order of their shard, which contains all changes of an
/// item. A change that fails ends the batch: Lambda sends that change, and all changes after it, again, until it
/// succeeds or Lambda gives up, as the trigger's `retries` and `max_record_age` say. Lambda gives up what is
/// left of the batch, after it has split the batch; with `bisect = false`, it gives up the whole batch, also the
/// changes that were not started.
#[derive(Clone, Debug)]
pub struct Change<T, O = T> {
    changed: Changed<T, O>,
    keys: Option<Box<RawValue>>,
    event_id: String,
    sequence_number: String,
    stream_arn: String,
    changed_at: SystemTime,
    expired: bool,
}

/// Says whether a [`Change`] inserted, modified or removed an item, with the item before the change and after
/// it.
///
/// ```
/// use skylift::event::Changed;
///
/// let changed = Changed::Modified { old: 1, new: 2 };
/// assert_eq!((changed.before(), changed.after()), (Some(&1), Some(&2)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed<T, O = T> {
    /// An item was put under a key that had no item.
    Inserted {
        /// The inserted item.
        new: T,
    },
    /// An existing item was changed. Writing the same values again is not a change.
    Modified {
        /// The item before the change.
        old: O,
        /// The item after the change.
        new: T,
    },
    /// The item was deleted.
    Removed {
        /// The item before the change.
        old: O,
    },
}

impl<T, O> Changed<T, O> {
    /// Returns the item before the change; `None` if the change inserted the item.
    pub fn before(&self) -> Option<&O> {
        match self {
            Self::Inserted { .. } => None,
            Self::Modified { old, .. } | Self::Removed { old } => Some(old),
        }
    }

    /// Returns the item after the change; `None` if the change removed the item.
    pub fn after(&self) -> Option<&T> {
        match self {
            Self::Inserted { new } | Self::Modified { new, .. } => Some(new),
            Self::Removed { .. } => None,
        }
    }
}

impl<T, O> Change<T, O> {
    /// Makes a change for tests of a handler. Its time is the current time.
    pub fn new(changed: Changed<T, O>) -> Self {
        Self {
            changed,
            keys: None,
            event_id: String::new(),
            sequence_number: String::new(),
            stream_arn: String::new(),
            changed_at: SystemTime::now(),
            expired: false,
        }
    }

    /// Marks the change as a removal by `DynamoDB` itself, because the item's time to live was over.
    #[must_use]
    pub fn with_expiry(self) -> Self {
        Self { expired: true, ..self }
    }

    /// Sets the sequence number of the change.
    #[must_use]
    pub fn with_sequence_number(self, sequence_number: impl Into<String>) -> Self {
        Self { sequence_number: sequence_number.into(), ..self }
    }

    /// Sets the time of the change.
    #[must_use]
    pub fn with_changed_at(self, changed_at: SystemTime) -> Self {
        Self { changed_at, ..self }
    }

    /// Returns the [`Changed`] without the other facts about the change.
    pub fn into_inner(self) -> Changed<T, O> {
        self.changed
    }

    /// Decodes the keys of the changed item, which every stream has.
    ///
    /// # Errors
    ///
    /// Returns `InvalidItem` if the keys cannot be decoded as `K`, and `MissingImage` if the change was made by hand.
    pub fn keys<K: DeserializeOwned>(&self) -> Result<K, Error> {
        let keys = self.keys.as_deref();
        let keys = keys.ok_or_else(messages::batch::change_without_keys)?;
        read_attributes(keys, &messages::batch::describe_keys)
    }

    /// Returns whether `DynamoDB` itself removed the item, because its time to live was over.
    pub fn is_expired(&self) -> bool {
        self.expired
    }

    /// Returns the id of the change, which is the same on every delivery of the change.
    pub fn event_id(&self) -> &str {
        &self.event_id
    }

    /// Returns the sequence number of the change. It is unique in its shard and increases from change to
    /// change.
    pub fn sequence_number(&self) -> &str {
        &self.sequence_number
    }

    /// Returns the ARN of the table's stream, which begins with the ARN of the table.
    pub fn stream_arn(&self) -> &str {
        &self.stream_arn
    }

    /// Returns the time of the change, to the second; 1970 if the stream does not have it.
    pub fn changed_at(&self) -> SystemTime {
        self.changed_at
    }
}

impl<T, O> Deref for Change<T, O> {
    type Target = Changed<T, O>;

    fn deref(&self) -> &Changed<T, O> {
        &self.changed
    }
}

impl<T: ItemImage, O: ItemImage> Event for Change<T, O> {
    type Source = DynamoDb;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        DynamoDbEvent::recognises(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(deliver_records(delivery))
    }
}

impl<T: ItemImage, O: ItemImage> TriggeredBy<DynamoDb> for Change<T, O> {}

impl<T: ItemImage, O: ItemImage> StreamRecord for Change<T, O> {
    fn read(json: &str, _: &mut Vec<u8>) -> Result<Self, Error> {
        let record: TableRecord<'_> = decode::decode_text(json)?;
        let expired = record.is_expired();
        let TableRecord { event_name, event_id, source_arn, dynamodb, .. } = record;
        let keys = dynamodb.keys;
        let new = || T::read(&RecordImage { which: "new", image: dynamodb.new_image, keys });
        let old = || O::read(&RecordImage { which: "old", image: dynamodb.old_image, keys });
        let changed = match &*event_name {
            "INSERT" => Changed::Inserted { new: new()? },
            "MODIFY" => Changed::Modified { old: old()?, new: new()? },
            "REMOVE" => Changed::Removed { old: old()? },
            other => return Err(messages::batch::unknown_change(other)),
        };
        Ok(Self {
            changed,
            keys: keys.map(ToOwned::to_owned),
            event_id: event_id.0.into_owned(),
            sequence_number: dynamodb
                .sequence_number
                .map(|it| it.0.into_owned())
                .unwrap_or_default(),
            stream_arn: source_arn.map(|arn| arn.0.into_owned()).unwrap_or_default(),
            changed_at: from_epoch_seconds(
                dynamodb.approximate_creation_date_time.unwrap_or_default(),
            ),
            expired,
        })
    }

    fn sequence_number(json: &str) -> Result<Option<Cow<'_, str>>, Error> {
        record::sequence_number(json)
    }

    fn idempotency_payload<'a>(json: &'a str, _: &'a [u8]) -> &'a [u8] {
        json.as_bytes()
    }
}
