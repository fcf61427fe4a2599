//! Messages about structs whose keys differ from those of their table in the overlay. `place` is the logical id of the
//! table, and its place.

use std::fmt::Display;

use skylift_model::message::Message;

/// Reports that a key of the struct has another name in the overlay.
pub(crate) fn other_key_in_the_overlay(
    key: &str,
    right: &str,
    (id, origin): (&str, impl Display),
) -> Message {
    Message::new(format!("the key of the table `{id}` at {origin} is `{right}`, not `{key}`"))
        .with_help("write the key that the overlay has")
}

/// Reports that a key of the struct has another type in the overlay. `declared` and `right` are types of DynamoDB.
pub(crate) fn other_key_type_in_the_overlay(
    name: &str,
    declared: &str,
    right: &str,
    (id, origin): (&str, impl Display),
) -> Message {
    let message = Message::new(format!(
        "the key `{name}` of the table `{id}` at {origin} has the type `{right}`, not `{declared}`"
    ));
    match right {
        "S" => message.with_help(format!("write `string(\"{name}\")`")),
        "N" => message.with_help(format!("write `number(\"{name}\")`")),
        "B" => message.with_help(format!("write `binary(\"{name}\")`")),
        _ => message,
    }
}

/// Reports that the table in the overlay has a key that the struct lacks: its sort key, since every struct has a
/// partition key.
pub(crate) fn key_only_in_the_overlay(
    key: &str,
    name: &str,
    (id, origin): (&str, impl Display),
) -> Message {
    Message::new(format!("the table `{id}` at {origin} has the sort key `{name}`"))
        .with_help(format!("add `{key} = \"{name}\"`"))
}

/// Reports that the struct has a key that its table in the overlay lacks.
pub(crate) fn key_not_in_the_overlay(
    key: &str,
    name: &str,
    (id, origin): (&str, impl Display),
) -> Message {
    Message::new(format!("the table `{id}` at {origin} has no {key} key, and this is `{name}`"))
        .with_help(format!("leave `{key}` out"))
}
