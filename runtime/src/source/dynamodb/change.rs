//! [`Change`]: what happened to an item of a table, with the item as it was and as it is.

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
use crate::invocation::{BoxFuture, FunctionResponse, decode};
use crate::messages;
use crate::source::event::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;
use crate::source::shard::stream_record::{StreamRecord, deliver_records};
use crate::source::shard::time::from_epoch_seconds;

/// What happened to an item of a table: `T` is what the new image is read into, `O` the old one.
///
/// Items are read by `serde`, as the clients of tables read them: a number as an integer of up to 64 bits or
/// as a float. Of the 38 digits that `DynamoDB` keeps, a `DynamoDbEventRecord` has every one. An image that the table's stream does
/// not have is taken as [`Keys`](super::Keys): of a table with `stream = new`, whose item is an `Order`
/// with the key `id`, the changes are `Change<Order, Keys<OrderKey>>`.
///
/// It dereferences to [`Changed`]. Mirrors "Process DynamoDB records with Lambda" of the AWS Lambda
/// Developer Guide.
///
/// ```
/// use serde::Deserialize;
/// use skylift::Error;
/// use skylift::event::{Change, Changed};
///
/// #[derive(Deserialize)]
/// struct Order { id: String, total: u32 }
///
/// // #[function(trigger = dynamodb(table = Orders))]
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
/// Changes are handed out one after another, in the order of their shard, in which all changes to an item
/// are. One that fails ends the batch: Lambda sends it, and all that follow, again, until it succeeds or
/// Lambda gives up, as `retries` or `max_record_age` of the trigger say. What Lambda gives up is what is
/// left of the batch, which it has split for that: with `bisect = false` it is all of it, begun or not.
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

/// What a [`Change`] did to the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed<T, O = T> {
    /// There was no item of its key.
    Inserted {
        /// The item.
        new: T,
    },
    /// There was one, and it is another now. Writing what is there already is no change.
    Modified {
        /// The item as it was.
        old: O,
        /// The item as it is.
        new: T,
    },
    /// The item is gone.
    Removed {
        /// The item as it was.
        old: O,
    },
}

impl<T, O> Changed<T, O> {
    /// The item before the change; none where there was none.
    pub fn before(&self) -> Option<&O> {
        match self {
            Self::Inserted { .. } => None,
            Self::Modified { old, .. } | Self::Removed { old } => Some(old),
        }
    }

    /// The item after the change; none where it is gone.
    pub fn after(&self) -> Option<&T> {
        match self {
            Self::Inserted { new } | Self::Modified { new, .. } => Some(new),
            Self::Removed { .. } => None,
        }
    }
}

impl<T, O> Change<T, O> {
    /// A change for the tests of a handler, made just now.
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

    /// The same change, made by the end of the item's time to live.
    #[must_use]
    pub fn with_expiry(self) -> Self {
        Self { expired: true, ..self }
    }

    /// The same change with another sequence number.
    #[must_use]
    pub fn with_sequence_number(self, sequence_number: impl Into<String>) -> Self {
        Self { sequence_number: sequence_number.into(), ..self }
    }

    /// The same change, made at another time.
    #[must_use]
    pub fn with_changed_at(self, changed_at: SystemTime) -> Self {
        Self { changed_at, ..self }
    }

    /// What was changed alone.
    pub fn into_inner(self) -> Changed<T, O> {
        self.changed
    }

    /// The keys of the item, which every stream has.
    ///
    /// # Errors
    ///
    /// `InvalidItem` where they are no `K`, and `MissingImage` where the change was made by hand.
    pub fn keys<K: DeserializeOwned>(&self) -> Result<K, Error> {
        let keys = self.keys.as_deref();
        let keys = keys.ok_or_else(messages::batch::change_without_keys)?;
        read_attributes(keys, &messages::batch::keys)
    }

    /// Whether nobody deleted the item, but its time to live was over.
    pub fn is_expired(&self) -> bool {
        self.expired
    }

    /// The id of the change, the same on every delivery of it.
    pub fn event_id(&self) -> &str {
        &self.event_id
    }

    /// The number of the change, unique in its shard and growing.
    pub fn sequence_number(&self) -> &str {
        &self.sequence_number
    }

    /// The ARN of the table's stream, which begins with that of the table.
    pub fn stream_arn(&self) -> &str {
        &self.stream_arn
    }

    /// When the change was made, to the second; 1970 where the stream does not say so.
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

    fn deliver(delivery: Delivery<'_, Self>) -> BoxFuture<'_, Result<FunctionResponse, Error>> {
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

    fn number(json: &str) -> Result<Option<Cow<'_, str>>, Error> {
        record::number(json)
    }

    fn key_json<'a>(json: &'a str, _: &'a [u8]) -> &'a [u8] {
        json.as_bytes()
    }
}
