//! A tree of plain data that keeps the order of its entries. The tree holds what a user writes under
//! `properties` and `input`, and the content of the templates. Each node can be written as JSON; a
//! [`Node::Tag`] is written in the long form of its intrinsic function.

use serde::ser::{SerializeMap as _, SerializeSeq as _};
use serde::{Serialize, Serializer};

/// A node of a tree of plain data: a scalar, a list, a mapping or an intrinsic function.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// The null of JSON and YAML.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// A number with a fraction.
    Float(f64),
    /// A string, which is always plain text: no emitter interprets it.
    Str(String),
    /// A list.
    Seq(Vec<Node>),
    /// A mapping, in the order of insertion.
    Map(Map),
    /// A CloudFormation intrinsic function: its short name (`Ref`, `Sub`, `GetAtt`) and its argument.
    Tag(&'static str, Box<Node>),
}

/// A mapping that keeps the order of insertion. Each key occurs once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Map(Vec<(String, Node)>);

impl Map {
    /// Creates an empty mapping.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Sets the value of `key`. If the mapping already has the key, the key keeps its position.
    pub fn set(&mut self, key: impl Into<String>, value: impl Into<Node>) {
        let (key, value) = (key.into(), value.into());
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some(entry) => entry.1 = value,
            None => self.0.push((key, value)),
        }
    }

    /// Sets the value of `key` if `value` is not `None`.
    pub fn set_some(&mut self, key: &str, value: Option<impl Into<Node>>) {
        if let Some(value) = value {
            self.set(key, value);
        }
    }

    /// Sets the value of `key` and returns the mapping, so that a literal mapping is one expression.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<Node>) -> Self {
        self.set(key, value);
        self
    }

    /// Adds an entry without searching for its key, which the caller knows to be new. This is fast for mappings
    /// with thousands of entries.
    pub fn push(&mut self, key: impl Into<String>, value: impl Into<Node>) {
        self.0.push((key.into(), value.into()));
    }

    /// Adds an entry that another mapping has, after the entry that it follows there. The caller knows its key to be
    /// new.
    pub fn insert_as_in(&mut self, other: &Self, key: &str, value: Node) {
        let before = other.iter().map(|(known, _)| known).take_while(|known| *known != key);
        let position = |known: &str| self.0.iter().position(|(own, _)| own == known);
        let index = before.filter_map(position).last().map_or(0, |index| index + 1);
        self.0.insert(index, (key.to_owned(), value));
    }

    /// Returns the value of `key` to be changed, and `None` if the mapping does not have the key.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.0.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// Returns the value of `key`, and `None` if the mapping does not have the key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// Merges `other` into this mapping. If both mappings have a key, two mappings as its values are merged key
    /// by key; any other value is replaced by the value in `other`.
    pub fn merge(&mut self, other: Self) {
        for (key, value) in other.0 {
            match (self.0.iter_mut().find(|(known, _)| *known == key), value) {
                (Some((_, Node::Map(mine))), Node::Map(theirs)) => mine.merge(theirs),
                (Some(entry), value) => entry.1 = value,
                (None, value) => self.0.push((key, value)),
            }
        }
    }

    /// Removes the value at a path of keys, such as `A.B`, and the mappings around it that are then empty.
    pub fn remove_path(&mut self, path: &str) {
        let (key, rest) =
            path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
        let Some(index) = self.0.iter().position(|(known, _)| known == key) else { return };
        if let Some(rest) = rest {
            let Node::Map(inner) = &mut self.0[index].1 else { return };
            inner.remove_path(rest);
            if !inner.is_empty() {
                return;
            }
        }
        self.0.remove(index);
    }

    /// Returns the keys and values of the mapping in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Returns the keys of the mapping, and its values to be changed, in their order.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Node)> {
        self.0.iter_mut().map(|(key, value)| (key.as_str(), value))
    }

    /// Returns whether the mapping has no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the number of entries of the mapping.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl IntoIterator for Map {
    type Item = (String, Node);
    type IntoIter = std::vec::IntoIter<(String, Node)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Node {
    /// Creates `!Ref name`.
    #[must_use]
    pub fn reference(name: impl Into<String>) -> Self {
        Self::Tag("Ref", Box::new(Self::Str(name.into())))
    }

    /// Creates `!GetAtt id.attribute`.
    #[must_use]
    pub fn attribute(id: impl std::fmt::Display, attribute: &str) -> Self {
        Self::Tag("GetAtt", Box::new(Self::Str(format!("{id}.{attribute}"))))
    }

    /// Creates `!Sub text`. CloudFormation replaces each `${…}` in the text. Text that the user wrote has to be
    /// escaped with [`escape_sub`].
    #[must_use]
    pub fn sub(text: impl Into<String>) -> Self {
        Self::Tag("Sub", Box::new(Self::Str(text.into())))
    }

    /// Returns the number of characters of the node as JSON. The result is not exact if the tree has intrinsic
    /// functions.
    #[must_use]
    pub fn json_len(&self) -> usize {
        match self {
            Self::Null | Self::Bool(true) => 4,
            Self::Bool(false) => 5,
            Self::Int(number) => number.to_string().len(),
            Self::Float(number) => format!("{number:?}").len(),
            Self::Str(text) => json_len(text),
            // Two brackets, and a comma between two items.
            Self::Seq(list) => {
                1 + list.len().max(1) + list.iter().map(Self::json_len).sum::<usize>()
            }
            Self::Map(map) => {
                let entry = |(key, value): (&str, &Self)| json_len(key) + 1 + value.json_len();
                1 + map.len().max(1) + map.iter().map(entry).sum::<usize>()
            }
            Self::Tag(_, argument) => argument.json_len(),
        }
    }
}

