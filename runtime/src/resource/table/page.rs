//! The answer to a query, page by page: DynamoDB gives at most 1 MB at a time, and a cursor from which
//! it goes on.

use std::collections::HashMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::convert::Attributes;

/// One page of a query or a scan.
#[derive(Clone, Debug, Serialize)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins; `None` after the last.
    pub next: Option<Cursor>,
}

/// Where a page begins: give it to [`Query::after`](super::query::Query::after).
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
