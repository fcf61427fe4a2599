//! The tree of a parsed overlay: like the model's tree of nodes, but with the place of every key and value.

use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::written::{Content, Written, WrittenEntry};

/// A place in an overlay's file: line and column, both from 1. The column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// A value of an overlay, and the place where the value starts.
#[derive(Debug, Clone)]
pub(crate) struct YamlNode {
    pub(crate) at: Position,
    pub(crate) value: YamlValue,
}

/// The content of a value in an overlay.
#[derive(Debug, Clone)]
pub(crate) enum YamlValue {
    Scalar(Node),
    Seq(Vec<YamlNode>),
    /// A map, whose keys are distinct.
    Map(Vec<(YamlKey, YamlNode)>),
    /// An intrinsic function in its short form: the function's name and its argument.
    Tag(&'static str, Box<YamlNode>),
}

/// A key of a map in an overlay, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct YamlKey {
    pub(crate) text: String,
    pub(crate) at: Position,
}

impl YamlNode {
    /// Converts a value of the overlay to a node of the model, which has no source location.
    pub(crate) fn into_node(self) -> Node {
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

    /// Describes the type of the value for messages, such as `a list`.
    pub(crate) fn describe(&self) -> String {
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

impl<'a> Written<'a> for &'a YamlNode {
    type Place = Position;

    fn place(self) -> Position {
        self.at
    }

    fn content(self) -> Content<'a, Self> {
        match &self.value {
            YamlValue::Scalar(Node::Str(text)) => Content::Text(text),
            YamlValue::Scalar(Node::Int(number)) => Content::Integer(*number),
            YamlValue::Scalar(Node::Float(_)) => Content::Fraction,
            YamlValue::Scalar(Node::Bool(_)) => Content::Boolean,
            YamlValue::Scalar(_) => Content::Other,
            YamlValue::Seq(items) => Content::List(items.iter().collect()),
            YamlValue::Map(entries) => {
                let entry = |(key, value): &'a (YamlKey, YamlNode)| WrittenEntry {
                    key: key.text.as_str(),
                    at: key.at,
                    value,
                };
                Content::Map(entries.iter().map(entry).collect())
            }
            YamlValue::Tag(name, argument) => Content::Function(name, argument),
        }
    }

    fn describe(self) -> String {
        YamlNode::describe(self)
    }
}
