//! Compares the filters of an event source mapping with the fields of the handler's records. A filter about a field that
//! the records do not have, or about a value that the field cannot have, matches nothing, and the records are lost.

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};
use skylift_model::message::Message;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problems};
use skylift_model::source::{RecordContent, Trigger};
use skylift_model::subscription::Envelope;

use super::TypedHandler;
use super::content::{find_content, inner_shape, nearest_field};
use crate::messages;
use crate::types::{Direction, Field, PackageTypes, Shape, Tagging, TypeUse, VariantContent};

/// The key of a trigger with the filters.
const KEY: &str = "filters";

/// The key of a pattern whose value is a list of alternatives.
const OR: &str = "$or";

/// The field of a change with its images, and the images that have all attributes of an item.
const CHANGE: &str = "dynamodb";
const IMAGES: [&str; 2] = ["NewImage", "OldImage"];

/// Compares the filters of the function with the index `index` in the application with its records.
pub(super) fn check_filters(
    app: &App,
    index: usize,
    handler: &TypedHandler,
    types: &PackageTypes<'_>,
    problems: &mut Problems,
) {
    let Some(content) = handler.event.as_ref().and_then(|event| find_content(types, event)) else {
        return;
    };
    let Some(at) = content.at else { return };
    for (number, trigger) in app.functions[index].triggers.iter().enumerate() {
        let Some(mapping) = trigger.mapping() else { continue };
        for (filter, pattern) in mapping.filters.iter().enumerate() {
            let mut comparison = Comparison { types, mismatches: Vec::new() };
            let place = format!("{KEY}.{filter}");
            match at {
                RecordContent::Json(field) => match list_envelopes(app, trigger).as_slice() {
                    [] => comparison.compare_json(pattern, field, &content.ty, &place),
                    envelopes => {
                        let place = format!("{place}.{field}");
                        comparison.compare_envelopes(
                            pattern,
                            envelopes,
                            &content.ty,
                            (field, &place),
                        );
                    }
                },
                RecordContent::Images => comparison.compare_images(pattern, &content.ty, &place),
            }
            for (place, message) in comparison.mismatches {
                let at = PlaceInItem::trigger_key(number, &place);
                problems.push(ItemIndex::Function(index), at, message);
            }
        }
    }
}

/// Returns the envelopes in which the queue of a trigger gets messages, one for each of its subscriptions; `None` for one
/// whose messages are in no envelope.
fn list_envelopes(app: &App, trigger: &Trigger) -> Vec<Option<Envelope>> {
    let Some(queue) = trigger.resource() else { return Vec::new() };
    let own = app.subscriptions.iter().filter(|it| it.to == queue.ident);
    own.map(|it| it.from.envelope()).collect()
}

/// The comparison of one pattern with the type of the records.
struct Comparison<'a, 'p> {
    types: &'a PackageTypes<'p>,
    /// What cannot match, each with the place in the trigger: `filters.0.body.kind=`.
    mismatches: Vec<(String, Message)>,
}

impl Comparison<'_, '_> {
    /// Compares the part of a pattern about the field with the JSON of a record.
    fn compare_json(&mut self, pattern: &Node, field: &str, ty: &TypeUse, place: &str) {
        let Node::Map(map) = pattern else { return };
        if let Some(fields) = map.get(field) {
            let shape = self.types.shape(ty, Direction::Read);
            self.compare(fields, &shape, &format!("{place}.{field}"), &format!("`{}`", ty.text()));
        }
    }

    /// Compares the part of a pattern about a field with the envelopes that the field can have. Says nothing if one
    /// subscription has no envelope.
    fn compare_envelopes(
        &mut self,
        pattern: &Node,
        envelopes: &[Option<Envelope>],
        ty: &TypeUse,
        (field, place): (&str, &str),
    ) {
        let envelopes: Option<Vec<Envelope>> = envelopes.iter().copied().collect();
        let (Some(envelopes), Node::Map(map)) = (envelopes, pattern) else { return };
        let Some(Node::Map(fields)) = map.get(field) else { return };
        self.compare_fields(fields, place, &mut |this, name, value, place| {
            let mut having = envelopes.iter().filter(|it| it.fields().contains(&name));
            if having.next().is_none() {
                let message = messages::filter_of_no_envelope(name, field, &envelopes);
                this.report(&format!("{place}="), message);
            } else if name == Envelope::DETAIL {
                let shape = this.types.shape(ty, Direction::Read);
                this.compare(value, &shape, place, &format!("`{}`", ty.text()));
            }
        });
    }

