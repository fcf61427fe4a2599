//! [`Page`]: one page of the answer to a query or a scan. DynamoDB returns at most 1 MB at once, with a cursor where
//! the next page begins.

use std::collections::HashMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::convert::Attributes;

/// One page of a query or a scan.
#[cfg_attr(docsrs, doc(cfg(feature = "table")))]
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items of the page.
    pub items: Vec<T>,
    /// The cursor at which the next page begins; `None` after the last page.
    pub next: Option<Cursor>,
}

/// A cursor that says where a page of a query or a scan begins. Pass it to
/// [`Query::after`](super::query::Query::after).
///
/// A cursor can be serialized with `serde`, to be sent to a caller and back. It contains the key of an item in plain
/// text.
#[cfg_attr(docsrs, doc(cfg(feature = "table")))]
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor(pub(super) Attributes);

/// The value of a key attribute in a serialized cursor, with its type as in DynamoDB JSON.
#[derive(Serialize, Deserialize)]
enum CursorValue {
    S(String),
    N(String),
    B(Vec<u8>),
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().filter_map(|(name, value)| {
            let value = match value {
                AttributeValue::S(text) => CursorValue::S(text.clone()),
                AttributeValue::N(number) => CursorValue::N(number.clone()),
                AttributeValue::B(bytes) => CursorValue::B(bytes.as_ref().to_vec()),
                _ => return None,
            };
            Some((name, value))
        }))
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = HashMap::<String, CursorValue>::deserialize(deserializer)?;
        let attribute = |value| match value {
            CursorValue::S(text) => AttributeValue::S(text),
            CursorValue::N(number) => AttributeValue::N(number),
            CursorValue::B(bytes) => AttributeValue::B(Blob::new(bytes)),
        };
        Ok(Self(values.into_iter().map(|(name, value)| (name, attribute(value))).collect()))
    }
}
