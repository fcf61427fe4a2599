//! The fields that serde reads and writes for a struct or for the variants of an enum. It takes a type of the
//! package, and returns its fields under their names in JSON, with the fields of flattened structs among them.

use syn::{Data, Fields, FieldsNamed};

use super::attributes::{Directions, SerdeAttributes};
use super::package::{Body, OwnType, PackageTypes, TypeUse, bare_name};
use super::rename::RenameRule;
use super::shape::{Direction, Shape};

/// The greatest depth of flattened structs.
const MAX_DEPTH: usize = 16;

/// An object with known fields.
#[derive(Clone)]
pub(crate) struct Record {
    /// The name of the struct, or of the enum and the variant: `Entity::Order`.
    pub(crate) name: String,
    pub(crate) fields: Vec<Field>,
    /// Whether there may be other fields, which the source does not show, because something foreign is flattened.
    pub(crate) is_open: bool,
    /// Whether reading fails for a field that is not listed.
    pub(crate) denies_unknown: bool,
}

/// A field of an object.
#[derive(Clone)]
pub(crate) struct Field {
    /// The name of the field in Rust.
    pub(crate) rust_name: String,
    /// The name under which the field is written; `None` if it is not written.
    pub(crate) written: Option<String>,
    /// The names under which the field is read: its name and its aliases. None if it is not read.
    pub(crate) read: Vec<String>,
    /// Whether reading fails if the field is missing.
    pub(crate) is_required: bool,
    ty: Option<TypeUse>,
    attributes: SerdeAttributes,
}

/// A variant of an enum.
pub(crate) struct Variant {
    /// The name under which the variant is written.
    pub(crate) written: Option<String>,
    /// The names under which the variant is read.
    pub(crate) read: Vec<String>,
    pub(crate) content: VariantContent,
}

/// What a variant of an enum contains.
pub(crate) enum VariantContent {
    Unit,
    One(TypeUse),
    Record(Record),
    Other,
}

/// How serde says which variant of an enum a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tagging {
    /// The name of the variant is around its content, or is the whole value.
    External,
    /// A field with this name has the name of the variant, beside the variant's own fields.
    Internal(String),
    /// A field has the name of the variant, and another one its content.
    Adjacent(String, String),
    Untagged,
}

impl Field {
    /// Returns whether the field is written or read under this name.
    pub(crate) fn has_name(&self, name: &str) -> bool {
        self.is_written_as(name) || self.is_read_as(name)
    }

    /// Returns whether the field is written under this name.
    pub(crate) fn is_written_as(&self, name: &str) -> bool {
        self.written.as_deref() == Some(name)
    }

    /// Returns whether the field is read under this name.
    pub(crate) fn is_read_as(&self, name: &str) -> bool {
        self.read.iter().any(|read| read == name)
    }

    /// Returns the type of the field as the user wrote it. A tag of an enum has no type.
    pub(crate) fn type_text(&self) -> String {
        self.ty.as_ref().map_or_else(|| "String".to_owned(), TypeUse::text)
    }

    /// Creates the field with the tag of an enum.
    fn tag(name: &str) -> Self {
        Self {
            rust_name: name.to_owned(),
            written: Some(name.to_owned()),
            read: vec![name.to_owned()],
            is_required: true,
            ty: None,
            attributes: SerdeAttributes::default(),
        }
    }
}

