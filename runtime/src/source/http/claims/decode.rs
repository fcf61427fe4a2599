//! Decodes claims, which an HTTP API hands on as texts: `"1700000000"` for a number, `"true"` for a boolean, `"[a b]"` for
//! a list. Other hosts hand them on as JSON, which is decoded as well.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value};

/// Decodes claims as a value of the type `T`.
pub(super) fn decode_claims<T: DeserializeOwned>(claims: &Value) -> Result<T, Error> {
    T::deserialize(Claim(claims.clone()))
}

/// A claim, or all of them, as JSON.
struct Claim(Value);

impl IntoDeserializer<'_, Error> for Claim {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Returns the number that a text is: a whole one if it can be. API Gateway writes large numbers with an exponent.
fn parse_number(text: &str) -> Option<Value> {
    if let Ok(number) = text.parse::<u64>() {
        return Some(number.into());
    }
    if let Ok(number) = text.parse::<i64>() {
        return Some(number.into());
    }
    let number: f64 = text.parse().ok()?;
    let whole = number.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&number);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and in range"
    )]
    if whole {
        Some((number as u64).into())
    } else {
        serde_json::Number::from_f64(number).map(Value::from)
    }
}

/// Returns the items of a list in API Gateway's notation, `[a b]`. A text without brackets is the only item.
fn split_list(text: &str) -> Vec<Claim> {
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match inner {
        Some(inner) => inner.split_whitespace().map(|item| Claim(item.into())).collect(),
        None => vec![Claim(text.into())],
    }
}

macro_rules! numbers {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match &self.0 {
                Value::String(text) => match parse_number(text) {
                    Some(number) => number.$name(visitor),
                    None => self.0.$name(visitor),
                },
                _ => self.0.$name(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Claim {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
            value => value.deserialize_any(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.as_str() {
            Some("true") => visitor.visit_bool(true),
            Some("false") => visitor.visit_bool(false),
            _ => self.0.deserialize_bool(visitor),
        }
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
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

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let items = match self.0 {
            Value::Array(items) => items.into_iter().map(Claim).collect(),
            Value::String(text) => split_list(&text),
            other => return other.deserialize_seq(visitor),
        };
        let mut items = SeqDeserializer::new(items.into_iter());
        let list = visitor.visit_seq(&mut items)?;
        items.end()?;
        Ok(list)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Value::Object(entries) = self.0 else { return self.0.deserialize_map(visitor) };
        let entries = entries.into_iter().map(|(key, value)| (key, Claim(value)));
        let mut entries = MapDeserializer::new(entries);
        let map = visitor.visit_map(&mut entries)?;
        entries.end()?;
        Ok(map)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}
