//! Compares the constant `input` of a trigger with the type of the handler's event, as serde would read it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};
use skylift_model::message::Message;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problems};
use skylift_model::source::Trigger;
use skylift_model::suggest;

use super::TypedHandler;
use crate::messages;
use crate::types::{
    Direction, Field, OwnType, PackageTypes, Record, ResolvedType, Shape, Tagging, TypeUse,
    VariantContent,
};

/// The key of a trigger whose value is the payload of its events.
const KEY: &str = "input";

/// The greatest depth to which a value is compared.
const MAX_DEPTH: usize = 32;

/// Compares the constant inputs of the function with the index `index` in the application with its event. Returns
/// whether the source shows enough: `false` if the event may not be read from the input all the same.
pub(super) fn check_inputs(
    app: &App,
    index: usize,
    handler: &TypedHandler,
    types: &PackageTypes<'_>,
    problems: &mut Problems,
) -> bool {
    let Some(event) = &handler.event else {
        check_useless_inputs(app, index, handler, problems);
        return true;
    };
    let mut is_seen = true;
    for (number, trigger) in app.functions[index].triggers.iter().enumerate() {
        let Some(input) = trigger.custom_input() else { continue };
        let mut comparison = Comparison { types, mismatches: Vec::new(), is_seen: true };
        if let Some(message) = check_event_of_aws(types, event, input) {
            comparison.report(KEY, message);
        } else {
            comparison.compare(input, event, KEY, &event.text(), 0);
        }
        for (place, message) in comparison.mismatches {
            let at = PlaceInItem::trigger_key(number, &place);
            problems.push(ItemIndex::Function(index), at, message);
        }
        is_seen &= comparison.is_seen;
    }
    is_seen
}

/// Reports the constant inputs of a function whose handler takes no event.
fn check_useless_inputs(app: &App, index: usize, handler: &TypedHandler, problems: &mut Problems) {
    let function = &app.functions[index];
    // The work of a function that resumes, and of an idempotent one, is described by the event all the same.
    let reads_event = function.resume.is_some() || function.idempotent.is_some();
    if reads_event || !handler.takes_no_event {
        return;
    }
    for (number, trigger) in function.triggers.iter().enumerate() {
        // A rule of AWS IoT has no `input`, and a handler without an event can still do something for each message.
        if trigger.has_custom_input() && !trigger.facts().events.is_empty() {
            let at = PlaceInItem::trigger_key(number, KEY);
            problems.push(ItemIndex::Function(index), at, messages::input_without_event());
        }
    }
}

/// Returns a message if the handler takes a batch of records of AWS and the input has no records. The macro knows
/// better whether the handler takes the event of the schedule.
fn check_event_of_aws(types: &PackageTypes<'_>, event: &TypeUse, input: &Node) -> Option<Message> {
    let ResolvedType::Named { path, .. } = types.resolve(event) else { return None };
    let (source, known) = Trigger::find_event(path.last()?)?;
    let is_batch = !source.facts.is_tick && !known.record;
    // A batch of Kafka has them in lower case, and those of brokers and clusters have words of their own.
    let names = ["Records", "records", "messages", "rmqMessagesByQueue", "events"];
    let has_records =
        matches!(input, Node::Map(map) if names.iter().any(|name| map.get(name).is_some()));
    (is_batch && !has_records).then(|| messages::input_without_records(&event.text()))
}

/// The comparison of one input with the type of an event.
struct Comparison<'a, 'p> {
    types: &'a PackageTypes<'p>,
    /// What does not fit, each with the place in the trigger: `input.days`.
    mismatches: Vec<(String, Message)>,
    /// Whether the source shows all types that were compared.
    is_seen: bool,
}

impl Comparison<'_, '_> {
    fn report(&mut self, place: &str, message: Message) {
        self.mismatches.push((place.to_owned(), message));
    }

    /// Compares a value with the type that reads it; `place` is the place of the value, and `owner` says in messages
    /// what has the type.
    fn compare(&mut self, value: &Node, used: &TypeUse, place: &str, owner: &str, depth: usize) {
        let shape = self.types.shape(used, Direction::Read);
        self.compare_shape(value, &shape, place, owner, &used.text(), depth);
    }

