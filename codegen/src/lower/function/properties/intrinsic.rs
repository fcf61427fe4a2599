//! Recognises intrinsic functions in the user's properties, in their short or their long form. It takes a value,
//! and returns the function's name and argument or their meaning.

use skylift_model::aws::node::{Map, Node};

/// Returns the name, without `Fn::`, and the argument of an intrinsic function. Returns `None` if the value is no
/// intrinsic function.
pub(crate) fn function_and_argument(node: &Node) -> Option<(&str, &Node)> {
    match node {
        Node::Tag(name, argument) => Some((name, argument)),
        Node::Map(map) if map.len() == 1 => {
            let (key, argument) = map.iter().next()?;
            let name = key.strip_prefix("Fn::").or((key == "Ref").then_some(key))?;
            Some((name, argument))
        }
        _ => None,
    }
}

/// Returns whether the value is an intrinsic function, so that the result is known only when the stack is deployed.
pub(super) fn is_intrinsic(node: &Node) -> bool {
    function_and_argument(node).is_some()
}

/// Returns the value as a literal map, or `None` if it is an intrinsic function or no map.
pub(super) fn plain_map(node: &Node) -> Option<&Map> {
    match node {
        Node::Map(map) if !is_intrinsic(node) => Some(map),
        _ => None,
    }
}

/// Returns the value under `key`, or `None` if `map` has no such key or SAM treats the value as not set
/// (see [`is_set`]).
pub(super) fn set_value<'a>(map: &'a Map, key: &str) -> Option<&'a Node> {
    map.get(key).filter(|value| is_set(value))
}

/// Returns whether SAM treats the value as set. Null, false, zero and empty values count as not set.
pub(super) fn is_set(node: &Node) -> bool {
    match node {
        Node::Null | Node::Bool(false) | Node::Int(0) => false,
        Node::Str(text) => !text.is_empty(),
        Node::Seq(items) => !items.is_empty(),
        Node::Map(map) => !map.is_empty(),
        Node::Bool(true) | Node::Int(_) | Node::Float(_) | Node::Tag(..) => true,
    }
}

/// Returns whether the value is a `Ref` to `AWS::NoValue`, with which CloudFormation removes the property.
pub(super) fn is_no_value(node: &Node) -> bool {
    function_and_argument(node).is_some_and(|(name, argument)| {
        name == "Ref" && matches!(argument, Node::Str(text) if text == "AWS::NoValue")
    })
}

/// An `Fn::If`: a choice of CloudFormation between two values.
#[derive(Clone, Copy)]
pub(super) struct IfFunction<'a> {
    /// The name of the condition that decides.
    pub(super) condition: &'a str,
    pub(super) then: &'a Node,
    pub(super) otherwise: &'a Node,
}

/// Reads an `Fn::If` in its short or long form. Returns `None` if the value is anything else.
pub(super) fn parse_if(node: &Node) -> Option<IfFunction<'_>> {
    let (name, Node::Seq(items)) = function_and_argument(node)? else { return None };
    match items.as_slice() {
        [Node::Str(condition), then, otherwise] if name == "If" => {
            Some(IfFunction { condition, then, otherwise })
        }
        _ => None,
    }
}

impl IfFunction<'_> {
    /// Returns an `Fn::If` with the same condition between two other values.
    pub(super) fn with_branches(self, then: Node, otherwise: Node) -> Node {
        Node::Tag("If", Box::new(Node::Seq(vec![Node::from(self.condition), then, otherwise])))
    }
}
