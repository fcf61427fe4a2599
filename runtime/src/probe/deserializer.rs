//! The deserializer of invented values: it gives each type the value that the type asks for.

use std::cell::{Cell, RefCell};

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use super::error::ProbeError;

/// The texts that are tried one after another for a text that has a form, such as a date or an id.
pub(super) const TEXTS: &[&str] = &[
    "1",
    "a",
    "00000000-0000-4000-8000-000000000001",
    "2000-01-01T00:00:00Z",
    "2000-01-01",
    "127.0.0.1",
    "https://example.com/",
    "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "1.5",
    "user@example.com",
];

/// The depth below which optional values and elements of lists are left out.
const MAX_DEPTH: usize = 6;

/// A value for a field whose type does not ask for a kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "table"),
    allow(dead_code, unreachable_pub, reason = "a path has only texts")
)]
pub enum Given {
    Text,
    Number,
    Bytes,
    Bool,
    List,
    Map,
    /// The text with this number.
    Form(usize),
}

/// The value to invent.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The fields of the outermost object if its type does not name them, or if only these are there.
    pub(super) fields: Vec<(String, Given)>,
    /// Whether the outermost object has these fields alone, although its type names others.
    pub(super) is_complete: bool,
    /// Which of the texts each text of the value is, in the order in which they are asked for.
    pub(super) texts: RefCell<Vec<usize>>,
    /// The number of texts that were asked for.
    pub(super) asked: Cell<usize>,
    /// The names of fields that are left out, because they are other names of fields that are there.
    pub(super) left_out: RefCell<Vec<String>>,
    /// The last name of a field that was given.
    pub(super) last_field: RefCell<String>,
}

impl Plan {
    /// Returns the next text.
    fn text(&self) -> &'static str {
        let number = self.asked.replace(self.asked.get() + 1);
        let mut texts = self.texts.borrow_mut();
        if texts.len() <= number {
            texts.resize(number + 1, 0);
        }
        TEXTS[texts[number] % TEXTS.len()]
    }
}

/// A value that is invented by a plan.
#[derive(Clone, Copy)]
pub(super) struct Invented<'a> {
    pub(super) plan: &'a Plan,
    pub(super) depth: usize,
    /// The value if the type does not ask for a kind of value.
    pub(super) given: Given,
}

impl<'a> Invented<'a> {
    fn inner(self) -> Self {
        Self { depth: self.depth + 1, given: Given::Text, ..self }
    }

    fn is_outermost(self) -> bool {
        self.depth == 0
    }

    /// The object with the fields of the plan.
    fn planned(self) -> Fields<'a> {
        let fields = self.plan.fields.iter().map(|(name, given)| (name.as_str(), *given));
        Fields { value: self, entries: fields.collect(), next: 0 }
    }
}

/// Implements methods that give one value, whatever the type asks for in detail.
macro_rules! give {
    ($($method:ident => $visit:ident($value:expr),)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
            visitor.$visit($value)
        })*
    };
}

impl<'de> Deserializer<'de> for Invented<'_> {
    type Error = ProbeError;

    give! {
        deserialize_bool => visit_bool(true),
        deserialize_i8 => visit_i8(1),
        deserialize_i16 => visit_i16(1),
        deserialize_i32 => visit_i32(1),
        deserialize_i64 => visit_i64(1),
        deserialize_i128 => visit_i128(1),
        deserialize_u8 => visit_u8(1),
        deserialize_u16 => visit_u16(1),
        deserialize_u32 => visit_u32(1),
        deserialize_u64 => visit_u64(1),
        deserialize_u128 => visit_u128(1),
        deserialize_f32 => visit_f32(1.0),
        deserialize_f64 => visit_f64(1.0),
        deserialize_char => visit_char('1'),
        deserialize_bytes => visit_bytes(b"1"),
        deserialize_byte_buf => visit_bytes(b"1"),
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        if self.is_outermost() {
            return visitor.visit_map(self.planned());
        }
        match self.given {
            Given::Text => visitor.visit_str(self.plan.text()),
            Given::Form(number) => visitor.visit_str(TEXTS[number % TEXTS.len()]),
            Given::Number => visitor.visit_u64(1),
            Given::Bytes => visitor.visit_bytes(b"1"),
            Given::Bool => visitor.visit_bool(true),
            Given::List => visitor.visit_seq(Elements { value: self.inner(), left: 0 }),
            Given::Map => visitor.visit_map(Fields { value: self, entries: Vec::new(), next: 0 }),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        visitor.visit_str(self.plan.text())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        visitor.visit_str(self.plan.text())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        if self.depth < MAX_DEPTH { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        let left = usize::from(self.depth < MAX_DEPTH);
        visitor.visit_seq(Elements { value: self.inner(), left })
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        left: usize,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        visitor.visit_seq(Elements { value: self.inner(), left })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        left: usize,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        self.deserialize_tuple(left, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        if self.is_outermost() {
            return visitor.visit_map(self.planned());
        }
        visitor.visit_map(Fields { value: self, entries: Vec::new(), next: 0 })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        if self.is_outermost() && self.plan.is_complete {
            return visitor.visit_map(self.planned());
        }
        let left_out = self.plan.left_out.borrow();
        let entries = fields
            .iter()
            .filter(|name| !left_out.iter().any(|other| other == *name))
            .map(|name| (*name, Given::Text))
            .collect();
        drop(left_out);
        visitor.visit_map(Fields { value: self, entries, next: 0 })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        let variant = variants.first().ok_or(ProbeError::Other)?;
        visitor.visit_enum(Variant { value: self.inner(), variant })
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        visitor.visit_str(self.plan.text())
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        visitor.visit_unit()
    }
}

/// The fields of an invented object.
struct Fields<'a> {
    value: Invented<'a>,
    entries: Vec<(&'a str, Given)>,
    next: usize,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = ProbeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ProbeError> {
        let Some((name, _)) = self.entries.get(self.next) else { return Ok(None) };
        (*name).clone_into(&mut self.value.plan.last_field.borrow_mut());
        let key: StrDeserializer<'_, ProbeError> = (*name).into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, ProbeError> {
        let given = self.entries.get(self.next).map_or(Given::Text, |(_, given)| *given);
        self.next += 1;
        seed.deserialize(Invented { given, ..self.value.inner() })
    }
}

/// The elements of an invented list.
struct Elements<'a> {
    value: Invented<'a>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_> {
    type Error = ProbeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ProbeError> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(self.value).map(Some)
    }
}

/// The variant of an invented enum.
struct Variant<'a> {
    value: Invented<'a>,
    variant: &'static str,
}

impl<'de> EnumAccess<'de> for Variant<'_> {
    type Error = ProbeError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self), ProbeError> {
        let name: StrDeserializer<'_, ProbeError> = self.variant.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = ProbeError;

    fn unit_variant(self) -> Result<(), ProbeError> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, ProbeError> {
        seed.deserialize(self.value)
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        left: usize,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        self.value.deserialize_tuple(left, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        self.value.deserialize_struct("", fields, visitor)
    }
}
