//! The `DynamoDB` source: takes a batch of changes to a table's items and gives it whole, or one change
//! after another, raw or with its items decoded. One at a time, it answers which one failed, and Lambda
//! goes on from there.

#[cfg(feature = "dynamodb")]
mod change;
#[cfg(feature = "dynamodb")]
mod deliver;
pub(crate) mod delivered;
#[cfg(feature = "dynamodb")]
mod image;
#[cfg(feature = "dynamodb")]
mod record;
#[cfg(feature = "dynamodb")]
mod takes;
#[cfg(feature = "dynamodb")]
#[cfg(test)]
mod tests;

#[cfg(feature = "dynamodb")]
pub use {
    change::{Change, Changed},
    image::Keys,
};

pub use delivered::{DeliveredByDynamoDb, DynamoDb, SOURCE, dynamodb};
