//! Writes JSON; indented JSON as `serde_json::to_string_pretty` does but faster. Build scripts are compiled without
//! optimisation, where the generic code of `serde_json` is slow: it looks at each byte of a string in a step of its own.

mod serializer;
mod text;

use serde::Serialize;
use skylift_model::aws::node::Node;

use self::serializer::PrettySerializer;

/// Returns a value as indented JSON with a line break at the end. Returns an empty text if a map of the value has
/// keys that are not strings.
pub(crate) fn to_pretty_json(value: &impl Serialize) -> String {
    let mut out = String::new();
    if value.serialize(PrettySerializer::new(&mut out)).is_err() {
        return String::new();
    }
    out.push('\n');
    out
}

/// Returns a tree as JSON on one line. A tree from an attribute can always be written as JSON.
pub(crate) fn to_json(node: &Node) -> String {
    serde_json::to_string(node).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn json_has_the_format_of_serde_json() {
        let deep = (0..40).fold(json!({}), |inner, _| json!({ "a": [inner, []] }));
        for value in [
            json!([]),
            json!({}),
            json!({ "a": 1, "b": { "c": [1, [], {}, "d"] }, "e\n\"": null }),
            deep,
            Value::from("é"),
            json!([1.5, -3, 1e40, true, null, u64::MAX]),
        ] {
            compare(&value);
        }
    }

    fn compare(value: &impl Serialize) {
        let want = serde_json::to_string_pretty(value).unwrap();
        assert_eq!(to_pretty_json(value), format!("{want}\n"));
    }

    #[derive(Serialize)]
    enum Form {
        Unit,
        Newtype(u8),
        Tuple(i8, char),
        Struct { a: Option<u16>, b: () },
    }

    #[derive(Serialize)]
    struct Whole {
        #[serde(flatten)]
        flat: BTreeMap<String, i128>,
        newtype: Newtype,
        tuple: (u128, f32),
        pair: Pair,
        unit: Unit,
        none: Option<u8>,
    }

    #[derive(Serialize)]
    struct Newtype(Vec<Form>);

    #[derive(Serialize)]
    struct Pair(i64, i32);

    #[derive(Serialize)]
    struct Unit;

    #[test]
    fn types_of_every_form_have_the_format_of_serde_json() {
        let forms = || {
            let all = [Form::Unit, Form::Newtype(1), Form::Tuple(-2, '"')];
            all.into_iter().chain([Form::Struct { a: Some(1), b: () }]).collect()
        };
        compare(&Whole {
            flat: BTreeMap::from([("x".to_owned(), -1)]),
            newtype: Newtype(forms()),
            tuple: (1, 0.1),
            pair: Pair(3, 4),
            unit: Unit,
            none: None,
        });
        assert_eq!(to_pretty_json(&BTreeMap::from([(1, 2)])), "");
    }
}
