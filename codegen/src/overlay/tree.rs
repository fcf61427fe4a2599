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
pub(super) struct Yaml {
    pub(super) at: Position,
    pub(super) value: Value,
}

/// The content of a value.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Scalar(Node),
    Seq(Vec<Yaml>),
    /// A map; its keys are distinct.
    Map(Vec<(Key, Yaml)>),
    /// An intrinsic function in its short form.
    Tag(&'static str, Box<Yaml>),
}

/// A key of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) at: Position,
}

impl Yaml {
    /// Returns the tree without places.
    pub(super) fn into_node(self) -> Node {
        match self.value {
            Value::Scalar(node) => node,
            Value::Seq(items) => Node::Seq(items.into_iter().map(Self::into_node).collect()),
            Value::Map(entries) => {
                let mut map = Map::new();
                for (key, value) in entries {
                    map.push(key.text, value.into_node());
                }
                Node::Map(map)
            }
            Value::Tag(name, argument) => Node::Tag(name, Box::new(argument.into_node())),
        }
    }

    /// Returns the kind of value, for messages.
    pub(super) fn describe(&self) -> String {
        match &self.value {
            Value::Scalar(Node::Str(_)) => "a string".to_owned(),
            Value::Scalar(Node::Bool(_)) => "a truth value".to_owned(),
            Value::Scalar(Node::Null) => "nothing".to_owned(),
            Value::Scalar(_) => "a number".to_owned(),
            Value::Seq(_) => "a list".to_owned(),
            Value::Map(_) => "a map".to_owned(),
            Value::Tag(name, _) => format!("`!{name}`"),
        }
    }
}
