//! The state while one function's properties are lowered. The function that lowers a property reads the other
//! properties from the state, and adds its results to it.

use skylift_model::aws::node::{Map, Node};

use super::intrinsic::plain_map;
use super::result::{LoweredProperties, UnsupportedProperty};
use super::sam_resource::{SamResource, SamResourcePurpose};

/// One function's properties while they are lowered.
pub(crate) struct PropertyLowering<'a> {
    /// The function's logical id.
    pub(super) id: &'a str,
    /// Its SAM properties.
    pub(super) sam: &'a Map,
    pub(super) lowered: LoweredProperties,
}

impl PropertyLowering<'_> {
    /// Records that a property is not supported.
    pub(super) fn mark_unsupported(&mut self, property: impl Into<String>, reason: &'static str) {
        self.lowered.unsupported.push(UnsupportedProperty { property: property.into(), reason });
    }

    /// Adds a resource.
    pub(super) fn add_resource(
        &mut self,
        purpose: SamResourcePurpose,
        id: impl Into<String>,
        kind: &'static str,
        properties: Map,
    ) {
        self.lowered.resources.push(SamResource::new(purpose, id, kind, properties));
    }

    /// Returns a reference to what others invoke: the function's alias if it has one, else the function.
    pub(super) fn target_reference(&self) -> Node {
        let alias = self.lowered.alias.as_ref();
        Node::reference(alias.map_or(self.id, |alias| alias.id.as_str()))
    }

    /// Returns the tags of resources that SAM generates for the function: the function's, if `PropagateTags` is true.
    pub(super) fn propagated_tags(&self) -> Option<Vec<Node>> {
        let tags = tags_from_map(self.sam.get("Tags")?)?;
        let propagates = self.sam.get("PropagateTags") == Some(&Node::Bool(true));
        Some(tags).filter(|tags| propagates && !tags.is_empty())
    }
}

/// Converts SAM's map of tags to CloudFormation's list; `None` if it is not a literal map.
pub(super) fn tags_from_map(tags: &Node) -> Option<Vec<Node>> {
    let tag = |(key, value): (&str, &Node)| {
        let value = if *value == Node::Null { Node::from("") } else { value.clone() };
        Node::from(Map::new().with("Key", key).with("Value", value))
    };
    Some(plain_map(tags)?.iter().map(tag).collect())
}
