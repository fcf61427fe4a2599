//! The `DynamoDB` source: takes a batch of changes to a table's items and gives it whole, or one change
//! after another, raw or with its items decoded. One at a time, it answers which one failed, and Lambda
//! goes on from there.

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
