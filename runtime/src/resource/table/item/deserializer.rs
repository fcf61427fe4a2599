//! The deserializer of attribute values. A type that says what it takes gets it from the deserializer of
//! `serde_dynamo`; a type that takes any value gets what [`Any`] says.

use std::collections::{HashMap, hash_map};
use std::vec;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_dynamo::{AttributeValue, Error};

use super::number;

/// What a type that takes any value gets for bytes and for numbers.
#[derive(Clone, Copy)]
pub(super) struct Any {
    pub(super) bytes: AnyBytes,
    pub(super) number: AnyNumber,
}

/// What a type that takes any value gets for bytes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum AnyBytes {
    Bytes,
    Base64,
}

/// What a type that takes any value gets for a number with more digits than a float has.
#[derive(Clone, Copy)]
pub(super) enum AnyNumber {
    /// A number with every digit, or an error.
    Exact,
    /// The digits as a text, which a type that takes numbers alone refuses.
    Text,
    /// A rounded float.
    Float,
}

/// Deserializes an attribute value.
pub(super) struct ValueDeserializer {
    value: AttributeValue,
    any: Any,
}

impl ValueDeserializer {
    pub(super) fn new(value: AttributeValue, any: Any) -> Self {
        Self { value, any }
    }

    /// Converts a value that has no values in it into the deserializer for types that say what they take.
    fn into_typed(self) -> serde_dynamo::Deserializer {
        serde_dynamo::Deserializer::from_attribute_value(self.value)
    }

    /// Returns the values of a list or a set. Returns the value itself if it is neither.
    fn into_values(self) -> Result<Values, Self> {
        let Self { value, any } = self;
        let values: Vec<_> = match value {
            AttributeValue::L(list) => list,
            AttributeValue::Ss(set) => set.into_iter().map(AttributeValue::S).collect(),
            AttributeValue::Ns(set) => set.into_iter().map(AttributeValue::N).collect(),
            AttributeValue::Bs(set) => set.into_iter().map(AttributeValue::B).collect(),
            value => return Err(Self { value, any }),
        };
        Ok(Values { values: values.into_iter(), any })
    }
}

macro_rules! deserialize_scalars {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.into_typed().$method(visitor)
        }
    )*};
}

macro_rules! deserialize_integers {
    ($($method:ident => $visit:ident: $Type:ty, $or:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match &self.value {
                AttributeValue::N(text) => match text.parse::<$Type>() {
                    Ok(number) => visitor.$visit(number),
                    Err(_) => self.into_typed().$or(visitor),
                },
                _ => self.into_typed().$or(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for ValueDeserializer {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            AttributeValue::B(bytes) if self.any.bytes == AnyBytes::Base64 => {
                visitor.visit_string(STANDARD.encode(bytes))
            }
            AttributeValue::B(bytes) => visitor.visit_byte_buf(bytes),
            AttributeValue::N(text) => match self.any.number {
                AnyNumber::Text if !number::is_exact(&text) => visitor.visit_string(text),
                AnyNumber::Float => number::visit_rounded(&text, visitor),
                AnyNumber::Exact | AnyNumber::Text => number::visit_exact(&text, visitor),
            },
            AttributeValue::M(_) => self.deserialize_map(visitor),
            AttributeValue::L(_)
            | AttributeValue::Ss(_)
            | AttributeValue::Ns(_)
            | AttributeValue::Bs(_) => self.deserialize_seq(visitor),
            AttributeValue::Null(_) => visitor.visit_unit(),
            AttributeValue::S(_) | AttributeValue::Bool(_) => {
                self.into_typed().deserialize_any(visitor)
            }
        }
    }

    deserialize_scalars! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_f32 deserialize_f64
        deserialize_str deserialize_string deserialize_bool deserialize_char deserialize_unit
        deserialize_bytes deserialize_byte_buf deserialize_identifier
    }

    // An integer that is too large is refused as one of 64 bits is.
    deserialize_integers! {
        deserialize_i128 => visit_i128: i128, deserialize_i64;
        deserialize_u128 => visit_u128: u128, deserialize_u64;
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.into_typed().deserialize_unit_struct(name, visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.into_values() {
            Ok(values) => visitor.visit_seq(values),
            Err(other) => other.into_typed().deserialize_seq(visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            AttributeValue::M(map) => visitor.visit_map(Entries::new(map, self.any)),
            _ => self.into_typed().deserialize_map(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.value {
            AttributeValue::L(_) => self.deserialize_seq(visitor),
            _ => self.deserialize_map(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            AttributeValue::Null(true) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
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
        match self.value {
            AttributeValue::M(map) if map.len() == 1 => {
                visitor.visit_enum(Entries::new(map, self.any))
            }
            _ => self.into_typed().deserialize_enum(name, variants, visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

/// The values of a list or a set.
struct Values {
    values: vec::IntoIter<AttributeValue>,
    any: Any,
}

impl<'de> SeqAccess<'de> for Values {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let value = self.values.next();
        value.map(|value| seed.deserialize(ValueDeserializer::new(value, self.any))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.values.len())
    }
}

/// The entries of a map. A map with one entry is also a variant of an enum: its name and its content.
struct Entries {
    unread: hash_map::IntoIter<String, AttributeValue>,
    /// The value of the entry whose key was read last.
    value: Option<AttributeValue>,
    any: Any,
}

impl Entries {
    fn new(map: HashMap<String, AttributeValue>, any: Any) -> Self {
        Self { unread: map.into_iter(), value: None, any }
    }

    /// Reads the key of the next entry.
    fn next_name(&mut self) -> Option<String> {
        let (name, value) = self.unread.next()?;
        self.value = Some(value);
        Some(name)
    }

    /// Returns the deserializer of the value whose key was read last.
    fn take_value(&mut self) -> ValueDeserializer {
        // `serde` reads the key first.
        let value = self.value.take().unwrap_or(AttributeValue::Null(true));
        ValueDeserializer::new(value, self.any)
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        self.next_name().map(|name| seed.deserialize(KeyDeserializer(name))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(self.take_value())
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.unread.len())
    }
}

impl<'de> EnumAccess<'de> for Entries {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(mut self, seed: V) -> Result<(V::Value, Self), Error> {
        let name: StringDeserializer<Error> =
            self.next_name().unwrap_or_default().into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Entries {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(mut self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.take_value())
    }

    fn tuple_variant<V: Visitor<'de>>(mut self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.take_value().deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        mut self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.take_value().deserialize_map(visitor)
    }
}

/// Deserializes the key of a map, which is a text. A type of number or of truth value takes the text that it is written
/// as.
struct KeyDeserializer(String);

macro_rules! deserialize_parsed {
    ($($method:ident => $visit:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.0.parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => visitor.visit_string(self.0),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for KeyDeserializer {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.0)
    }

    deserialize_parsed! {
        deserialize_i8 => visit_i8
        deserialize_i16 => visit_i16
        deserialize_i32 => visit_i32
        deserialize_i64 => visit_i64
        deserialize_i128 => visit_i128
        deserialize_u8 => visit_u8
        deserialize_u16 => visit_u16
        deserialize_u32 => visit_u32
        deserialize_u64 => visit_u64
        deserialize_u128 => visit_u128
        deserialize_bool => visit_bool
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let name: StringDeserializer<Error> = self.0.into_deserializer();
        visitor.visit_enum(name)
    }

    forward_to_deserialize_any! {
        f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}
