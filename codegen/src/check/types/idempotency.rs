//! Compares the paths of `idempotent` with the fields of the handler's event. A path that leads to no value fails each
//! invocation.

use skylift_model::App;
use skylift_model::json_path::{JsonPath, JsonPathStep};
use skylift_model::message::Message;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problems};
use skylift_model::source::RecordContent;

use super::TypedHandler;
use super::content::{find_content, inner_shape, nearest_field};
use crate::messages;
use crate::types::{Direction, PackageTypes, ResolvedType, Shape, TypeUse};

/// The key of `#[function]` with the paths.
const KEY: &str = "idempotent";

/// The field of a request with the JSON that an extractor `Json` reads.
const BODY: &str = "body";

/// Checks the paths of the function with the index `index` in the application.
pub(super) fn check_keys(
    app: &App,
    index: usize,
    handler: &TypedHandler,
    types: &PackageTypes<'_>,
    problems: &mut Problems,
) {
    let function = &app.functions[index];
    let Some(idempotent) = &function.idempotent else { return };
    let by_request = function.triggers.iter().any(|trigger| trigger.request_schema().is_some());
    let content = if by_request {
        handler.params.iter().find_map(|(_, ty)| json_argument(types, ty))
    } else {
        let found = handler.event.as_ref().and_then(|event| find_content(types, event));
        // The key of a changed item is a path into the record of the stream.
        found.filter(|it| it.at != Some(RecordContent::Images)).map(|it| it.ty)
    };
    let Some(content) = content else { return };
    for (word, paths) in [("key", &idempotent.key), ("check", &idempotent.check)] {
        for (number, path) in paths.iter().enumerate() {
            let steps = match (by_request, path.steps()) {
                (true, [JsonPathStep::Field(first), rest @ ..]) if first == BODY => rest,
                (true, _) => continue,
                (false, steps) => steps,
            };
            if let Some(message) = check_steps(path, steps, &content, types) {
                let at = PlaceInItem::key(&format!("{KEY}.{word}.{number}"));
                problems.push(ItemIndex::Function(index), at, message);
            }
        }
    }
}

/// Returns `T` of an extractor `Json<T>`.
fn json_argument(types: &PackageTypes<'_>, used: &TypeUse) -> Option<TypeUse> {
    match types.resolve(used) {
        ResolvedType::Named { path, args } if path.last().is_some_and(|last| last == "Json") => {
            args.into_iter().next()
        }
        _ => None,
    }
}

/// Follows the steps of a path through a type. Returns a message if a step certainly leads nowhere.
fn check_steps(
    path: &JsonPath,
    steps: &[JsonPathStep],
    content: &TypeUse,
    types: &PackageTypes<'_>,
) -> Option<Message> {
    let mut shape = types.shape(content, Direction::Read);
    let mut owner = format!("`{}`", content.text());
    for step in steps {
        shape = inner_shape(types, shape, Direction::Read);
        shape = match (step, &shape) {
            (JsonPathStep::Field(name), Shape::Struct(own)) => {
                let record = types.record(own)?;
                match record.fields.iter().find(|field| field.is_read_as(name)) {
                    Some(field) => {
                        owner = messages::field_of(name, &record.name);
                        types.shape_of_field(field, Direction::Read)
                    }
                    None if record.is_open => return None,
                    None => {
                        let near = nearest_field(&record, name, Direction::Read);
                        let is_certain = near.is_some() || record.denies_unknown;
                        return is_certain
                            .then(|| messages::path_to_no_field(path, &record.name, name, near));
                    }
                }
            }
            (JsonPathStep::Field(_), Shape::Map(Some(value))) => {
                types.shape(value, Direction::Read)
            }
            (JsonPathStep::Index(_), Shape::List(element)) => types.shape(element, Direction::Read),
            (JsonPathStep::Index(number), Shape::Tuple(parts)) => {
                let part = usize::try_from(*number).ok().and_then(|it| parts.get(it))?;
                types.shape(part, Direction::Read)
            }
            (
                _,
                Shape::Text
                | Shape::Parsed(_)
                | Shape::Char
                | Shape::Bool
                | Shape::Integer(..)
                | Shape::Float
                | Shape::Unit,
            )
            | (JsonPathStep::Field(_), Shape::List(_) | Shape::Tuple(_))
            | (JsonPathStep::Index(_), Shape::Map(_)) => {
                let noun = messages::noun_of(&shape)?;
                return Some(messages::path_into_a_value(path, &step.to_string(), &owner, noun));
            }
            _ => return None,
        };
    }
    None
}
