//! Compares the keys of a struct with those of its table in the overlay. The client reads and writes by the keys of the
//! struct, so every call would fail at run time if they differ.

use skylift_model::aws::node::{Map, Node};
use skylift_model::message::Message;
use skylift_model::resource::table::{KeyAttribute, Table};

use crate::messages;
use crate::overlay::{OverlayEntry, PropertyValue};

/// The keys of the struct, each with its role in the `KeySchema` of CloudFormation.
const ROLES: [(&str, &str); 2] = [("key", "HASH"), ("sort", "RANGE")];

/// Returns each key of the struct that differs from the table in the overlay, with the message about it. Finds nothing
/// in values that are known only when the stack is deployed.
pub(super) fn check_table_keys(
    table: &Table,
    entry: &OverlayEntry,
) -> Vec<(&'static str, Message)> {
    let Some(schema) = read_list(entry, "KeySchema") else { return Vec::new() };
    // CloudFormation rejects a table without a partition key.
    if find(&schema, "KeyType", ROLES[0].1, "AttributeName").is_none() {
        return Vec::new();
    }
    let types = read_list(entry, "AttributeDefinitions").unwrap_or_default();
    let place = (entry.name.as_str(), &entry.origin);
    let declared = [Some(&table.key), table.sort.as_ref()];
    let differs = |((key, role), declared): (&(&'static str, &str), Option<&KeyAttribute>)| {
        let name = find(&schema, "KeyType", role, "AttributeName");
        let message = match (declared, name) {
            (None, None) => return None,
            (Some(attribute), None) => {
                messages::key_not_in_the_overlay(key, attribute.name.as_str(), place)
            }
            (None, Some(name)) => {
                // The struct does not have the key that is missing.
                return Some((ROLES[0].0, messages::key_only_in_the_overlay(key, name, place)));
            }
            (Some(attribute), Some(name)) if attribute.name.as_str() != name => {
                messages::other_key_in_the_overlay(attribute.name.as_str(), name, place)
            }
            (Some(attribute), Some(name)) => {
                let ty = find(&types, "AttributeName", name, "AttributeType")?;
                if ty == attribute.kind.as_str() {
                    return None;
                }
                messages::other_key_type_in_the_overlay(name, attribute.kind.as_str(), ty, place)
            }
        };
        Some((*key, message))
    };
    ROLES.iter().zip(declared).filter_map(differs).collect()
}

/// Returns the maps of a list among the properties. Returns `None` if the list, or a value in it, is known only when the
/// stack is deployed.
fn read_list<'a>(entry: &'a OverlayEntry, property: &str) -> Option<Vec<&'a Map>> {
    let PropertyValue::Value(Node::Seq(items)) = entry.property(&[property]) else { return None };
    let map = |item: &'a Node| match item {
        Node::Map(map) if map.iter().all(|(_, value)| matches!(value, Node::Str(_))) => Some(map),
        _ => None,
    };
    items.iter().map(map).collect()
}

/// Returns the value of `wanted` in the map whose `key` has the value `value`.
fn find<'a>(maps: &[&'a Map], key: &str, value: &str, wanted: &str) -> Option<&'a str> {
    let text = |map: &'a Map, key: &str| match map.get(key) {
        Some(Node::Str(text)) => Some(text.as_str()),
        _ => None,
    };
    let map = maps.iter().find(|map| text(map, key) == Some(value))?;
    text(map, wanted)
}

#[cfg(test)]
mod tests {
    use crate::overlay::read_for_test;
    use crate::testing::assemble_unchecked;

    /// Returns the problems of a struct with these keys on a table with this schema.
    fn found(keys: &str, schema: &str) -> Vec<String> {
        let items =
            format!("#[resource(table(existing = overlay(\"Old\"), {keys}))]\nstruct Orders;");
        let overlay = format!(
            "Resources:\n  Old:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      AttributeDefinitions: [{{AttributeName: id, AttributeType: S}}, {{AttributeName: at, AttributeType: N}}]\n      KeySchema: {schema}\n"
        );
        let assembled = assemble_unchecked(&items, &read_for_test(&overlay));
        let notes = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
        notes.map(|it| format!("{}: {}", it.at, it.message.full())).collect()
    }

    const HASH: &str = "{AttributeName: id, KeyType: HASH}";
    const BOTH: &str = "[{AttributeName: id, KeyType: HASH}, {AttributeName: at, KeyType: RANGE}]";

    #[test]
    fn the_keys_of_a_struct_are_those_of_its_table() {
        for (keys, schema) in [
            (r#"key = "id""#, format!("[{HASH}]")),
            (r#"key = "id", sort = number("at")"#, BOTH.to_owned()),
            (r#"key = "pk""#, "[{AttributeName: !Ref Key, KeyType: HASH}]".to_owned()),
            (r#"key = "pk""#, "!Ref Schema".to_owned()),
            (r#"key = number("other")"#, "[{AttributeName: other, KeyType: HASH}]".to_owned()),
        ] {
            assert_eq!(found(keys, &schema), [""; 0], "{keys} {schema}");
        }
        for (keys, schema, expected) in [
            (
                r#"key = "pk""#,
                format!("[{HASH}]"),
                "key key: the key of the table `Old` at extra.yaml:2 is `id`, not `pk`\n\nhelp: write the key that the overlay has",
            ),
            (
                r#"key = number("id")"#,
                format!("[{HASH}]"),
                "key key: the key `id` of the table `Old` at extra.yaml:2 has the type `S`, not `N`\n\nhelp: write `string(\"id\")`",
            ),
            (
                r#"key = "id", sort = "at""#,
                BOTH.to_owned(),
                "key sort: the key `at` of the table `Old` at extra.yaml:2 has the type `N`, not `S`\n\nhelp: write `number(\"at\")`",
            ),
            (
                r#"key = "id", sort = "at""#,
                format!("[{HASH}]"),
                "key sort: the table `Old` at extra.yaml:2 has no sort key, and this is `at`\n\nhelp: leave `sort` out",
            ),
            (
                r#"key = "id""#,
                BOTH.to_owned(),
                "key key: the table `Old` at extra.yaml:2 has the sort key `at`\n\nhelp: add `sort = \"at\"`",
            ),
        ] {
            assert_eq!(found(keys, &schema), [expected], "{keys}");
        }
    }
}