    fn compare_shape(
        &mut self,
        value: &Node,
        shape: &Shape,
        place: &str,
        owner: &str,
        ty: &str,
        depth: usize,
    ) {
        if depth > MAX_DEPTH || matches!(value, Node::Tag(..)) {
            return;
        }
        self.is_seen &= !matches!(shape, Shape::Unknown);
        let fits = match (shape, value) {
            // serde reads a struct from a list of its fields as well.
            (Shape::Unknown | Shape::Bytes, _)
            | (Shape::Optional(_) | Shape::Unit, Node::Null)
            | (Shape::Text, Node::Str(_))
            | (Shape::Bool, Node::Bool(_))
            | (Shape::Float, Node::Int(_) | Node::Float(_))
            | (Shape::Struct(_), Node::Seq(_)) => true,
            (Shape::Parsed(name), Node::Str(text)) => is_parsed(name, text),
            (Shape::Char, Node::Str(text)) => text.chars().count() == 1,
            (Shape::Integer(least, greatest), Node::Int(number)) => {
                (*least..=*greatest).contains(number)
            }
            (Shape::Optional(inner), _) => {
                let shape = self.types.shape(inner, Direction::Read);
                return self.compare_shape(value, &shape, place, owner, ty, depth + 1);
            }
            (Shape::List(element), Node::Seq(values)) => {
                let owner = messages::element_of(owner, ty);
                for (number, value) in values.iter().enumerate() {
                    let place = inside(place, &number.to_string());
                    self.compare(value, element, &place, &owner, depth + 1);
                }
                true
            }
            (Shape::Tuple(parts), Node::Seq(values)) => {
                let owner = messages::element_of(owner, ty);
                for (number, (value, part)) in values.iter().zip(parts).enumerate() {
                    let place = inside(place, &number.to_string());
                    self.compare(value, part, &place, &owner, depth + 1);
                }
                values.len() == parts.len()
            }
            (Shape::Map(element), Node::Map(map)) => {
                let owner = messages::element_of(owner, ty);
                for (key, value) in map.iter() {
                    if let Some(element) = element {
                        self.compare(value, element, &inside(place, key), &owner, depth + 1);
                    }
                }
                true
            }
            (Shape::Struct(own), Node::Map(map)) => {
                if let Some(record) = self.types.record(own) {
                    self.compare_record(map, &record, place, depth);
                }
                true
            }
            (Shape::Enum(own), _) => return self.compare_enum(value, own, place, owner, depth),
            _ => false,
        };
        if !fits {
            self.report(place, messages::input_of_another_type(owner, ty, shape, value));
        }
    }

    /// Compares an object with the fields that read it.
    fn compare_record(&mut self, map: &Map, record: &Record, place: &str, depth: usize) {
        let is_unknown = |field: &Field| {
            matches!(self.types.shape_of_field(field, Direction::Read), Shape::Unknown)
        };
        self.is_seen &= !record.is_open && !record.fields.iter().any(is_unknown);
        let has_field = |key: &str| record.fields.iter().any(|field| field.is_read_as(key));
        let is_set = |field: &Field| map.iter().any(|(key, _)| field.is_read_as(key));
        let unset: Vec<&str> = record
            .fields
            .iter()
            .filter(|field| !is_set(field))
            .filter_map(|field| field.read.first().map(String::as_str))
            .collect();
        let mut meant: Vec<&str> = Vec::new();
        for (key, value) in map.iter() {
            let at = inside(place, key);
            let earlier = map.iter().take_while(|(other, _)| *other != key);
            let twice = |field: &&Field| field.is_read_as(key);
            let same = record.fields.iter().find(twice).and_then(|field| {
                let mut earlier = earlier.filter(|(other, _)| field.is_read_as(other));
                Some(earlier.next()?.0)
            });
            if let Some(other) = same {
                let message = messages::input_field_twice(other, key, &record.name);
                self.report(&format!("{at}="), message);
                continue;
            }
            if let Some(field) = record.fields.iter().find(|field| field.is_read_as(key)) {
                let shape = self.types.shape_of_field(field, Direction::Read);
                let (owner, ty) = (messages::field_of(key, &record.name), field.type_text());
                self.compare_shape(value, &shape, &at, &owner, &ty, depth + 1);
                continue;
            }
            if record.is_open || has_field(key) {
                continue;
            }
            // A field of nearly this name that is not set is the one that was meant.
            let near = suggest::nearest(key, unset.iter().copied());
            meant.extend(near);
            if near.is_some() || record.denies_unknown {
                let message = messages::input_field_unknown(key, &record.name, near, &unset);
                self.report(&format!("{at}="), message);
            }
        }
        for field in record.fields.iter().filter(|field| field.is_required && !is_set(field)) {
            let Some(name) = field.read.first() else { continue };
            if !meant.contains(&name.as_str()) {
                let message = messages::input_field_missing(name, &record.name, &field.type_text());
                self.report(place, message);
            }
        }
    }

