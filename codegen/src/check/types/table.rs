//! Checks that the items of a table have the attributes that the table's keys, indexes and `ttl` name, and that these
//! attributes have the right types.

use skylift_model::App;
use skylift_model::access::Access;
use skylift_model::message::Message;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problems};
use skylift_model::resource::ResourceSettings;
use skylift_model::resource::table::{KeyType, Projection, Table};
use skylift_model::suggest;

use crate::messages::{self, KeyRole};
use crate::types::{
    Direction, Field, PackageTypes, Record, Shape, Tagging, TypeUse, VariantContent,
};

/// An attribute that the settings of a table name.
struct NamedAttribute<'a> {
    name: &'a str,
    role: KeyRole,
    /// The type of a key; `None` for an attribute that can have any type.
    kind: Option<KeyType>,
    /// The place of the name in the arguments of the table.
    place: String,
}

/// Checks the items of the table with the index `index` in the application. Returns whether the source shows enough:
/// `false` if the items may be wrong all the same.
pub(super) fn check_table(
    app: &App,
    index: usize,
    item: &TypeUse,
    types: &PackageTypes<'_>,
    problems: &mut Problems,
) -> bool {
    let resource = &app.resources[index];
    let ResourceSettings::Table(table) = &resource.settings else { return true };
    // Items that are only read may leave out attributes, even keys.
    let is_only_read = {
        let mut accesses = app
            .functions
            .iter()
            .flat_map(|function| &function.capabilities)
            .filter(|capability| capability.target == resource.ident)
            .map(|capability| capability.access)
            .peekable();
        accesses.peek().is_some() && accesses.all(|access| access == Access::Read)
    };
    let mut report = |place: &str, message| {
        problems.push(ItemIndex::Resource(index), PlaceInItem::key(place), message);
    };
    let is_written = !matches!(types.shape(item, Direction::Write), Shape::Unknown);
    let direction = if is_written { Direction::Write } else { Direction::Read };
    if let Some(noun) = not_an_item(types, item, direction) {
        report("item", messages::item_without_attributes(&item.text(), noun));
        return true;
    }
    // A type that cannot be written has no value to look at.
    let Some(records) = types.records(item, direction) else { return is_only_read };
    let mut is_seen = !records.iter().any(|record| record.is_open);
    let attributes = Attributes { types, direction, is_only_read: is_only_read || !is_written };
    // The client of a view adds the partition key.
    let is_added =
        |it: &NamedAttribute<'_>| resource.view.is_some() && it.role == KeyRole::Partition;
    for attribute in named_attributes(table).into_iter().filter(|it| !is_added(it)) {
        is_seen &= records.iter().all(|record| attributes.sees(&attribute, record));
        let message = records.iter().find_map(|record| attributes.check(&attribute, record));
        if let Some(message) = message {
            report(&attribute.place, message);
        }
    }
    is_seen || is_only_read
}

/// Returns the attributes that the settings of a table name.
fn named_attributes(table: &Table) -> Vec<NamedAttribute<'_>> {
    let mut found = Vec::new();
    let mut add = |name, role, kind, place: &str| {
        found.push(NamedAttribute { name, role, kind, place: place.to_owned() });
    };
    add(table.key.name.as_str(), KeyRole::Partition, Some(table.key.kind), "key");
    if let Some(sort) = &table.sort {
        add(sort.name.as_str(), KeyRole::Sort, Some(sort.kind), "sort");
    }
    if let Some(ttl) = &table.ttl {
        add(ttl.as_str(), KeyRole::Ttl, Some(KeyType::Number), "ttl");
    }
    for (number, index) in table.indexes.iter().enumerate() {
        for (key, word) in [(&index.key, "key"), (&index.sort, "sort")] {
            if let Some(key) = key {
                let place = format!("indexes.{number}.{word}");
                add(key.name.as_str(), KeyRole::Index, Some(key.kind), &place);
            }
        }
        if let Projection::Include(names) = &index.projection {
            for (place, name) in names.iter().enumerate() {
                let place = format!("indexes.{number}.project.{place}");
                add(name.as_str(), KeyRole::Projected, None, &place);
            }
        }
    }
    found
}

