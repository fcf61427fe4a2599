//! The answer to a query, page by page: DynamoDB gives at most 1 MB at a time, and a cursor from which
//! it goes on.

use std::collections::HashMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::convert::Attributes;
use super::query::Query;
use crate::Error;
use crate::resource::Table;

/// One page of a query or a scan.
#[derive(Clone, Debug, Serialize)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins; `None` after the last.
    pub next: Option<Cursor>,
}

/// Where a page begins: give it to [`Query::after`].
///
/// It can be written and read by `serde`, to be handed to a caller and taken back. It holds the
/// key of an item in the clear.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor(pub(super) Attributes);

/// Part of a key, in the words of DynamoDB's own JSON.
#[derive(Serialize, Deserialize)]
enum Part {
    S(String),
    N(String),
    B(Vec<u8>),
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().filter_map(|(name, value)| {
            let part = match value {
                AttributeValue::S(text) => Part::S(text.clone()),
                AttributeValue::N(number) => Part::N(number.clone()),
                AttributeValue::B(bytes) => Part::B(bytes.as_ref().to_vec()),
                _ => return None,
            };
            Some((name, part))
        }))
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let parts = HashMap::<String, Part>::deserialize(deserializer)?;
        let value = |part| match part {
            Part::S(text) => AttributeValue::S(text),
            Part::N(number) => AttributeValue::N(number),
            Part::B(bytes) => AttributeValue::B(Blob::new(bytes)),
        };
        Ok(Self(parts.into_iter().map(|(name, part)| (name, value(part))).collect()))
    }
}

/// The pages of a query or a scan, one after another.
pub struct Pages<'a, R, S, T> {
    query: Option<Query<'a, R, S, T>>,
    failed: bool,
}

impl<'a, R, S, T> Pages<'a, R, S, T> {
    pub(super) fn of(query: Query<'a, R, S, T>) -> Self {
        Self { query: Some(query), failed: false }
    }
}

impl<R: Table, S, T: DeserializeOwned> Pages<'_, R, S, T> {
    /// The items of the next page; `None` after the last. A page can be empty and not the last.
    ///
    /// # Errors
    ///
    /// As of [`Query::page`]. What comes after a page that failed is an error too, `PageFailed`, so that
    /// nobody takes it for the end: [`Query::page`] with a [`Cursor`] can go on.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, Error> {
        if self.failed {
            return Err(Error::new("PageFailed", "a page before this one could not be read"));
        }
        let Some(query) = self.query.take() else { return Ok(None) };
        self.failed = true;
        let (Page { items, next }, query) = query.turn().await?;
        self.failed = false;
        self.query = next.filter(|_| !query.is_done()).map(|next| query.after(next));
        Ok(Some(items))
    }
}
