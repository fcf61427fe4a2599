//! Finds the user's type in an event: `Job` in `Message<Job>`, with the place where a record has its fields.

use skylift_model::source::{RecordContent, Trigger, WINDOW};
use skylift_model::suggest;

use crate::types::{Direction, PackageTypes, Record, ResolvedType, Shape, TypeUse};

/// The user's type in an event.
pub(super) struct EventContent {
    pub(super) ty: TypeUse,
    /// Where a record has the fields of the type; `None` if the type is the whole event.
    pub(super) at: Option<RecordContent>,
}

/// Returns the user's type in an event. Returns `None` for an event of AWS alone, and for a type that the source does
/// not show.
pub(super) fn find_content(types: &PackageTypes<'_>, event: &TypeUse) -> Option<EventContent> {
    match types.resolve(event) {
        ResolvedType::Own(_) => Some(EventContent { ty: event.clone(), at: None }),
        ResolvedType::Named { path, args } => {
            let name = path.last()?;
            if name == WINDOW {
                return find_content(types, args.get(1)?);
            }
            let (_, known) = Trigger::find_event(name)?;
            Some(EventContent { ty: args.into_iter().next()?, at: Some(known.content?) })
        }
        _ => None,
    }
}

/// Returns what serde makes of the value inside any `Option`s.
pub(super) fn inner_shape(types: &PackageTypes<'_>, shape: Shape, direction: Direction) -> Shape {
    match shape {
        Shape::Optional(inner) => inner_shape(types, types.shape(&inner, direction), direction),
        shape => shape,
    }
}

/// Returns the name of a field that was meant by `name`, which is no field. A record without a field of nearly this name
/// may have others that the type leaves out.
pub(super) fn nearest_field<'a>(
    record: &'a Record,
    name: &str,
    direction: Direction,
) -> Option<&'a str> {
    let names = record.fields.iter().filter_map(|field| match direction {
        Direction::Read => field.read.first().map(String::as_str),
        Direction::Write => field.written.as_deref(),
    });
    let renamed = record.fields.iter().find(|field| field.rust_name == name);
    let renamed = renamed.and_then(|field| match direction {
        Direction::Read => field.read.first().map(String::as_str),
        Direction::Write => field.written.as_deref(),
    });
    renamed.or_else(|| suggest::nearest(name, names))
}
