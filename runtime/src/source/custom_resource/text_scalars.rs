//! [`TextScalars`]: a deserializer of JSON in which CloudFormation has written every number and boolean as text. A
//! type that expects a number or a boolean gets it from the text.

use serde::de::value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value};

/// Decodes a value whose scalars are texts. Returns the path of the field and the reason if it fails.
pub(super) fn decode_texts<T: DeserializeOwned>(value: Value) -> Result<T, (String, Error)> {
    serde_path_to_error::deserialize(TextScalars(value)).map_err(|error| {
        let path = error.path().to_string();
        (path, error.into_inner())
    })
}

/// A deserializer of a value whose scalars are texts.
struct TextScalars(Value);

impl IntoDeserializer<'_, Error> for TextScalars {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl TextScalars {
    /// Returns the entries of a map for a deserializer.
    fn into_map<'de>(
        map: serde_json::Map<String, Value>,
    ) -> MapDeserializer<'de, impl Iterator<Item = (String, Self)>, Error> {
        MapDeserializer::new(map.into_iter().map(|(key, value)| (key, Self(value))))
    }
}

/// Deserializes numbers of some types from texts.
macro_rules! numbers_of_texts {
    ($($method:ident: $visit:ident($Number:ty),)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let Value::String(text) = &self.0 else { return self.deserialize_any(visitor) };
            match text.trim().parse::<$Number>() {
                Ok(number) => visitor.$visit(number),
                // The text may be a secret: the error is shown among the events of the stack.
                Err(_) => Err(Error::invalid_type(Unexpected::Other("another text"), &visitor)),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for TextScalars {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => {
                let mut items = SeqDeserializer::new(items.into_iter().map(Self));
                let value = visitor.visit_seq(&mut items)?;
                items.end()?;
                Ok(value)
            }
            Value::Object(map) => {
                let mut entries = Self::into_map(map);
                let value = visitor.visit_map(&mut entries)?;
                entries.end()?;
                Ok(value)
            }
            scalar => scalar.deserialize_any(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Value::String(text) = &self.0 else { return self.deserialize_any(visitor) };
        match text.to_lowercase().parse() {
            Ok(truth) => visitor.visit_bool(truth),
            Err(_) => Err(Error::invalid_type(Unexpected::Other("another text"), &visitor)),
        }
    }

    numbers_of_texts! {
        deserialize_i8: visit_i8(i8),
        deserialize_i16: visit_i16(i16),
        deserialize_i32: visit_i32(i32),
        deserialize_i64: visit_i64(i64),
        deserialize_i128: visit_i128(i128),
        deserialize_u8: visit_u8(u8),
        deserialize_u16: visit_u16(u16),
        deserialize_u32: visit_u32(u32),
        deserialize_u64: visit_u64(u64),
        deserialize_u128: visit_u128(u128),
        deserialize_f32: visit_f32(f32),
        deserialize_f64: visit_f64(f64),
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    /// Accepts any properties for a handler that takes none: `CustomResource<()>`.
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::Object(map) if map.len() == 1 => {
                visitor.visit_enum(MapAccessDeserializer::new(Self::into_map(map)))
            }
            other => other.deserialize_enum(name, variants, visitor),
        }
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit_struct seq tuple tuple_struct map struct identifier
        ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "PascalCase", deny_unknown_fields)]
    struct Seed {
        name: String,
        count: u32,
        offset: i64,
        share: f64,
        enabled: bool,
        limit: Option<u8>,
        sizes: Vec<u16>,
        by_day: BTreeMap<String, bool>,
        mode: Mode,
        also: Vec<Mode>,
        id: Id,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    enum Mode {
        Fast,
        Slow { seconds: u32 },
        Steps(u8, u8),
        Once(u8),
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Id(u64);

    fn seed() -> Value {
        json!({
            "Name": "7", "Count": "3", "Offset": "-4", "Share": "0.5", "Enabled": "true",
            "Limit": "255", "Sizes": ["1", "2"], "ByDay": { "1": "false" }, "Mode": "Fast",
            "Also": [{ "Slow": { "seconds": "9" } }, { "Steps": ["1", "2"] }, { "Once": "1" }],
            "Id": "18446744073709551615",
        })
    }

    #[test]
    fn numbers_and_booleans_are_read_from_texts_at_every_depth() {
        let found: Seed = decode_texts(seed()).unwrap();
        let expected = Seed {
            name: "7".to_owned(),
            count: 3,
            offset: -4,
            share: 0.5,
            enabled: true,
            limit: Some(255),
            sizes: vec![1, 2],
            by_day: BTreeMap::from([("1".to_owned(), false)]),
            mode: Mode::Fast,
            also: vec![Mode::Slow { seconds: 9 }, Mode::Steps(1, 2), Mode::Once(1)],
            id: Id(u64::MAX),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn real_numbers_and_booleans_are_read_as_well() {
        let mut value = seed();
        value["Count"] = json!(3);
        value["Enabled"] = json!(true);
        value["Limit"] = json!(null);
        let found: Seed = decode_texts(value).unwrap();
        assert_eq!((found.count, found.enabled, found.limit), (3, true, None));
    }

    #[test]
    fn any_json_stays_as_it_is_and_unit_accepts_all() {
        assert_eq!(decode_texts::<Value>(seed()).unwrap(), seed());
        decode_texts::<()>(seed()).unwrap();
    }

    #[test]
    fn a_wrong_text_is_an_error_with_its_path_and_without_the_text() {
        for (field, wrong, why) in [
            ("Count", json!("secret"), "invalid type: another text, expected u32"),
            ("Count", json!("-1"), "invalid type: another text, expected u32"),
            ("Limit", json!("256"), "invalid type: another text, expected u8"),
            ("Enabled", json!("yes"), "invalid type: another text, expected a boolean"),
            ("Name", json!([]), "invalid type: sequence, expected a string"),
            ("Mode", json!({ "Slow": {}, "Fast": {} }), "invalid type: map, expected a string"),
        ] {
            let mut value = seed();
            value[field] = wrong;
            let (path, error) = decode_texts::<Seed>(value).unwrap_err();
            assert_eq!(path, field);
            assert!(error.to_string().contains(why) || field == "Mode", "{error}");
        }
        let mut value = seed();
        value["Sizes"][1] = json!("x");
        assert_eq!(decode_texts::<Seed>(value).unwrap_err().0, "Sizes[1]");
    }
}