impl PackageTypes<'_> {
    /// Returns what serde makes of the value of a field.
    pub(crate) fn shape_of_field(&self, field: &Field, direction: Direction) -> Shape {
        match &field.ty {
            Some(ty) => self.field_shape(&field.attributes, ty, direction),
            None => Shape::Text,
        }
    }

    /// Returns the fields of a struct with named fields. Returns `None` for any other type.
    pub(crate) fn record(&self, own: &OwnType) -> Option<Record> {
        self.record_at(own, 0)
    }

    fn record_at(&self, own: &OwnType, depth: usize) -> Option<Record> {
        let Body::Data(input) = &own.definition.body else { return None };
        let Data::Struct(data) = &input.data else { return None };
        let Fields::Named(fields) = &data.fields else { return None };
        let attributes = SerdeAttributes::read(&input.attrs, self.cfg())?;
        let rule = attributes.rename_all.clone();
        let (fields, is_open) =
            self.named_fields(own, fields, &rule, attributes.has_default, depth);
        let mut record =
            Record { name: own.name(), fields, is_open, denies_unknown: attributes.denies_unknown };
        // A struct with a tag has its own name in the field of the tag.
        let tag = attributes.tag.iter().map(|tag| Field { is_required: false, ..Field::tag(tag) });
        record.fields.extend(tag);
        Some(record)
    }

    /// Returns the fields among named fields, and whether there may be others.
    fn named_fields(
        &self,
        own: &OwnType,
        named: &FieldsNamed,
        rule: &Directions<Option<RenameRule>>,
        has_default: bool,
        depth: usize,
    ) -> (Vec<Field>, bool) {
        let (mut fields, mut is_open) = (Vec::new(), false);
        for field in &named.named {
            let Some(attributes) = SerdeAttributes::read(&field.attrs, self.cfg()) else {
                continue;
            };
            let used = own.inner(&field.ty);
            if attributes.is_flattened {
                match self.flattened(&attributes, &used, has_default, depth + 1) {
                    Some(record) => {
                        is_open |= record.is_open;
                        fields.extend(record.fields);
                    }
                    None => is_open = true,
                }
                continue;
            }
            let Some(ident) = &field.ident else { continue };
            let name = bare_name(ident);
            let spelled = |direction| {
                let renamed = attributes.rename.get(direction).clone();
                renamed.unwrap_or_else(|| match rule.get(direction) {
                    Some(rule) => rule.apply_to_field(&name),
                    None => name.clone(),
                })
            };
            let written = (!attributes.skip.write).then(|| spelled(Direction::Write));
            let mut read = Vec::new();
            if !attributes.skip.read {
                read.push(spelled(Direction::Read));
                read.extend(attributes.aliases.iter().cloned());
            }
            let is_required =
                !read.is_empty() && !has_default && self.is_required(&attributes, &used);
            let (rust_name, ty) = (name, Some(used));
            fields.push(Field { rust_name, written, read, is_required, ty, attributes });
        }
        (fields, is_open)
    }

    /// Returns whether reading fails if a field of this type is missing.
    fn is_required(&self, attributes: &SerdeAttributes, used: &TypeUse) -> bool {
        if attributes.has_default {
            return false;
        }
        // serde takes a missing field for `None` only if it reads the `Option` itself.
        attributes.converted.read.is_some()
            || !matches!(
                self.shape_of(attributes, used),
                Shape::Optional(_) | Shape::Unit | Shape::Unknown
            )
    }

    fn shape_of(&self, attributes: &SerdeAttributes, used: &TypeUse) -> Shape {
        self.field_shape(attributes, used, Direction::Read)
    }

    /// Returns the fields of a flattened value. Returns `None` if the source does not show them all.
    fn flattened(
        &self,
        attributes: &SerdeAttributes,
        used: &TypeUse,
        has_default: bool,
        depth: usize,
    ) -> Option<Record> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut is_optional = attributes.has_default || has_default;
        let mut shapes = (
            self.field_shape(attributes, used, Direction::Write),
            self.field_shape(attributes, used, Direction::Read),
        );
        while let (Shape::Optional(inner), _) | (_, Shape::Optional(inner)) = &shapes {
            is_optional = true;
            let inner = inner.clone();
            shapes = (self.shape(&inner, Direction::Write), self.shape(&inner, Direction::Read));
        }
        let ((Shape::Struct(own), _) | (_, Shape::Struct(own))) = &shapes else { return None };
        let mut record = self.record_at(own, depth)?;
        for field in &mut record.fields {
            field.is_required &= !is_optional;
        }
        Some(record)
    }

    /// Returns the variants of an enum and how they are tagged. Returns `None` for any other type.
    pub(crate) fn variants(&self, own: &OwnType) -> Option<(Tagging, Vec<Variant>)> {
        let Body::Data(input) = &own.definition.body else { return None };
        let Data::Enum(data) = &input.data else { return None };
        let attributes = SerdeAttributes::read(&input.attrs, self.cfg())?;
        let tagging = match (&attributes.tag, &attributes.content) {
            _ if attributes.is_untagged => Tagging::Untagged,
            (Some(tag), None) => Tagging::Internal(tag.clone()),
            (Some(tag), Some(content)) => Tagging::Adjacent(tag.clone(), content.clone()),
            (None, _) => Tagging::External,
        };
        let mut variants = Vec::new();
        for variant in &data.variants {
            let Some(found) = SerdeAttributes::read(&variant.attrs, self.cfg()) else { continue };
            let ident = bare_name(&variant.ident);
            let spelled = |direction| {
                let renamed = found.rename.get(direction).clone();
                renamed.unwrap_or_else(|| match attributes.rename_all.get(direction) {
                    Some(rule) => rule.apply_to_variant(&ident),
                    None => ident.clone(),
                })
            };
            let written = (!found.skip.write).then(|| spelled(Direction::Write));
            let mut read = Vec::new();
            if !found.skip.read {
                read.push(spelled(Direction::Read));
                read.extend(found.aliases.iter().cloned());
            }
            let content = match &variant.fields {
                // A conversion, or an untagged variant among tagged ones.
                _ if found.is_untagged || found.converted != Directions::default() => {
                    VariantContent::Other
                }
                Fields::Unit => VariantContent::Unit,
                Fields::Unnamed(fields) => match fields.unnamed.first() {
                    Some(field) if fields.unnamed.len() == 1 && field.attrs.is_empty() => {
                        VariantContent::One(own.inner(&field.ty))
                    }
                    _ => VariantContent::Other,
                },
                Fields::Named(fields) => {
                    let rule = Directions {
                        write: found.rename_all.write.or(attributes.rename_all_fields.write),
                        read: found.rename_all.read.or(attributes.rename_all_fields.read),
                    };
                    let (fields, is_open) = self.named_fields(own, fields, &rule, false, 0);
                    let name = format!("{}::{ident}", own.name());
                    let denies_unknown = attributes.denies_unknown;
                    VariantContent::Record(Record { name, fields, is_open, denies_unknown })
                }
            };
            variants.push(Variant { written, read, content });
        }
        Some((tagging, variants))
    }

    /// Returns the objects that a type can be: one for a struct, one for each variant of an enum whose tag is beside
    /// the fields. Returns `None` if the source does not show them.
    pub(crate) fn records(&self, used: &TypeUse, direction: Direction) -> Option<Vec<Record>> {
        match self.shape(used, direction) {
            Shape::Struct(own) => Some(vec![self.record(&own)?]),
            Shape::Enum(own) => self.records_of_enum(&own, direction),
            _ => None,
        }
    }

    fn records_of_enum(&self, own: &OwnType, direction: Direction) -> Option<Vec<Record>> {
        let (tagging, variants) = self.variants(own)?;
        let tag = match tagging {
            Tagging::Internal(tag) => Some(tag),
            Tagging::Untagged => None,
            Tagging::External | Tagging::Adjacent(..) => return None,
        };
        let mut records = Vec::new();
        for variant in variants {
            let name = format!("{}::{}", own.name(), variant.written.unwrap_or_default());
            let record = match variant.content {
                VariantContent::Record(record) => Some(record),
                VariantContent::Unit if tag.is_some() => {
                    let (fields, is_open) = (Vec::new(), false);
                    Some(Record { name, fields, is_open, denies_unknown: false })
                }
                VariantContent::One(inner) => match self.shape(&inner, direction) {
                    Shape::Struct(own) => self.record(&own),
                    _ => None,
                },
                VariantContent::Unit | VariantContent::Other => None,
            };
            let Some(mut record) = record else { continue };
            record.fields.extend(tag.iter().map(|tag| Field::tag(tag)));
            records.push(record);
        }
        Some(records)
    }
}