/// Escapes text that the user wrote for `!Sub`: every `${` becomes `${!`.
#[must_use]
pub fn escape_sub(text: &str) -> String {
    text.replace("${", "${!")
}

macro_rules! node_from {
    ($($type:ty => |$value:ident| $node:expr;)*) => {$(
        impl From<$type> for Node {
            fn from($value: $type) -> Self {
                $node
            }
        }
    )*};
}

node_from! {
    &str => |text| Node::Str(text.to_owned());
    String => |text| Node::Str(text);
    &String => |text| Node::Str(text.clone());
    bool => |truth| Node::Bool(truth);
    u32 => |number| Node::Int(number.into());
    i32 => |number| Node::Int(number.into());
    i64 => |number| Node::Int(number.into());
    Map => |map| Node::Map(map);
    Vec<Node> => |list| Node::Seq(list);
}

/// Returns the number of characters of a text as a JSON string, with its quotes and escapes.
fn json_len(text: &str) -> usize {
    let length = |letter: char| match letter {
        '"' | '\\' | '\u{8}' | '\t' | '\n' | '\u{c}' | '\r' => 2,
        '\0'..='\u{1f}' => 6,
        _ => 1,
    };
    2 + text.chars().map(length).sum::<usize>()
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(truth) => serializer.serialize_bool(*truth),
            // Not every format has numbers of 128 bits.
            Self::Int(number) => match (i64::try_from(*number), u64::try_from(*number)) {
                (Ok(number), _) => serializer.serialize_i64(number),
                (_, Ok(number)) => serializer.serialize_u64(number),
                _ => serializer.serialize_i128(*number),
            },
            Self::Float(number) => serializer.serialize_f64(*number),
            Self::Str(text) => serializer.serialize_str(text),
            Self::Seq(list) => {
                let mut out = serializer.serialize_seq(Some(list.len()))?;
                for node in list {
                    out.serialize_element(node)?;
                }
                out.end()
            }
            Self::Map(map) => map.serialize(serializer),
            Self::Tag(name, argument) => {
                let long = match *name {
                    "Ref" | "Condition" => (*name).to_owned(),
                    _ => format!("Fn::{name}"),
                };
                let mut out = serializer.serialize_map(Some(1))?;
                out.serialize_entry(&long, argument)?;
                out.end()
            }
        }
    }
}

impl Serialize for Map {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_keeps_its_order_and_has_each_key_once() {
        let map = Map::new().with("b", 1).with("a", 2).with("b", 3);
        assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"b":3,"a":2}"#);
    }

    #[test]
    fn an_entry_is_inserted_where_the_other_map_has_it() {
        let other = Map::new().with("a", 1).with("b", 2).with("c", 3);
        for (mine, key, keys) in [
            (Map::new().with("a", 0).with("d", 0), "b", ["a", "b", "d"]),
            (Map::new().with("c", 0).with("d", 0), "a", ["a", "c", "d"]),
            (Map::new().with("a", 0).with("b", 0), "c", ["a", "b", "c"]),
        ] {
            let mut mine = mine;
            mine.insert_as_in(&other, key, Node::Int(9));
            assert_eq!(mine.iter().map(|(key, _)| key).collect::<Vec<_>>(), keys);
            assert_eq!(mine.get_mut(key), Some(&mut Node::Int(9)));
        }
    }

    #[test]
    fn the_computed_length_is_the_length_of_the_json() {
        let all = [
            Node::Null,
            Node::Bool(true),
            Node::Bool(false),
            Node::Int(-120),
            Node::Float(1.5),
            Node::Float(2.0),
            Node::from("\u{1}\u{8}\t\n\u{c}\r\"\\é/\u{7f}"),
            Node::Seq(Vec::new()),
            Map::new().into(),
        ];
        let nested = Map::new().with("a\"b", all.to_vec()).with("c", 1);
        for node in all.into_iter().chain([nested.into()]) {
            let json = serde_json::to_string(&node).unwrap();
            assert_eq!(node.json_len(), json.chars().count(), "{json}");
        }
    }

    #[test]
    fn merging_merges_maps_and_replaces_other_values() {
        let mut mine = Map::new().with("deep", Map::new().with("kept", 1)).with("flat", "old");
        mine.merge(Map::new().with("deep", Map::new().with("new", 2)).with("flat", "new"));
        let json = serde_json::to_string(&mine).unwrap();
        assert_eq!(json, r#"{"deep":{"kept":1,"new":2},"flat":"new"}"#);
    }

    #[test]
    fn an_intrinsic_is_written_to_json_in_its_long_form() {
        let node =
            Node::Seq(vec![Node::reference("A"), Node::attribute("B", "Arn"), Node::sub("${C}")]);
        let json = serde_json::to_string(&node).unwrap();
        assert_eq!(json, r#"[{"Ref":"A"},{"Fn::GetAtt":"B.Arn"},{"Fn::Sub":"${C}"}]"#);
    }

    #[test]
    fn user_text_in_a_sub_is_literal() {
        assert_eq!(escape_sub("a ${B} $C"), "a ${!B} $C");
    }
}
