//! What every kind of resource says of its own, and what is the same for all of them.

use skylift_model::aws::iam::GrantScope;
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::resource::{Resource, ResourceKind};

use super::arn::arn_of;
use super::computed::{self, Computed};
use crate::stack::{self, OfResource, Part, Purpose, Retention};

/// What a kind knows of its resources.
pub(crate) trait Lower {
    /// Adds the resource, the further resources that it needs, and its outputs.
    fn lower(&self, made: &Made<'_>, to: &mut OfResource);

    /// What names the resource, which the template makes, to the code.
    fn name(&self, resource: &Resource) -> Node {
        Node::reference(resource.id.as_str())
    }

    /// The ARN of the resource, which the template makes.
    fn arn(&self, resource: &Resource) -> Node;

    /// What its name is computed of, where the user gave none and the template computes one.
    fn computed(&self) -> Option<Computed> {
        None
    }

    /// What stands behind its ARN in those of this part of it; nothing where it has no such part.
    fn parts(&self, _on: GrantScope) -> Vec<String> {
        Vec::new()
    }

    /// Whether it keeps the order of messages, and the property that says so; none where its kind
    /// knows no order.
    fn fifo(&self) -> Option<(bool, &'static str)> {
        None
    }
}

/// A resource that the template makes.
pub(crate) struct Made<'a> {
    pub(crate) resource: &'a Resource,
    /// Its index in `App::resources`.
    pub(crate) index: usize,
    /// What the functions want of it that it invokes.
    pub(crate) fed: &'a Fed,
}

/// What functions want of the resource that invokes them.
#[derive(Debug, Default)]
pub(crate) struct Fed {
    /// The entries of its notifications.
    pub(crate) notifications: Vec<Node>,
    /// The ids of the permissions that it needs for them.
    pub(crate) permissions: Vec<String>,
    /// The longest timeout of these functions in seconds.
    pub(crate) timeout: Option<u32>,
}

impl Made<'_> {
    /// The id of the resource.
    pub(super) fn id(&self) -> &str {
        self.resource.id.as_str()
    }

    /// The resource itself, with these properties and the user's own over them.
    pub(super) fn itself(&self, kind: &'static str, mut properties: Map) -> stack::Resource {
        properties.merge(self.resource.properties.clone());
        self.part(self.id(), kind, Purpose::Itself, properties)
    }

    /// A resource that belongs to this one, and stays where it stays.
    pub(super) fn part(
        &self,
        id: &str,
        kind: &'static str,
        purpose: Purpose,
        properties: Map,
    ) -> stack::Resource {
        let part = Part::of_resource(self.index, purpose);
        let retention = retention(self.resource);
        stack::Resource { retention, ..stack::Resource::new(id, kind, part, properties) }
    }
}

/// What becomes of a resource when its stack no longer has it. What a user decided against our default
/// is written out, though it is CloudFormation's own.
fn retention(resource: &Resource) -> Option<Retention> {
    match (resource.is_retained(), resource.kind().is_retained_by_default()) {
        (true, _) => Some(Retention::Retain),
        (false, true) => Some(Retention::Delete),
        (false, false) => None,
    }
}

/// The output that tells what `Ref` gives: `UploadsName`, the `Name of the bucket Uploads`.
pub(super) fn output(id: &str, suffix: &str, what: &str) -> (String, Node) {
    let output =
        Map::new().with("Description", format!("{what} {id}")).with("Value", Node::reference(id));
    (format!("{id}{suffix}"), output.into())
}

/// The ARN by the name that the user fixed, or by one that the template computes.
pub(super) fn arn_by_name(
    kind: ResourceKind,
    fixed: Option<&str>,
    computed: Computed,
    id: &str,
) -> Node {
    match fixed {
        Some(name) => Node::sub(arn_of(kind, &escape_sub(name))),
        None => computed::sub(arn_of(kind, &computed.name(id))),
    }
}

/// The name that the user fixed, or one that the template computes.
pub(super) fn name_or_computed(fixed: Option<&str>, computed: Computed, id: &str) -> Node {
    match fixed {
        Some(name) => Node::from(name),
        None => computed::sub(computed.name(id)),
    }
}
