//! Converts between SAM's names for generated resources and their logical ids. The alias of a function is
//! `!Ref Order.Alias` in SAM and `!Ref OrderAliaslive` in plain CloudFormation. Each template has its own form
//! of a reference, whichever form the user wrote.

use std::collections::{BTreeSet, HashMap};

use skylift_model::aws::node::{Map, Node};

use crate::lower::function::properties::resolve_sam_references;
use crate::stack::{Resource, Stack};

/// The suffix of the name by which SAM calls a function's alias.
const ALIAS: &str = ".Alias";

/// The names by which SAM calls generated resources, and the logical ids of these resources, in both directions.
#[derive(Debug, Default)]
pub(crate) struct SamNames {
    /// The logical ids of the resources, by SAM's names.
    ids: HashMap<String, String>,
    /// SAM's names of the functions' aliases, by the aliases' logical ids.
    aliases: HashMap<String, String>,
    /// The suffixes of SAM's names, each with its dot: `.Alias`. There are few.
    suffixes: BTreeSet<String>,
}

impl SamNames {
    /// Collects SAM's names of the resources of a stack.
    pub(crate) fn new(stack: &Stack) -> Self {
        let ids = stack.sam_names.clone();
        let aliases = ids.iter().filter(|(name, _)| name.ends_with(ALIAS));
        let aliases = aliases.map(|(name, id)| (id.clone(), name.clone())).collect();
        let suffixes = ids.keys().filter_map(|name| Some(name[name.find('.')?..].to_owned()));
        Self { aliases, suffixes: suffixes.collect(), ids }
    }

    /// Returns a resource in which references to aliases have SAM's names. Returns `None` if the resource refers to
    /// no alias, so that it needs no change.
    pub(crate) fn to_sam(&self, resource: &Resource) -> Option<Resource> {
        if self.aliases.is_empty() || !self.refers_to_alias(&resource.properties) {
            return None;
        }
        let properties = self.map_to_sam(resource.properties.clone());
        Some(Resource { properties, ..resource.clone() })
    }

    /// Replaces SAM's names in the references of a node by logical ids. Returns `None` if the node has no such name, so
    /// that it needs no change.
    pub(crate) fn to_plain(&self, node: &Node) -> Option<Node> {
        let find = |id: &str, name: &str| self.ids.get(&format!("{id}.{name}")).cloned();
        self.can_have_name(node).then(|| resolve_sam_references(node, &find))
    }

    /// Returns whether a text of a node has the suffix of one of SAM's names. In a list such as `[Order, Alias.Arn]`, a
    /// text begins with the suffix, without its dot.
    fn can_have_name(&self, node: &Node) -> bool {
        match node {
            Node::Str(text) => {
                let has = |suffix: &String| {
                    text.contains(suffix.as_str()) || text.starts_with(&suffix[1..])
                };
                self.suffixes.iter().any(has)
            }
            Node::Tag(_, argument) => self.can_have_name(argument),
            Node::Seq(items) => items.iter().any(|item| self.can_have_name(item)),
            Node::Map(map) => map.iter().any(|(_, value)| self.can_have_name(value)),
            Node::Null | Node::Bool(_) | Node::Int(_) | Node::Float(_) => false,
        }
    }

    /// Returns whether a map refers to an alias by its logical id.
    fn refers_to_alias(&self, map: &Map) -> bool {
        map.iter().any(|(_, node)| self.node_refers_to_alias(node))
    }

    /// Returns whether a node refers to an alias by its logical id.
    fn node_refers_to_alias(&self, node: &Node) -> bool {
        match node {
            Node::Tag("Ref", id) => matches!(&**id, Node::Str(id) if self.aliases.contains_key(id)),
            Node::Tag(_, argument) => self.node_refers_to_alias(argument),
            Node::Seq(items) => items.iter().any(|item| self.node_refers_to_alias(item)),
            Node::Map(map) => self.refers_to_alias(map),
            Node::Null | Node::Bool(_) | Node::Int(_) | Node::Float(_) | Node::Str(_) => false,
        }
    }

    /// Replaces the logical ids of aliases by SAM's names in the references of a map.
    fn map_to_sam(&self, map: Map) -> Map {
        let mut renamed = Map::new();
        for (key, node) in map {
            renamed.push(key, self.node_to_sam(node));
        }
        renamed
    }

    /// Replaces the logical ids of aliases by SAM's names in the references of a node.
    fn node_to_sam(&self, node: Node) -> Node {
        match node {
            Node::Tag("Ref", id) => match *id {
                Node::Str(id) => Node::reference(self.aliases.get(&id).cloned().unwrap_or(id)),
                other => Node::Tag("Ref", Box::new(other)),
            },
            Node::Tag(name, argument) => Node::Tag(name, Box::new(self.node_to_sam(*argument))),
            Node::Seq(items) => {
                Node::Seq(items.into_iter().map(|item| self.node_to_sam(item)).collect())
            }
            Node::Map(map) => Node::Map(self.map_to_sam(map)),
            plain => plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::node::Map;

    use super::*;
    use crate::stack::{IdOwner, Purpose};

    fn alias_names() -> SamNames {
        let name = |name: &str, id: &str| (name.to_owned(), id.to_owned());
        let stack = Stack {
            sam_names: [name("A.Alias", "AAliaslive"), name("A.Version", "AVersion")].into(),
            ..Stack::default()
        };
        SamNames::new(&stack)
    }

    fn resource_with(value: Node) -> Resource {
        let properties = Map::new().with("Of", vec![Map::new().with("Deep", value).into()]);
        Resource::new("R", "T", IdOwner::for_function(0, Purpose::Itself), properties)
    }

    #[test]
    fn references_to_an_alias_have_sams_name() {
        let renamed = |value| alias_names().to_sam(&resource_with(value)).map(|it| it.properties);
        let properties = |value| Some(resource_with(value).properties);
        assert_eq!(renamed(Node::reference("AAliaslive")), properties(Node::reference("A.Alias")));
        let within =
            |id| Node::Tag("Join", Box::new(Node::Seq(vec!["".into(), Node::reference(id)])));
        assert_eq!(renamed(within("AAliaslive")), properties(within("A.Alias")));
        // SAM generates a version with another id.
        assert_eq!(renamed(Node::reference("AVersion")), None);
        assert_eq!(renamed(Node::from("AAliaslive")), None);
        assert_eq!(SamNames::default().to_sam(&resource_with(Node::reference("AAliaslive"))), None);
    }

    #[test]
    fn sams_names_become_logical_ids_without_sam() {
        let plain = |node: Node| alias_names().to_plain(&node);
        assert_eq!(plain(Node::reference("A.Alias")), Some(Node::reference("AAliaslive")));
        assert_eq!(plain(Node::sub("${A.Version}")), Some(Node::sub("${AVersion}")));
        let parts = |parts: [&str; 2]| {
            Node::Tag("GetAtt", Box::new(Node::Seq(parts.map(Node::from).into())))
        };
        assert_eq!(plain(parts(["A.Alias", "Arn"])), Some(parts(["AAliaslive", "Arn"])));
        assert_eq!(plain(parts(["A", "Alias.Arn"])), Some(parts(["AAliaslive", "Arn"])));
        let entry = |node| Node::from(Map::new().with("Of", Node::Seq(vec![node])));
        assert_eq!(plain(entry(Node::sub("${A.Alias}"))), Some(entry(Node::sub("${AAliaslive}"))));
        assert_eq!(plain(Node::attribute("A", "Arn")), None);
        assert_eq!(SamNames::default().to_plain(&Node::reference("A.Alias")), None);
    }
}