    /// Returns whether a value may be the content of a variant without a tag.
    fn fits_content(&self, value: &Node, content: &VariantContent, depth: usize) -> bool {
        let mut trial = Comparison { types: self.types, mismatches: Vec::new(), is_seen: true };
        match (content, value) {
            (VariantContent::Unit, value) => return *value == Node::Null,
            (VariantContent::One(inner), value) => trial.compare(value, inner, KEY, KEY, depth + 1),
            (VariantContent::Record(record), Node::Map(map)) => {
                // A key of another variant is unknown, and no mistake unless the variant denies it.
                let known = |key: &str| record.fields.iter().any(|field| field.is_read_as(key));
                let has_unknown = map.iter().any(|(key, _)| !known(key));
                if record.denies_unknown && !record.is_open && has_unknown {
                    return false;
                }
                let mut open = record.clone();
                open.is_open = true;
                trial.compare_record(map, &open, KEY, depth + 1);
            }
            // serde reads a struct from a list of its fields as well.
            (VariantContent::Record(_), value) => return matches!(value, Node::Seq(_)),
            (VariantContent::Other, _) => return true,
        }
        trial.mismatches.is_empty()
    }

    /// Compares a value with the variants of an enum.
    fn compare_enum(
        &mut self,
        value: &Node,
        own: &OwnType,
        place: &str,
        owner: &str,
        depth: usize,
    ) {
        let Some((tagging, variants)) = self.types.variants(own) else { return };
        if tagging == Tagging::Untagged {
            let fits = |content: &VariantContent| self.fits_content(value, content, depth);
            if !variants.iter().any(|variant| fits(&variant.content)) {
                let message = messages::input_of_no_untagged_variant(owner, &own.name());
                self.report(place, message);
            }
            return;
        }
        let (name, content) = match (&tagging, value) {
            (Tagging::External, Node::Str(name)) => (name.as_str(), None),
            (Tagging::External, Node::Map(map)) => match map.iter().next() {
                Some((name, content)) if map.iter().count() == 1 => (name, Some(content)),
                _ => return self.report(place, messages::input_not_a_variant(owner, &own.name())),
            },
            (Tagging::Internal(tag), Node::Map(map)) => match map.get(tag) {
                Some(Node::Str(name)) => (name.as_str(), Some(value)),
                Some(_) => return,
                None => {
                    let message = messages::input_field_missing(tag, &own.name(), "String");
                    return self.report(place, message);
                }
            },
            (Tagging::External, _) => {
                return self.report(place, messages::input_not_a_variant(owner, &own.name()));
            }
            _ => return,
        };
        let names = || variants.iter().flat_map(|it| &it.read).map(String::as_str);
        let Some(variant) = variants.iter().find(|it| it.read.iter().any(|read| read == name))
        else {
            let has_other = variants.iter().any(|it| matches!(it.content, VariantContent::Other));
            if !has_other {
                let names: Vec<&str> = names().collect();
                let message = messages::input_of_no_variant(name, &own.name(), &names);
                let place = match &tagging {
                    Tagging::Internal(tag) => inside(place, tag),
                    _ => place.to_owned(),
                };
                self.report(&place, message);
            }
            return;
        };
        let place = match &tagging {
            Tagging::External if content.is_some() => inside(place, name),
            _ => place.to_owned(),
        };
        match (&variant.content, content) {
            (VariantContent::Record(record), Some(Node::Map(map))) => {
                let mut record = record.clone();
                // The tag is no field of the variant, and reading does not fail for it.
                record.is_open |= matches!(tagging, Tagging::Internal(_));
                self.compare_record(map, &record, &place, depth + 1);
            }
            (VariantContent::One(inner), Some(content)) if tagging == Tagging::External => {
                let owner = messages::variant_of(name, &own.name());
                self.compare(content, inner, &place, &owner, depth + 1);
            }
            _ => {}
        }
    }
}

/// Returns whether a type of the standard library can be parsed from a text.
fn is_parsed(name: &str, text: &str) -> bool {
    match name {
        "IpAddr" => text.parse::<IpAddr>().is_ok(),
        "Ipv4Addr" => text.parse::<Ipv4Addr>().is_ok(),
        "Ipv6Addr" => text.parse::<Ipv6Addr>().is_ok(),
        _ => text.parse::<SocketAddr>().is_ok(),
    }
}

/// Returns the place of a key or of an element inside the value at `place`. A key that a place cannot contain has the
/// place of the value around it.
fn inside(place: &str, key: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if key.is_empty() || !key.chars().all(is_plain) {
        return place.to_owned();
    }
    format!("{place}.{key}")
}