    /// Compares a pattern with what it is about; `owner` says in messages what that is.
    fn compare(&mut self, pattern: &Node, shape: &Shape, place: &str, owner: &str) {
        match (pattern, shape) {
            (_, Shape::Optional(inner)) => {
                let shape = self.types.shape(inner, Direction::Read);
                let has_null = matches!(pattern, Node::Seq(values) if values.contains(&Node::Null));
                if !has_null {
                    self.compare(pattern, &shape, place, owner);
                }
            }
            // The elements of a list are compared one by one.
            (_, Shape::List(element)) => {
                let shape = self.types.shape(element, Direction::Read);
                self.compare(pattern, &shape, place, owner);
            }
            (Node::Map(map), Shape::Struct(own)) => {
                let Some(record) = self.types.record(own) else { return };
                self.compare_fields(map, place, &mut |this, name, value, place| {
                    let Some(field) = record.fields.iter().find(|it| it.is_read_as(name)) else {
                        let near = nearest_field(&record, name, Direction::Read);
                        if !record.is_open && (near.is_some() || record.denies_unknown) {
                            let message = messages::filter_of_no_field(&record.name, name, near);
                            this.report(&format!("{place}="), message);
                        }
                        return;
                    };
                    let shape = this.types.shape_of_field(field, Direction::Read);
                    let owner = messages::field_of(name, &record.name);
                    this.compare(value, &shape, place, &owner);
                });
            }
            (
                Node::Map(_),
                Shape::Text
                | Shape::Parsed(_)
                | Shape::Char
                | Shape::Bool
                | Shape::Integer(..)
                | Shape::Float,
            ) => {
                let Some(noun) = messages::noun_of(shape) else { return };
                self.report(place, messages::filter_into_a_value(owner, noun));
            }
            (Node::Seq(values), shape)
                if !values.is_empty() && values.iter().all(|it| self.cannot_match(it, shape)) =>
            {
                let noun = messages::noun_of(shape).unwrap_or("a string");
                self.report(place, messages::filter_of_another_type(owner, noun));
            }
            _ => {}
        }
    }

    /// Calls `compare` with each key of a pattern, its value and its place. Alternatives are patterns of their own.
    fn compare_fields(
        &mut self,
        map: &Map,
        place: &str,
        compare: &mut dyn FnMut(&mut Self, &str, &Node, &str),
    ) {
        for (name, value) in map.iter() {
            let place = format!("{place}.{name}");
            match value {
                Node::Seq(alternatives) if name == OR => {
                    for (number, alternative) in alternatives.iter().enumerate() {
                        if let Node::Map(map) = alternative {
                            self.compare_fields(map, &format!("{place}.{number}"), compare);
                        }
                    }
                }
                _ => compare(self, name, value, &place),
            }
        }
    }

    /// Returns whether an alternative of a pattern cannot match a value of this shape.
    fn cannot_match(&self, alternative: &Node, shape: &Shape) -> bool {
        let is_text = matches!(shape, Shape::Text | Shape::Parsed(_) | Shape::Char);
        let is_number = matches!(shape, Shape::Integer(..) | Shape::Float);
        let is_scalar = is_text || is_number || matches!(shape, Shape::Bool);
        match alternative {
            Node::Str(text) => match shape {
                Shape::Enum(own) => self.types.variants(own).is_some_and(|(tagging, variants)| {
                    tagging == Tagging::External
                        && variants.iter().all(|it| matches!(it.content, VariantContent::Unit))
                        && !variants.iter().any(|it| it.read.iter().any(|name| name == text))
                }),
                _ => is_scalar && !is_text,
            },
            Node::Int(_) | Node::Float(_) => is_scalar && !is_number,
            Node::Bool(_) => is_scalar && !matches!(shape, Shape::Bool),
            Node::Null => is_scalar,
            Node::Map(operator) => operator.iter().next().is_some_and(|(name, _)| match name {
                "numeric" => is_scalar && !is_number,
                "prefix" | "suffix" | "equals-ignore-case" | "wildcard" => is_scalar && !is_text,
                _ => false,
            }),
            Node::Seq(_) | Node::Tag(..) => false,
        }
    }

    /// Compares a pattern about the change of an item with the attributes that the application writes.
    fn compare_images(&mut self, pattern: &Node, ty: &TypeUse, place: &str) {
        let Node::Map(map) = pattern else { return };
        let Some(Node::Map(change)) = map.get(CHANGE) else { return };
        let Some(records) = self.types.records(ty, Direction::Read) else { return };
        if records.iter().any(|record| record.is_open) {
            return;
        }
        for image in IMAGES {
            let Some(Node::Map(attributes)) = change.get(image) else { continue };
            let place = format!("{place}.{CHANGE}.{image}");
            self.compare_fields(attributes, &place, &mut |this, name, value, place| {
                let fields = || records.iter().flat_map(|it| &it.fields);
                let Some(field) = fields().find(|field| field.has_name(name)) else {
                    let near = records.iter().find_map(|record| {
                        Some((record, nearest_field(record, name, Direction::Read)?))
                    });
                    if let Some((record, near)) = near {
                        let message = messages::filter_of_no_field(&record.name, name, Some(near));
                        this.report(&format!("{place}="), message);
                    }
                    return;
                };
                // Another variant of an enum may have the attribute with another type.
                if fields().filter(|field| field.has_name(name)).count() == 1 {
                    this.compare_attribute(field, name, value, place);
                }
            });
        }
    }

    /// Compares the type with which a pattern names an attribute, such as `S`, with the type of the field.
    fn compare_attribute(&mut self, field: &Field, name: &str, value: &Node, place: &str) {
        let Node::Map(typed) = value else { return };
        let shape = self.types.shape_of_field(field, Direction::Read);
        let right = match inner_shape(self.types, shape, Direction::Read) {
            Shape::Text | Shape::Parsed(_) | Shape::Char => "S",
            Shape::Integer(..) | Shape::Float => "N",
            Shape::Bool => "BOOL",
            Shape::Map(_) | Shape::Struct(_) => "M",
            _ => return,
        };
        for (written, _) in typed.iter() {
            let is_type = ["S", "N", "B", "BOOL", "M", "L", "SS", "NS", "BS"].contains(&written);
            if is_type && written != right {
                let message = messages::filter_of_another_attribute_type(
                    name,
                    &field.type_text(),
                    written,
                    right,
                );
                self.report(&format!("{place}.{written}="), message);
            }
        }
    }

    fn report(&mut self, place: &str, message: Message) {
        self.mismatches.push((place.to_owned(), message));
    }
}
