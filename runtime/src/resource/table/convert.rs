//! Converts keys and items between the types of Rust and those of DynamoDB.

use std::collections::HashMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_dynamo::{AttributeValue as SerdeValue, Item, to_attribute_value, to_item};

use super::Table;
use super::item::{read_item, restore_numbers};
use super::key::{Key, KeyValue};
use crate::error::short_type_name;
use crate::{Error, messages};

/// The attributes of a DynamoDB item or of its key, by name.
pub(super) type Attributes = HashMap<String, AttributeValue>;

pub(super) fn key_value(value: KeyValue<'_>) -> AttributeValue {
    match value {
        KeyValue::Text(text) => AttributeValue::S(text.to_owned()),
        KeyValue::Number(number) => AttributeValue::N(number.to_string()),
        KeyValue::Bytes(bytes) => AttributeValue::B(Blob::new(bytes)),
    }
}

pub(super) fn key_attributes<R: Table>(key: R::Key<'_>) -> Attributes {
    let (partition, sort) = match (R::VIEW_KEY, key.values()) {
        // The key of an item of a view is its sort key.
        (Some(own), (sort, _)) => (KeyValue::Text(own), Some(sort)),
        (None, values) => values,
    };
    let sort =
        R::SORT.zip(sort).map(|(attribute, sort)| (attribute.name.to_owned(), key_value(sort)));
    std::iter::once((R::KEY.name.to_owned(), key_value(partition))).chain(sort).collect()
}

pub(super) fn serialize_item<R: Table>(item: &R::Item) -> Result<Attributes, Error>
where
    R::Item: Serialize,
{
    let item: Item =
        to_item(item).map_err(|why| messages::client::item_not_serialized(R::ID, &why))?;
    let attributes = match restore_numbers(SerdeValue::M(item.into())) {
        SerdeValue::M(attributes) => Item::from(attributes).into(),
        _ => Attributes::new(),
    };
    add_partition_key::<R>(attributes)
}

/// Adds the partition key of a view to an item without one. An item with another partition key is an error.
fn add_partition_key<R: Table>(mut item: Attributes) -> Result<Attributes, Error> {
    let Some(own) = R::VIEW_KEY else { return Ok(item) };
    let own = AttributeValue::S(own.to_owned());
    let found = item.entry(R::KEY.name.to_owned()).or_insert_with(|| own.clone());
    if *found == own {
        return Ok(item);
    }
    Err(messages::client::item_outside_view(R::ID, R::KEY.name))
}

pub(super) fn serialize_value(
    attribute: &str,
    value: impl Serialize,
) -> Result<AttributeValue, Error> {
    let value = to_attribute_value(value)
        .map_err(|why| messages::client::value_not_serialized(attribute, &why))?;
    Ok(restore_numbers(value).into())
}

pub(super) fn deserialize_item<R: Table, T: DeserializeOwned>(
    item: Attributes,
) -> Result<T, Error> {
    read_item(item.into()).map_err(|why| {
        let expected = short_type_name(std::any::type_name::<T>());
        messages::client::item_of_another_type(R::ID, expected, &why)
    })
}
