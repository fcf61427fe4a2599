//! Readers of JSON values, which a template contains as the user wrote them.

use skylift_model::aws::node::{Map, Node};

use super::{read_text, report_expected};
use crate::errors::Errors;
use crate::messages::phrases;
use crate::tree::{ArgKey, ArgValue, ArgValueKind};

/// The size of numbers in a JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbers {
    /// Whole numbers of any size: the value is written as JSON text.
    Any,
    /// Whole numbers of 64 bits: the value is a part of the template, and its parsers truncate longer numbers.
    Bits64,
}

/// Reads any JSON value, which is written as JSON text. Returns `None` after an error was recorded.
pub fn read_json(value: &ArgValue, errors: &mut Errors) -> Option<Node> {
    read_node(value, Numbers::Any, errors)
}

fn read_node(value: &ArgValue, numbers: Numbers, errors: &mut Errors) -> Option<Node> {
    match &value.kind {
        ArgValueKind::Str(_) => read_text(value, errors).map(Node::from),
        ArgValueKind::Int(number) if numbers == Numbers::Any || i64::try_from(*number).is_ok() => {
            Some(Node::Int(*number))
        }
        ArgValueKind::Int(_) => report_expected(phrases::NUMBER_OF_64_BITS, value, errors),
        ArgValueKind::Float(number) => Some(Node::Float(*number)),
        ArgValueKind::Bool(truth) => Some(Node::Bool(*truth)),
        ArgValueKind::Path(segments, _) if *segments == ["null"] => Some(Node::Null),
        ArgValueKind::List(items) => {
            let nodes: Vec<_> = items.iter().map(|item| read_node(item, numbers, errors)).collect();
            nodes.into_iter().collect::<Option<_>>().map(Node::Seq)
        }
        ArgValueKind::Map(entries) => read_entries(entries, numbers, errors).map(Node::Map),
        _ => report_expected(phrases::JSON, value, errors),
    }
}

/// Reads a JSON object that is a part of the template. Returns `None` if the value is not an object, or if a value in it is wrong.
pub fn read_json_object(value: &ArgValue, errors: &mut Errors) -> Option<Map> {
    match &value.kind {
        ArgValueKind::Map(entries) => read_entries(entries, Numbers::Bits64, errors),
        _ => report_expected(phrases::MAP, value, errors),
    }
}

/// Reads the entries of a JSON object. Returns `None` if a value is wrong.
fn read_entries(
    entries: &[(ArgKey, ArgValue)],
    numbers: Numbers,
    errors: &mut Errors,
) -> Option<Map> {
    let mut map = Map::new();
    let mut complete = true;
    for (key, value) in entries {
        match read_node(value, numbers, errors) {
            Some(node) => map.set(&key.text, node),
            None => complete = false,
        }
    }
    complete.then_some(map)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::testing::{accepted, rejected, rejected_all};

    #[test]
    fn every_form_of_json_is_read() {
        let list =
            vec![Node::Int(1), Node::Float(0.5), Node::Bool(true), Node::Null, Node::from("a")];
        assert_eq!(accepted(r#"[1, 0.5, true, null, "a"]"#, read_json), Node::Seq(list));
        let large = accepted("18446744073709551616", read_json);
        assert_eq!(large, Node::Int(1 << 64));
        let map = Map::new().with("a", Map::new().with("b", 1_u32));
        assert_eq!(accepted(r#"{ "a": { b = 1 } }"#, read_json), Node::Map(map.clone()));
        assert_eq!(accepted(r#"{ "a": { b = 1 } }"#, read_json_object), map);
    }

    #[test]
    fn a_value_that_is_not_json_is_rejected_at_any_depth() {
        for (wrong, message) in [
            ("word", "expected JSON, found `word`"),
            ("call()", "expected JSON, found `call(…)`"),
            (r#"{ "a": [1, x] }"#, "expected JSON, found `x`"),
            (r#""{{resolve:ssm:a}}""#, "CloudFormation would replace"),
        ] {
            let found = rejected(wrong, read_json);
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
        assert_eq!(
            rejected("{ \"a\": [9223372036854775808] }", read_json_object),
            "expected a number of 64 bits, found a number"
        );
        assert_eq!(
            rejected("3", read_json_object),
            "expected a map: `{ \"Key\": value }`, found a number"
        );
        assert_eq!(rejected_all("[x, 1, y]", read_json).len(), 2, "each error is reported");
        assert_eq!(
            rejected_all("{ a: x, b: 1, c: y }", read_json_object).len(),
            2,
            "each error is reported"
        );
    }
}
