//! Recognises intrinsic functions in the user's properties, in their short or their long form.

use skylift_model::aws::node::{Map, Node};

/// Returns the name, without `Fn::`, and the argument of an intrinsic function.
fn function_and_argument(node: &Node) -> Option<(&str, &Node)> {
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

/// Returns whether the value is known only when the stack is deployed.
pub(super) fn is_intrinsic(node: &Node) -> bool {
    function_and_argument(node).is_some()
}

/// Returns a literal map.
pub(super) fn plain_map(node: &Node) -> Option<&Map> {
    match node {
        Node::Map(map) if !is_intrinsic(node) => Some(map),
        _ => None,
    }
}

/// Returns the value of a key if it is set, as [`is_set`] defines it.
pub(super) fn set_value<'a>(map: &'a Map, key: &str) -> Option<&'a Node> {
    map.get(key).filter(|value| is_set(value))
}

/// Returns whether SAM treats the value as set. Null, false, zero and empty values are not.
pub(super) fn is_set(node: &Node) -> bool {
    match node {
        Node::Null | Node::Bool(false) | Node::Int(0) => false,
        Node::Str(text) => !text.is_empty(),
        Node::Seq(items) => !items.is_empty(),
        Node::Map(map) => !map.is_empty(),
        Node::Bool(true) | Node::Int(_) | Node::Float(_) | Node::Tag(..) => true,
    }
}

/// Returns whether the value is `AWS::NoValue`, which removes the property.
pub(super) fn is_no_value(node: &Node) -> bool {
    function_and_argument(node).is_some_and(|(name, argument)| {
        name == "Ref" && matches!(argument, Node::Str(text) if text == "AWS::NoValue")
    })
}

/// An `Fn::If`: a choice between two values.
#[derive(Clone, Copy)]
pub(super) struct IfFunction<'a> {
    /// The name of the condition.
    pub(super) condition: &'a str,
    pub(super) then: &'a Node,
    pub(super) otherwise: &'a Node,
}

/// Reads an `Fn::If`.
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
    /// Returns the same choice between other values.
    pub(super) fn between(self, then: Node, otherwise: Node) -> Node {
        Node::Tag("If", Box::new(Node::Seq(vec![Node::from(self.condition), then, otherwise])))
    }
}
