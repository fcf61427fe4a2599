//! Writes nodes of a template as JSON with the intrinsic functions of a JSON template. YAML also accepts
//! `Fn::GetAtt: Id.Attribute`, which JSON templates write as a list.

use serde::ser::{SerializeMap as _, Serializer};
use serde::{Serialize, ser::SerializeSeq as _};
use skylift_model::aws::node::Node;

/// A node that is written in the long form of its intrinsic functions.
pub(super) struct LongForm<'a>(pub(super) &'a Node);

impl Serialize for LongForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Node::Tag("GetAtt", argument) => {
                let mut out = serializer.serialize_map(Some(1))?;
                match argument.as_ref() {
                    Node::Str(text) => {
                        let (id, attribute) = text.split_once('.').unwrap_or((text, ""));
                        out.serialize_entry("Fn::GetAtt", &[id, attribute])?;
                    }
                    other => out.serialize_entry("Fn::GetAtt", &LongForm(other))?,
                }
                out.end()
            }
            Node::Tag(name, argument) => {
                let mut out = serializer.serialize_map(Some(1))?;
                match *name {
                    "Ref" | "Condition" => out.serialize_entry(name, &LongForm(argument))?,
                    _ => out.serialize_entry(&format!("Fn::{name}"), &LongForm(argument))?,
                }
                out.end()
            }
            Node::Seq(items) => {
                let mut out = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    out.serialize_element(&LongForm(item))?;
                }
                out.end()
            }
            Node::Map(map) => {
                serializer.collect_map(map.iter().map(|(key, value)| (key, LongForm(value))))
            }
            plain => plain.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{json, to_value};

    use super::*;

    #[test]
    fn attributes_are_lists_and_other_functions_have_their_whole_names() {
        for (node, expected) in [
            (
                Node::attribute("Db", "Endpoint.Port"),
                json!({ "Fn::GetAtt": ["Db", "Endpoint.Port"] }),
            ),
            (Node::reference("Db"), json!({ "Ref": "Db" })),
            (Node::sub("${Db}"), json!({ "Fn::Sub": "${Db}" })),
            (
                Node::Tag(
                    "Join",
                    Box::new(vec![Node::from("-"), Node::attribute("A", "Arn")].into()),
                ),
                json!({ "Fn::Join": ["-", { "Fn::GetAtt": ["A", "Arn"] }] }),
            ),
            (Node::Int(3), json!(3)),
        ] {
            assert_eq!(to_value(LongForm(&node)).unwrap(), expected);
        }
    }
}
