//! Probes the items of a table: an invented item has to have the table's keys, each as a value of the key's type.

use std::collections::HashMap;
use std::marker::PhantomData;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_dynamo::aws_sdk_dynamodb_1 as convert;

use super::deserializer::Given;
use super::invent::invent;
use crate::error::short_type_name;
use crate::resource::table::{KeyAttribute, KeyType, Table};
use crate::{Error, messages};

/// Tells whether items of the type `T` can be probed: the inherent constant exists only for types that serde reads
/// and writes, and takes precedence over that of the trait [`NotProbed`].
pub struct ItemProbe<T>(PhantomData<T>);

/// Gives [`ItemProbe`] its constant for a type that cannot be probed.
pub trait NotProbed {
    /// No probe.
    const PROBE: Option<Probe> = None;
}

impl<T> NotProbed for ItemProbe<T> {}

impl<T: Serialize + DeserializeOwned> ItemProbe<T> {
    /// The probe of the items.
    pub const PROBE: Option<Probe> = Some(invent_item::<T>);
}

/// Invents an item with these attributes, and returns it as DynamoDB would store it.
pub(crate) type Probe = fn(&[(&str, Given)]) -> Option<HashMap<String, AttributeValue>>;

fn invent_item<T: Serialize + DeserializeOwned>(
    fields: &[(&str, Given)],
) -> Option<HashMap<String, AttributeValue>> {
    convert::to_item(invent::<T>(fields)?).ok()
}

/// Checks that items have the keys of the table `R`.
///
/// # Errors
///
/// Returns an error if an invented item has no attribute for a key of the table, or one of another type.
pub fn check_items<R: Table>(probe: Option<Probe>) -> Result<(), Error> {
    let Some(probe) = probe else { return Ok(()) };
    let keys: Vec<KeyAttribute> = std::iter::once(R::KEY).chain(R::SORT).collect();
    let ttl = R::TTL.map(|name| KeyAttribute { name, kind: KeyType::Number });
    let further = R::INDEXES.iter().flat_map(|index| std::iter::once(index.key).chain(index.sort));
    let further: Vec<KeyAttribute> = further.chain(ttl).collect();
    let mut fields: Vec<(&str, Given)> = Vec::new();
    for attribute in keys.iter().chain(&further) {
        if fields.iter().all(|(name, _)| *name != attribute.name) {
            fields.push((attribute.name, given(attribute.kind)));
        }
    }
    let Some(item) = probe(&fields) else { return Ok(()) };
    let ty = short_type_name(std::any::type_name::<R::Item>());
    for (attribute, is_key) in
        keys.iter().map(|it| (it, true)).chain(further.iter().map(|it| (it, false)))
    {
        let KeyAttribute { name, kind } = *attribute;
        match item.get(name) {
            None if is_key => return Err(messages::startup::item_without_key(R::ID, name, ty)),
            Some(value) if !fits(value, kind) => {
                let wanted = describe(kind);
                return Err(messages::startup::item_key_of_another_type(R::ID, name, wanted, ty));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Returns the value for an attribute whose type does not ask for a kind of value.
const fn given(kind: KeyType) -> Given {
    match kind {
        KeyType::String => Given::Text,
        KeyType::Number => Given::Number,
        KeyType::Binary => Given::Bytes,
    }
}

/// Returns the name of a key's type in messages.
const fn describe(kind: KeyType) -> &'static str {
    match kind {
        KeyType::String => "a string",
        KeyType::Number => "a number",
        KeyType::Binary => "bytes",
    }
}

/// Returns whether a value can be a key of this type. A value that is left out is no mistake.
const fn fits(value: &AttributeValue, kind: KeyType) -> bool {
    match value {
        AttributeValue::Null(_) => true,
        AttributeValue::S(_) => matches!(kind, KeyType::String),
        AttributeValue::N(_) => matches!(kind, KeyType::Number),
        AttributeValue::B(_) => matches!(kind, KeyType::Binary),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::resource::Typed;
    use crate::resource::key::NoSortKey;
    use crate::resource::kinds::{Resource, kind};

    /// Declares a table of items of the type `T` with the key `id`, a text, and a time to live.
    struct TableOf<T>(PhantomData<T>);

    impl<T: Send + Sync + 'static> Resource for TableOf<T> {
        const ID: &'static str = "Jobs";
        const VARIABLE: &'static str = "JOBS";
        type Kind = kind::Table;
    }

    impl<T: Send + Sync + 'static> Table for TableOf<T> {
        type Item = T;
        type ItemMarker = Typed<T>;
        type StreamView = ();
        type Key<'a> = &'a str;
        type Partition<'a> = &'a str;
        type Sort<'a> = NoSortKey;
        const KEY: KeyAttribute = KeyAttribute { name: "id", kind: KeyType::String };
        const SORT: Option<KeyAttribute> = None;
        const TTL: Option<&'static str> = Some("ends");
        const INDEXES: &'static [crate::resource::table::SecondaryIndex] = &[];
    }

    #[derive(Serialize, Deserialize)]
    struct Page<T> {
        #[serde(flatten)]
        rest: T,
    }

    #[derive(Serialize, Deserialize)]
    struct Id<T> {
        id: T,
        kind: u8,
    }

    #[derive(Serialize, Deserialize)]
    struct Ends<T> {
        id: String,
        ends: T,
    }

    fn check<T: Serialize + DeserializeOwned + Send + Sync + 'static>() -> Result<(), String> {
        check_items::<TableOf<T>>(ItemProbe::<T>::PROBE).map_err(|error| error.to_string())
    }

    #[test]
    fn items_with_the_keys_are_right() {
        assert_eq!(check::<Id<String>>(), Ok(()));
        assert_eq!(check::<Page<Id<char>>>(), Ok(()));
        assert_eq!(check::<Page<HashMap<String, serde_json::Value>>>(), Ok(()));
        assert_eq!(check::<serde_json::Value>(), Ok(()));
        assert_eq!(check::<Ends<Option<u64>>>(), Ok(()));
        assert_eq!(check::<Page<Id<Option<String>>>>(), Ok(()));
    }

    #[test]
    fn items_without_a_key_or_with_one_of_another_type_are_refused() {
        #[derive(Serialize, Deserialize)]
        struct Other {
            name: std::net::IpAddr,
        }
        for found in [check::<Page<Id<u8>>>(), check::<Id<u8>>(), check::<Page<Id<Option<u8>>>>()] {
            let message = found.unwrap_err();
            assert!(message.contains("`id` is a string in table `Jobs`"), "{message}");
        }
        for found in [check::<Other>(), check::<Page<Other>>()] {
            assert!(found.unwrap_err().contains("have no attribute `id`"));
        }
        let message = check::<Ends<String>>().unwrap_err();
        assert!(message.contains("`ends` is a number in table `Jobs`"), "{message}");
    }

    #[test]
    fn a_type_that_serde_does_not_read_and_write_is_not_probed() {
        struct Own;
        assert!(<ItemProbe<Own> as NotProbed>::PROBE.is_none());
        assert!(check_items::<TableOf<u8>>(None).is_ok());
    }
}
