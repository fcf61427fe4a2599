//! The tree of a parsed overlay: like the model's tree, but with the place of every key and value.

use skylift_model::aws::node::{Map, Node};

/// A place in a file: line and column, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A value and its start.
#[derive(Debug, Clone)]
pub(super) struct YamlNode {
    pub(super) at: Position,
    pub(super) value: YamlValue,
}

/// The content of a value.
#[derive(Debug, Clone)]
pub(super) enum YamlValue {
    Scalar(Node),
    Seq(Vec<YamlNode>),
    /// A map; its keys are distinct.
    Map(Vec<(YamlKey, YamlNode)>),
    /// An intrinsic function in its short form.
    Tag(&'static str, Box<YamlNode>),
}

/// A key of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct YamlKey {
    pub(super) text: String,
    pub(super) at: Position,
}

impl YamlNode {
    /// Returns the tree without places.
    pub(super) fn into_node(self) -> Node {
        match self.value {
            YamlValue::Scalar(node) => node,
            YamlValue::Seq(items) => Node::Seq(items.into_iter().map(Self::into_node).collect()),
            YamlValue::Map(entries) => {
                let mut map = Map::new();
                for (key, value) in entries {
                    map.push(key.text, value.into_node());
                }
                Node::Map(map)
            }
            YamlValue::Tag(name, argument) => Node::Tag(name, Box::new(argument.into_node())),
        }
    }

    /// Returns the kind of value, for messages.
    pub(super) fn describe(&self) -> String {
        match &self.value {
            YamlValue::Scalar(Node::Str(_)) => "a string".to_owned(),
            YamlValue::Scalar(Node::Bool(_)) => "a boolean".to_owned(),
            YamlValue::Scalar(Node::Null) => "nothing".to_owned(),
            YamlValue::Scalar(_) => "a number".to_owned(),
            YamlValue::Seq(_) => "a list".to_owned(),
            YamlValue::Map(_) => "a map".to_owned(),
            YamlValue::Tag(name, _) => format!("`!{name}`"),
        }
    }
}
