//! The patterns for the field `dynamodb` of a table's stream record: the change, with the images of the item. Each
//! attribute of an image has a type, such as `S`, and its numbers are text. A pattern that ignores this matches no
//! record. AWS: "Using event filtering with a `DynamoDB` event source".

use crate::errors::Errors;
use crate::messages;
use crate::pattern::OR;
use crate::tree::{ArgKey, ArgValue, ArgValueKind};

/// The field of a record that has the change.
pub(super) const FIELD: &str = "dynamodb";

/// The fields of a change.
const FIELDS: &[&str] = &[
    "NewImage",
    "OldImage",
    "Keys",
    "ApproximateCreationDateTime",
    "SequenceNumber",
    "SizeBytes",
    "StreamViewType",
];

/// The fields of a change that have attributes of the item.
const IMAGES: &[&str] = &["NewImage", "OldImage", "Keys"];

/// The types of an attribute.
const TYPES: &[&str] = &["S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M"];

/// Checks the pattern for a change.
pub(super) fn check_change(change: &ArgValue, errors: &mut Errors) {
    for (key, value) in entries(change) {
        if key.text == OR {
            for alternative in items(value) {
                check_change(alternative, errors);
            }
        } else if !FIELDS.contains(&key.text.as_str()) {
            errors.push(&key.span, messages::unknown_field_of_change(&key.text, FIELDS));
        } else if IMAGES.contains(&key.text.as_str()) {
            check_image(value, errors);
        }
    }
}

/// Checks the pattern for an image of the item.
fn check_image(image: &ArgValue, errors: &mut Errors) {
    for (name, attribute) in entries(image) {
        if name.text == OR {
            for alternative in items(attribute) {
                check_image(alternative, errors);
            }
            continue;
        }
        let values = items(attribute);
        if let Some(first) = values.first().filter(|first| !is_operator(first, "exists")) {
            let kind = if matches!(first.kind, ArgValueKind::Int(_) | ArgValueKind::Float(_)) {
                "N"
            } else {
                "S"
            };
            errors.push(&attribute.span, messages::attribute_without_type(&name.text, kind));
        }
        for (kind, values) in entries(attribute) {
            if kind.text == OR {
                continue;
            }
            if !TYPES.contains(&kind.text.as_str()) {
                errors.push(&kind.span, messages::unknown_attribute_type(&kind.text, TYPES));
            } else if kind.text == "N" {
                for value in items(values) {
                    check_number(value, errors);
                }
            }
        }
    }
}

/// Checks a value that a number of the item is compared with, which is text.
fn check_number(value: &ArgValue, errors: &mut Errors) {
    match &value.kind {
        ArgValueKind::Int(number) => {
            errors.push(&value.span, messages::number_of_item(Some(&number.to_string())));
        }
        ArgValueKind::Float(_) => errors.push(&value.span, messages::number_of_item(None)),
        _ if is_operator(value, "numeric") => {
            errors.push(&value.span, messages::numeric_operator_of_item());
        }
        _ => {}
    }
}

/// Returns whether a compared value is an operator with this name.
fn is_operator(value: &ArgValue, name: &str) -> bool {
    entries(value).iter().any(|(key, _)| key.text == name)
}

/// Returns the entries of a map, and none for any other value.
fn entries(value: &ArgValue) -> &[(ArgKey, ArgValue)] {
    match &value.kind {
        ArgValueKind::Map(entries) => entries,
        _ => &[],
    }
}

/// Returns the items of a list, and none for any other value.
fn items(value: &ArgValue) -> &[ArgValue] {
    match &value.kind {
        ArgValueKind::List(items) => items,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use crate::source::testing::{rejected, trigger};

    fn filter(change: &str) -> String {
        format!(r#"dynamodb(table = Orders, filters = {{ "dynamodb": {change} }})"#)
    }

    #[test]
    fn a_pattern_has_the_types_of_the_items_attributes() {
        for right in [
            r#"{ "NewImage": { "kind": { "S": ["order", { "prefix": "re" }] }, "total": { "N": ["5"] } } }"#,
            r#"{ "Keys": { "id": { "S": [{ "exists": true }] } } }"#,
            r#"{ "OldImage": { "gone": [{ "exists": false }] } }"#,
            r#"{ "NewImage": { "$or": [{ "a": { "BOOL": [true] } }, { "b": { "NULL": [true] } }] } }"#,
            r#"{ "NewImage": { "address": { "M": { "city": { "S": ["Rome"] } } } } }"#,
            r#"{ "SizeBytes": [{ "numeric": [">", 100] }] }"#,
        ] {
            trigger(&filter(right));
        }
        for (wrong, message) in [
            (
                r#"{ "NewImag": { "a": { "S": ["b"] } } }"#,
                "a change has no field `NewImag`\n\nhelp: did you mean `NewImage`?",
            ),
            (
                r#"{ "NewImage": { "kind": ["order"] } }"#,
                "`kind` has no type, and every attribute of an item has one\n\nhelp: write `\"kind\": { \"S\": […] }`",
            ),
            (
                r#"{ "Keys": { "total": [5] } }"#,
                "`total` has no type, and every attribute of an item has one\n\nhelp: write `\"total\": { \"N\": […] }`",
            ),
            (
                r#"{ "NewImage": { "kind": { "String": ["order"] } } }"#,
                "`String` is not a type of an attribute\n\nhelp: the types are `S`, `N`,",
            ),
            (
                r#"{ "NewImage": { "total": { "N": [5] } } }"#,
                "a filter never matches a number of an item, because the record has it as text\n\nhelp: write `\"5\"`",
            ),
            (
                r#"{ "NewImage": { "total": { "N": [{ "numeric": [">", 5] }] } } }"#,
                "`numeric` never matches a number of an item, because the record has it as text",
            ),
        ] {
            let found = rejected(&filter(wrong));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