/// Returns what serde makes of a type whose values cannot be items, as messages name it. Returns `None` for a type
/// whose values may have attributes.
fn not_an_item(
    types: &PackageTypes<'_>,
    item: &TypeUse,
    direction: Direction,
) -> Option<&'static str> {
    match types.shape(item, direction) {
        Shape::Enum(own) => {
            let (tagging, variants) = types.variants(&own)?;
            let has_content = variants.iter().any(|it| !matches!(it.content, VariantContent::Unit));
            (tagging == Tagging::External && !has_content).then_some("a string")
        }
        Shape::Optional(_) | Shape::Map(_) | Shape::Struct(_) | Shape::Unknown => None,
        shape => messages::noun_of(&shape),
    }
}

/// The check of one attribute after another.
struct Attributes<'a, 'p> {
    types: &'a PackageTypes<'p>,
    direction: Direction,
    /// Whether the application only reads the items, so that they may leave out attributes.
    is_only_read: bool,
}

impl Attributes<'_, '_> {
    /// Returns a message if the objects do not have the attribute, or have it with another type.
    fn check(&self, attribute: &NamedAttribute<'_>, record: &Record) -> Option<Message> {
        let NamedAttribute { name, role, kind, .. } = *attribute;
        let has_name = |field: &&Field| match self.direction {
            Direction::Write => field.is_written_as(name),
            Direction::Read => field.is_read_as(name),
        };
        match record.fields.iter().find(has_name) {
            Some(field) => {
                let kind = kind?;
                let shape = self.inner_shape(field);
                let fits = self.fits(&shape, kind);
                (!fits).then(|| {
                    let ty = field.type_text();
                    messages::key_of_another_type(name, role, kind, &record.name, &ty, &shape)
                })
            }
            None if record.is_open => None,
            None => self.report_missing(name, role, record),
        }
    }

    /// Returns whether the source shows the type of the attribute, if the objects have it.
    fn sees(&self, attribute: &NamedAttribute<'_>, record: &Record) -> bool {
        let mut fields = record.fields.iter().filter(|field| field.has_name(attribute.name));
        fields.all(|field| !matches!(self.inner_shape(field), Shape::Unknown))
    }

    fn report_missing(&self, name: &str, role: KeyRole, record: &Record) -> Option<Message> {
        let skipped = record.fields.iter().find(|field| {
            (field.rust_name == name || field.has_name(name)) && field.written.is_none()
        });
        if let Some(field) = skipped.filter(|_| self.direction == Direction::Write) {
            return (!self.is_only_read)
                .then(|| messages::key_not_written(name, role, &record.name, &field.rust_name));
        }
        let names = || {
            record.fields.iter().filter_map(|field| match self.direction {
                Direction::Write => field.written.as_deref(),
                Direction::Read => field.read.first().map(String::as_str),
            })
        };
        let renamed = record.fields.iter().find(|field| field.rust_name == name);
        let renamed = renamed
            .and_then(|field| field.written.as_deref().or(field.read.first().map(String::as_str)));
        let near = renamed.or_else(|| suggest::nearest(name, names()));
        // An attribute that only `update` sets may be in an index, too.
        if (self.is_only_read || role == KeyRole::Projected) && near.is_none() {
            return None;
        }
        let all: Vec<&str> = names().collect();
        Some(messages::key_not_in_item(name, role, &record.name, renamed.is_some(), near, &all))
    }

    /// Returns what serde makes of a field, or of the value in it if it is an `Option`.
    fn inner_shape(&self, field: &Field) -> Shape {
        let mut shape = self.types.shape_of_field(field, self.direction);
        while let Shape::Optional(inner) = &shape {
            shape = self.types.shape(inner, self.direction);
        }
        shape
    }

    /// Returns whether a value of this shape can be a key of this type.
    fn fits(&self, shape: &Shape, kind: KeyType) -> bool {
        match shape {
            Shape::Unknown => true,
            Shape::Text | Shape::Parsed(_) | Shape::Char => kind == KeyType::String,
            Shape::Integer(..) | Shape::Float => kind == KeyType::Number,
            Shape::Bytes => kind == KeyType::Binary,
            Shape::Enum(own) => self.types.variants(own).is_none_or(|(tagging, variants)| {
                let is_text = |content: &VariantContent| matches!(content, VariantContent::Unit);
                match tagging {
                    Tagging::External => {
                        kind == KeyType::String && variants.iter().any(|it| is_text(&it.content))
                    }
                    Tagging::Untagged => true,
                    Tagging::Internal(_) | Tagging::Adjacent(..) => false,
                }
            }),
            Shape::Bool
            | Shape::Unit
            | Shape::Optional(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Struct(_) => false,
        }
    }
}
