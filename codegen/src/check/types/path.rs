//! Checks that the routes of a handler have the parameters that its `Path` takes.

use skylift_model::App;
use skylift_model::message::Message;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problems};
use skylift_model::route::Route;
use skylift_model::source::Trigger;

use super::TypedHandler;
use crate::messages;
use crate::types::{
    Direction, PackageTypes, Record, ResolvedType, Shape, Tagging, TypeUse, VariantContent,
};

/// Checks the `Path` parameters of the function with the index `index` in the application. Returns whether the source
/// shows enough: `false` if a parameter may be wrong all the same.
pub(super) fn check_paths(
    app: &App,
    index: usize,
    handler: &TypedHandler,
    types: &PackageTypes<'_>,
    problems: &mut Problems,
) -> bool {
    let triggers = &app.functions[index].triggers;
    let routes = Trigger::served_routes(triggers);
    if routes.is_empty() {
        return true;
    }
    let mut is_seen = true;
    for (param, ty) in &handler.params {
        let Some(taken) = path_argument(types, ty) else { continue };
        is_seen &= is_seen_type(&taken, types);
        let has_default = routes.contains(&&Route::Default);
        let message = if has_default && !triggers.iter().any(|it| matches!(it, Trigger::Http(_))) {
            Some(messages::path_of_url())
        } else {
            routes.iter().find_map(|route| check_route(route, &taken, types))
        };
        if let Some(message) = message {
            problems.push(ItemIndex::Function(index), PlaceInItem::Param(*param), message);
        }
    }
    is_seen
}

/// Returns whether the source shows which parameters a type needs.
fn is_seen_type(taken: &TypeUse, types: &PackageTypes<'_>) -> bool {
    let is_unknown = |shape| matches!(shape, Shape::Unknown);
    match types.shape(taken, Direction::Read) {
        Shape::Unknown => false,
        Shape::Struct(own) => types.record(&own).is_some_and(|record| {
            let mut fields = record.fields.iter();
            !record.is_open
                && fields.all(|field| !is_unknown(types.shape_of_field(field, Direction::Read)))
        }),
        _ => true,
    }
}

/// Returns `T` of axum's `Path<T>`.
fn path_argument(types: &PackageTypes<'_>, used: &TypeUse) -> Option<TypeUse> {
    match types.resolve(used) {
        ResolvedType::Named { path, args }
            if path.last().is_some_and(|last| last == "Path")
                && path.first().is_some_and(|first| first != "std") =>
        {
            args.into_iter().next()
        }
        _ => None,
    }
}

/// Returns a message if `Path<T>` cannot be taken from the requests of a route; `taken` is the `T`.
fn check_route(route: &Route, taken: &TypeUse, types: &PackageTypes<'_>) -> Option<Message> {
    let Route::Path(_, path) = route else { return Some(messages::path_of_default_route()) };
    let names: Vec<&str> = path.parameters().collect();
    let expects = |count: usize| {
        (count != names.len())
            .then(|| messages::path_takes_other_count(&taken.text(), count, route, &names))
    };
    match types.shape(taken, Direction::Read) {
        Shape::Struct(own) => check_record(route, &names, &types.record(&own)?, types),
        Shape::Tuple(parts) => expects(parts.len()),
        Shape::Text
        | Shape::Parsed(_)
        | Shape::Char
        | Shape::Bool
        | Shape::Integer(..)
        | Shape::Float => expects(1),
        Shape::Enum(own) => match types.variants(&own)? {
            (Tagging::External, variants)
                if variants.iter().all(|it| matches!(it.content, VariantContent::Unit)) =>
            {
                expects(1)
            }
            _ => None,
        },
        _ => None,
    }
}

/// Checks the fields of a struct against the parameters of a route.
fn check_record(
    route: &Route,
    names: &[&str],
    record: &Record,
    types: &PackageTypes<'_>,
) -> Option<Message> {
    for field in &record.fields {
        let is_there = names.iter().any(|name| field.is_read_as(name));
        let Some(name) = field.read.first() else { continue };
        if field.is_required && !is_there {
            return Some(messages::path_field_not_in_route(&record.name, name, route, names));
        }
        if is_there
            && let shape @ (Shape::List(_) | Shape::Map(_) | Shape::Struct(_)) =
                types.shape_of_field(field, Direction::Read)
        {
            let (ty, noun) = (field.type_text(), messages::noun_of(&shape)?);
            return Some(messages::path_field_not_scalar(&record.name, name, &ty, noun));
        }
    }
    let is_known = |name: &&&str| record.fields.iter().any(|field| field.is_read_as(name));
    let unknown = names.iter().find(|name| !is_known(name));
    let unknown = unknown.filter(|_| record.denies_unknown && !record.is_open)?;
    Some(messages::path_parameter_denied(&record.name, unknown, route))
}
