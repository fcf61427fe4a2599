//! [`PrettySerializer`]: a serializer of serde that writes indented JSON.

use std::fmt::Display;

use serde::ser::{
    self, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use serde::{Serialize, Serializer};

use super::text::write_text;

/// The spaces that one level of indentation has.
const INDENTATION: usize = 2;

/// A line break and the spaces of an indentation.
const LINE: &str = "\n                                                                ";

/// The error of a value whose JSON would need a key that is not a string, or that says itself that it has none.
#[derive(Debug)]
pub(super) struct NotJson;

impl Display for NotJson {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("the value cannot be written as JSON")
    }
}

impl std::error::Error for NotJson {}

impl ser::Error for NotJson {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

type Result<T = ()> = std::result::Result<T, NotJson>;

/// Writes indented JSON, as `serde_json::to_string_pretty` does.
pub(super) struct PrettySerializer<'a> {
    out: &'a mut String,
    /// The indentation of the line, in spaces.
    depth: usize,
}

impl<'a> PrettySerializer<'a> {
    pub(super) fn new(out: &'a mut String) -> Self {
        Self { out, depth: 0 }
    }

    fn write(self, text: &str) {
        self.out.push_str(text);
    }

    /// Opens a list or an object, and with `variant` an object around it that has the variant's name as its only key.
    fn open(mut self, brackets: &'static str, variant: Option<&str>) -> Collection<'a> {
        let is_in_variant = variant.is_some();
        if let Some(variant) = variant {
            self.depth += INDENTATION;
            self.out.push('{');
            break_line(self.out, self.depth);
            write_text(self.out, variant);
            self.out.push_str(": ");
        }
        let (opening, closing) = brackets.split_at(1);
        self.out.push_str(opening);
        let Self { out, depth } = self;
        Collection { out, depth: depth + INDENTATION, closing, is_empty: true, is_in_variant }
    }
}

fn break_line(out: &mut String, depth: usize) {
    let known = depth.min(LINE.len() - 1);
    out.push_str(&LINE[..=known]);
    (known..depth).for_each(|_| out.push(' '));
}

/// A list or an object that is open.
pub(super) struct Collection<'a> {
    out: &'a mut String,
    /// The indentation of the entries, in spaces.
    depth: usize,
    closing: &'static str,
    is_empty: bool,
    /// Whether an object with the name of a variant is around the collection.
    is_in_variant: bool,
}

impl Collection<'_> {
    fn begin_entry(&mut self) -> PrettySerializer<'_> {
        if !self.is_empty {
            self.out.push(',');
        }
        self.is_empty = false;
        break_line(self.out, self.depth);
        PrettySerializer { out: self.out, depth: self.depth }
    }

    fn begin_value(&mut self) -> PrettySerializer<'_> {
        self.out.push_str(": ");
        PrettySerializer { out: self.out, depth: self.depth }
    }

    fn add_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        value.serialize(self.begin_entry())
    }

    fn add_field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result {
        let entry = self.begin_entry();
        write_text(entry.out, key);
        value.serialize(self.begin_value())
    }

    fn close(mut self) {
        self.depth -= INDENTATION;
        if !self.is_empty {
            break_line(self.out, self.depth);
        }
        self.out.push_str(self.closing);
        if self.is_in_variant {
            break_line(self.out, self.depth - INDENTATION);
            self.out.push('}');
        }
    }
}

macro_rules! write_numbers {
    ($($method:ident: $Number:ty,)*) => {$(
        fn $method(self, number: $Number) -> Result {
            self.write(&number.to_string());
            Ok(())
        }
    )*};
}

impl<'a> Serializer for PrettySerializer<'a> {
    type Ok = ();
    type Error = NotJson;
    type SerializeSeq = Collection<'a>;
    type SerializeTuple = Collection<'a>;
    type SerializeTupleStruct = Collection<'a>;
    type SerializeTupleVariant = Collection<'a>;
    type SerializeMap = Collection<'a>;
    type SerializeStruct = Collection<'a>;
    type SerializeStructVariant = Collection<'a>;

    write_numbers! {
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_i128: i128,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_u128: u128,
    }

    fn serialize_f32(self, number: f32) -> Result {
        self.write(&serde_json::to_string(&number).map_err(|_| NotJson)?);
        Ok(())
    }

    fn serialize_f64(self, number: f64) -> Result {
        self.write(&serde_json::to_string(&number).map_err(|_| NotJson)?);
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Result {
        self.write(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result {
        write_text(self.out, value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        self.write("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result {
        let mut object = self.open("{}", None);
        object.add_field(variant, value)?;
        object.close();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Collection<'a>> {
        Ok(self.open("[]", None))
    }

    fn serialize_tuple(self, _: usize) -> Result<Collection<'a>> {
        Ok(self.open("[]", None))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Collection<'a>> {
        Ok(self.open("[]", None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Collection<'a>> {
        Ok(self.open("[]", Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Collection<'a>> {
        Ok(self.open("{}", None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Collection<'a>> {
        Ok(self.open("{}", None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Collection<'a>> {
        Ok(self.open("{}", Some(variant)))
    }
}

impl SerializeMap for Collection<'_> {
    type Ok = ();
    type Error = NotJson;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        let entry = self.begin_entry();
        let start = entry.out.len();
        key.serialize(entry)?;
        if self.out[start..].starts_with('"') { Ok(()) } else { Err(NotJson) }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        value.serialize(self.begin_value())
    }

    fn end(self) -> Result {
        self.close();
        Ok(())
    }
}

macro_rules! collections {
    ($($Trait:ident: $method:ident($($key:ident: $Key:ty)?) $add:ident;)*) => {$(
        impl $Trait for Collection<'_> {
            type Ok = ();
            type Error = NotJson;

            fn $method<T: Serialize + ?Sized>(&mut self, $($key: $Key,)? value: &T) -> Result {
                self.$add($($key,)? value)
            }

            fn end(self) -> Result {
                self.close();
                Ok(())
            }
        }
    )*};
}

collections! {
    SerializeSeq: serialize_element() add_element;
    SerializeTuple: serialize_element() add_element;
    SerializeTupleStruct: serialize_field() add_element;
    SerializeTupleVariant: serialize_field() add_element;
    SerializeStruct: serialize_field(key: &'static str) add_field;
    SerializeStructVariant: serialize_field(key: &'static str) add_field;
}
