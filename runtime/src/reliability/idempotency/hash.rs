//! Hashes the values of an event for its record: SHA-256 of their paths and of their JSON in a canonical form.
//! Two events have the same hash if they have the same values at the same paths.
// See decision 0051.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::json::ExactJson;
use crate::registry::JsonPath;

/// Returns the hash of paths and their values in hexadecimal. The hash includes the scope if it is not empty.
pub(super) fn hash_values<'a>(
    scope: &str,
    places: impl IntoIterator<Item = (&'a JsonPath, &'a ExactJson)>,
) -> String {
    let mut text = String::new();
    if !scope.is_empty() {
        write_quoted(scope, &mut text);
        text.push(':');
    }
    for (path, value) in places {
        // With the path: after a function's key has changed, it finds no records of the old key.
        write_quoted(path.text, &mut text);
        write_value(value, &mut text);
    }
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a `String` does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Appends a value as JSON without white space, with sorted fields, and with every number as it was written in
/// the event.
fn write_value(value: &ExactJson, to: &mut String) {
    match value {
        ExactJson::Object(fields) => {
            to.push('{');
            for (name, value) in fields {
                write_quoted(name, to);
                to.push(':');
                write_value(value, to);
                to.push(',');
            }
            to.push('}');
        }
        ExactJson::Array(items) => {
            to.push('[');
            for item in items {
                write_value(item, to);
                to.push(',');
            }
            to.push(']');
        }
        ExactJson::Text(text) => write_quoted(text, to),
        ExactJson::Literal(text) => to.push_str(text),
    }
}

/// Appends a text as a JSON string.
fn write_quoted(text: &str, to: &mut String) {
    // Writing to a `String` does not fail.
    let _ = write!(to, "{}", serde_json::Value::from(text));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::JsonPathStep;

    const ID: JsonPath = JsonPath { text: "$.id", steps: &[JsonPathStep::Field("id")] };
    const AT: JsonPath = JsonPath { text: "$.at", steps: &[JsonPathStep::Field("at")] };

    fn hash_of(json: &str) -> String {
        hash_values("", [(&ID, &ExactJson::parse_or_text(json.as_bytes()))])
    }

    #[test]
    fn the_order_of_fields_and_white_space_do_not_change_the_hash() {
        assert_eq!(
            hash_of(r#"{"a":1,"b":[1,2],"c":null}"#),
            hash_of(r#"{ "c": null, "b": [1, 2], "a": 1 }"#)
        );
        assert_eq!(hash_of(r#""a\u0062""#), hash_of(r#""ab""#));
    }

    #[test]
    fn every_other_difference_changes_the_hash() {
        let all = [
            "1",
            "2",
            "1.0",
            "18446744073709551616",
            "18446744073709551617",
            "340282366920938463463374607431768211454",
            "340282366920938463463374607431768211455",
            "0.1000000000000000055511151231257827",
            "0.1",
            "\"1\"",
            "null",
            "true",
            "[]",
            "{}",
            "[1]",
            "[[1]]",
            "[1,2]",
            "[2,1]",
            "[12]",
            r#"{"a":1}"#,
            r#"{"a":2}"#,
            r#"{"b":1}"#,
            r#"{"a":1,"b":1}"#,
            r#"[{"a":1}]"#,
            r#""{}""#,
        ];
        let distinct: std::collections::HashSet<_> = all.iter().map(|json| hash_of(json)).collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn a_value_at_another_path_has_another_hash() {
        let one = ExactJson::Text("1".into());
        assert_ne!(hash_values("", [(&ID, &one)]), hash_values("", [(&AT, &one)]));
        assert_ne!(
            hash_values("", [(&ID, &one), (&AT, &one)]),
            hash_values("", [(&AT, &one), (&ID, &one)])
        );
    }

    #[test]
    fn a_value_in_another_scope_has_another_hash() {
        let one = ExactJson::Text("1".into());
        let within = |scope| hash_values(scope, [(&ID, &one)]);
        assert_eq!(within("GET /"), within("GET /"));
        assert!(within("GET /") != within("PUT /") && within("GET /") != within(""));
    }

    #[test]
    fn the_hash_is_the_same_in_every_release() {
        // echo -n '"$.id"{"a":[1,],"b":"x",}' | sha256sum
        let expected = "08f90be75db8cc41b07cb78857b3df656bdefdbfb9be4f91693e830f2921f8d6";
        assert_eq!(hash_of(r#"{"b":"x","a":[1]}"#), expected);
    }
}
