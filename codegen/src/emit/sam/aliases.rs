//! References to the alias of a function: SAM makes the alias, and has `!Ref Function.Alias` for it.

use std::collections::HashMap;

use skylift_model::aws::node::{Map, Node};

use crate::stack::{Resource, Stack};

/// What SAM calls each alias, by its id.
#[derive(Debug, Default)]
pub(super) struct Aliases(HashMap<String, String>);

impl Aliases {
    /// The aliases of this stack.
    pub(super) fn of(stack: &Stack) -> Self {
        let alias = |of: &crate::stack::OfFunction| {
            let alias = &of.published.as_ref()?.alias;
            Some((alias.id.clone(), format!("{}.Alias", of.function.id)))
        };
        Self(stack.functions.iter().filter_map(alias).collect())
    }

    /// The resource with SAM's references, where it refers to an alias.
    pub(super) fn rename(&self, resource: &Resource) -> Option<Resource> {
        if self.0.is_empty() || !self.is_in(&resource.properties) {
            return None;
        }
        let mut renamed = resource.clone();
        renamed.properties = self.map(resource.properties.clone());
        Some(renamed)
    }

    fn is_in(&self, map: &Map) -> bool {
        map.iter().any(|(_, node)| self.is_in_node(node))
    }

    fn is_in_node(&self, node: &Node) -> bool {
        match node {
            Node::Tag("Ref", id) => matches!(&**id, Node::Str(id) if self.0.contains_key(id)),
            Node::Tag(_, argument) => self.is_in_node(argument),
            Node::Seq(items) => items.iter().any(|item| self.is_in_node(item)),
            Node::Map(map) => self.is_in(map),
            Node::Null | Node::Bool(_) | Node::Int(_) | Node::Float(_) | Node::Str(_) => false,
        }
    }

    fn map(&self, map: Map) -> Map {
        let mut renamed = Map::new();
        for (key, node) in map {
            renamed.push(key, self.node(node));
        }
        renamed
    }

    fn node(&self, node: Node) -> Node {
        match node {
            Node::Tag("Ref", id) => match *id {
                Node::Str(id) => Node::reference(self.0.get(&id).cloned().unwrap_or(id)),
                other => Node::Tag("Ref", Box::new(other)),
            },
            Node::Tag(name, argument) => Node::Tag(name, Box::new(self.node(*argument))),
            Node::Seq(items) => Node::Seq(items.into_iter().map(|item| self.node(item)).collect()),
            Node::Map(map) => Node::Map(self.map(map)),
            plain => plain,
        }
    }
}
