//! JSON: what a template takes as it stands.

use skylift_model::aws::node::{Map, Node};

use super::{expected, text};
use crate::errors::Errors;
use crate::tree::{Key, Kind, Value};

/// Any JSON.
pub fn node(value: &Value, errors: &mut Errors) -> Option<Node> {
    match &value.kind {
        Kind::Str(_) => text(value, errors).map(Node::from),
        Kind::Int(number) => match i64::try_from(*number) {
            Ok(number) => Some(Node::Int(number)),
            Err(_) => expected("a number of 64 bits", value, errors),
        },
        Kind::Float(number) => Some(Node::Float(*number)),
        Kind::Bool(truth) => Some(Node::Bool(*truth)),
        Kind::Path(segments, _) if *segments == ["null"] => Some(Node::Null),
        Kind::List(items) => {
            let nodes: Vec<_> = items.iter().map(|item| node(item, errors)).collect();
            nodes.into_iter().collect::<Option<_>>().map(Node::Seq)
        }
        Kind::Map(entries) => map(entries, errors).map(Node::Map),
        _ => expected("JSON", value, errors),
    }
}

/// A JSON object.
pub fn object(value: &Value, errors: &mut Errors) -> Option<Map> {
    match &value.kind {
        Kind::Map(entries) => map(entries, errors),
        _ => expected("a map: `{ \"Key\": value }`", value, errors),
    }
}

fn map(entries: &[(Key, Value)], errors: &mut Errors) -> Option<Map> {
    let mut map = Map::new();
    let mut whole = true;
    for (key, value) in entries {
        match node(value, errors) {
            Some(node) => map.set(&key.text, node),
            None => whole = false,
        }
    }
    whole.then_some(map)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::testing::{all_wrong, refused, right};

    #[test]
    fn all_of_json_is_read() {
        let list =
            vec![Node::Int(1), Node::Float(0.5), Node::Bool(true), Node::Null, Node::from("a")];
        assert_eq!(right(r#"[1, 0.5, true, null, "a"]"#, node), Node::Seq(list));
        let map = Map::new().with("a", Map::new().with("b", 1_u32));
        assert_eq!(right(r#"{ "a": { b = 1 } }"#, node), Node::Map(map.clone()));
        assert_eq!(right(r#"{ "a": { b = 1 } }"#, object), map);
    }

    #[test]
    fn what_is_no_json_is_refused_wherever_it_stands() {
        for (wrong, message) in [
            ("word", "expected JSON, found `word`"),
            ("call()", "expected JSON, found `call(…)`"),
            ("9223372036854775808", "expected a number of 64 bits, found a number"),
            (r#"{ "a": [1, x] }"#, "expected JSON, found `x`"),
            (r#""{{resolve:ssm:a}}""#, "CloudFormation would replace"),
        ] {
            let found = refused(wrong, node);
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
        assert_eq!(refused("3", object), "expected a map: `{ \"Key\": value }`, found a number");
        assert_eq!(all_wrong("[x, 1, y]", node).len(), 2, "each is told");
        assert_eq!(all_wrong("{ a: x, b: 1, c: y }", object).len(), 2, "each is told");
    }
}
