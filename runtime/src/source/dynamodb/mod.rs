//! The source `dynamodb`: takes a batch of changes to a table's items and delivers it as a whole, or one change
//! after another, raw or with decoded items. If it delivers one change at a time, it reports the first change
//! that failed, and Lambda continues from that change.

#[cfg(feature = "dynamodb")]
mod change;
#[cfg(feature = "dynamodb")]
mod deliver;
#[cfg(feature = "dynamodb")]
mod image;
#[cfg(feature = "dynamodb")]
mod record;
pub(crate) mod registration;
#[cfg(feature = "dynamodb")]
mod stream_view;
#[cfg(feature = "dynamodb")]
#[cfg(test)]
mod tests;

#[cfg(feature = "dynamodb")]
pub use {
    change::{Change, Changed},
    image::Keys,
};

pub use registration::{DeliveredByDynamoDb, DynamoDb, SOURCE, dynamodb};
