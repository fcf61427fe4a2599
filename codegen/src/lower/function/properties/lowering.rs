//! The state while one function's properties are lowered. The lowering of a property reads the other
//! properties from it, and adds its results to it.

use skylift_model::aws::node::{Map, Node};

use super::intrinsic::plain_map;
use super::lowered::{Lowered, NotCarried};
use super::made::{Made, What};

/// Why a property outside of [`TABLE`](super::TABLE) is not carried.
pub(super) const UNKNOWN: &str = "is no property that SAM knows";

/// Why a map has to be written out.
pub(super) const HIDDEN: &str =
    "is hidden behind an intrinsic function, and SAM reads what is written there";

/// One function's properties while they are lowered.
pub(crate) struct Lowering<'a> {
    /// The function's logical id.
    pub(super) id: &'a str,
    /// Its SAM properties.
    pub(super) sam: &'a Map,
    pub(super) lowered: Lowered,
}

impl Lowering<'_> {
    /// Says that a property is not carried.
    pub(super) fn refuse(&mut self, property: impl Into<String>, reason: &'static str) {
        self.lowered.not_carried.push(NotCarried { property: property.into(), reason });
    }

    /// Adds a resource.
    pub(super) fn make(
        &mut self,
        what: What,
        id: impl Into<String>,
        kind: &'static str,
        properties: Map,
    ) {
        self.lowered.resources.push(Made::new(what, id, kind, properties));
    }

    /// What names the function to those that invoke it: its alias, where it has one.
    pub(super) fn target(&self) -> Node {
        let alias = self.lowered.alias.as_ref();
        Node::reference(alias.map_or(self.id, |alias| alias.id.as_str()))
    }

    /// The function's tags as a resource that SAM makes for it has them: where `PropagateTags` says so.
    pub(super) fn propagated_tags(&self) -> Option<Vec<Node>> {
        let tags = tag_list(self.sam.get("Tags")?)?;
        let propagates = self.sam.get("PropagateTags") == Some(&Node::Bool(true));
        Some(tags).filter(|tags| propagates && !tags.is_empty())
    }
}

/// Tags as CloudFormation takes them.
pub(super) fn tag_list(tags: &Node) -> Option<Vec<Node>> {
    let tag = |(key, value): (&str, &Node)| {
        let value = if *value == Node::Null { Node::from("") } else { value.clone() };
        Node::from(Map::new().with("Key", key).with("Value", value))
    };
    Some(plain_map(tags)?.iter().map(tag).collect())
}
