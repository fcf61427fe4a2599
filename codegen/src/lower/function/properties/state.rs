//! The state while the properties of one function are lowered. The function that lowers a property takes the state,
//! reads other properties from it, and adds its results to it.

use skylift_model::aws::node::{Map, Node};

use super::intrinsic::plain_map;
use super::result::{LoweredProperties, UnsupportedProperty};
use super::sam_resource::{SamResource, SamResourcePurpose};

/// The properties of one function while they are lowered, and the results so far.
pub(crate) struct PropertyLowering<'a> {
    /// The logical id of the function.
    pub(super) id: &'a str,
    /// The SAM properties of the function.
    pub(super) sam: &'a Map,
    pub(super) lowered: LoweredProperties,
}

impl PropertyLowering<'_> {
    /// Records that plain CloudFormation does not support a property of the function; `reason` is the end of a
    /// sentence that begins with the property.
    pub(super) fn mark_unsupported(&mut self, property: impl Into<String>, reason: &'static str) {
        self.lowered.unsupported.push(UnsupportedProperty { property: property.into(), reason });
    }

    /// Adds a resource that SAM generates from the property that is being lowered.
    pub(super) fn add_resource(
        &mut self,
        purpose: SamResourcePurpose,
        id: impl Into<String>,
        kind: &'static str,
        properties: Map,
    ) {
        self.lowered.resources.push(SamResource::new(purpose, id, kind, properties));
    }

    /// Returns a reference to what callers of the function invoke: its alias, or the function itself if it has no
    /// alias.
    pub(super) fn target_reference(&self) -> Node {
        let alias = self.lowered.alias.as_ref();
        Node::reference(alias.map_or(self.id, |alias| alias.id.as_str()))
    }

    /// Returns the tags that resources which SAM generates for the function get: the function's own. Returns `None`
    /// if `PropagateTags` is not true or there are no tags.
    pub(super) fn propagated_tags(&self) -> Option<Vec<Node>> {
        let tags = tags_from_map(self.sam.get("Tags")?)?;
        let propagates = self.sam.get("PropagateTags") == Some(&Node::Bool(true));
        Some(tags).filter(|tags| propagates && !tags.is_empty())
    }
}

/// Converts SAM's map of tags to CloudFormation's list. Returns `None` if the value is not a literal map.
pub(super) fn tags_from_map(tags: &Node) -> Option<Vec<Node>> {
    let tag = |(key, value): (&str, &Node)| {
        let value = if *value == Node::Null { Node::from("") } else { value.clone() };
        Node::from(Map::new().with("Key", key).with("Value", value))
    };
    Some(plain_map(tags)?.iter().map(tag).collect())
}
