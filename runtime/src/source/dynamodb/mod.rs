//! The `DynamoDB` source: takes a batch of changes to a table's items and delivers it as a whole, or one
//! change after another, raw or with decoded items. One change at a time, it reports the first that failed,
//! and Lambda continues from there.

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
