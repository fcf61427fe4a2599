//! Reads items of DynamoDB with `serde`: those that the client of a table fetches, and the images in the records of a
//! table's stream. A type that takes any value, such as `serde_json::Value`, gets bytes as base64 text and sets as
//! arrays. A number is exact or an error.
// See decision 0096.

mod deserializer;
mod number;

use serde::de::DeserializeOwned;
use serde_dynamo::{AttributeValue, Error, Item};

use deserializer::{Any, AnyBytes, AnyNumber, ValueDeserializer};
#[cfg(feature = "table")]
pub(crate) use number::restore_numbers;

/// Reads an item as a `T`.
///
/// `serde` does not say whether a type that takes any value keeps bytes, as a field of a tagged enum may, or cannot
/// hold them, as JSON. So the item is read with its bytes first, and only if that fails with base64 text in their
/// place. A number with more digits than a float has is an error for a type that takes any value. The same number for a
/// float in a tagged enum is rounded, as it is for a float elsewhere: the enum does not take a text in its place.
pub(crate) fn read_item<T: DeserializeOwned>(item: Item) -> Result<T, Error> {
    let item = AttributeValue::M(item.into());
    let (has_bytes, has_long) = (has(&item, &is_binary), has(&item, &is_long_number));
    let exact = Any { bytes: AnyBytes::Bytes, number: AnyNumber::Exact };
    if !has_bytes && !has_long {
        return T::deserialize(ValueDeserializer::new(item, exact));
    }
    let read = |any| T::deserialize(ValueDeserializer::new(item.clone(), any));
    let read_both = |number| {
        let with_bytes = read(Any { number, ..exact });
        if with_bytes.is_ok() || !has_bytes {
            return with_bytes;
        }
        read(Any { bytes: AnyBytes::Base64, number })
    };
    let result = read_both(AnyNumber::Exact);
    if result.is_ok() || !has_long || read_both(AnyNumber::Text).is_ok() {
        return result;
    }
    read_both(AnyNumber::Float)
}

/// Returns whether a value, or a value in it, fulfils a condition.
fn has(value: &AttributeValue, condition: &dyn Fn(&AttributeValue) -> bool) -> bool {
    condition(value)
        || match value {
            AttributeValue::M(map) => map.values().any(|value| has(value, condition)),
            AttributeValue::L(list) => list.iter().any(|value| has(value, condition)),
            _ => false,
        }
}

fn is_binary(value: &AttributeValue) -> bool {
    matches!(value, AttributeValue::B(_) | AttributeValue::Bs(_))
}

fn is_long_number(value: &AttributeValue) -> bool {
    match value {
        AttributeValue::N(text) => !number::is_exact(text),
        AttributeValue::Ns(texts) => !texts.iter().all(|text| number::is_exact(text)),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
