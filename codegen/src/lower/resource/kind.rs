//! The trait that every kind of resource implements, and the helpers that they share.

use skylift_model::aws::iam::GrantScope;
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::resource::{Resource, ResourceKind};

use super::arn::arn_in_account;
use super::computed::{self, ComputedNameKind};
use crate::stack::{self, IdOwner, Purpose, ResourceInStack, Retention};

/// Lowers resources of one kind that the template creates.
pub(crate) trait LowerResource {
    /// Adds the resource, the additional resources that it needs, and its outputs.
    fn lower(&self, new: &NewResource<'_>, lowered: &mut ResourceInStack);

    /// Returns the identifier of the resource for the code.
    fn name(&self, resource: &Resource) -> Node {
        Node::reference(resource.id.as_str())
    }

    /// Returns the ARN of the resource.
    fn arn(&self, resource: &Resource) -> Node;

    /// Returns the kind of its computed name, if the template computes a name when the user sets none.
    fn computed(&self) -> Option<ComputedNameKind> {
        None
    }

    /// Returns the suffixes of its ARN for the ARNs of this part; none if it has no such part.
    fn parts(&self, _on: GrantScope) -> Vec<String> {
        Vec::new()
    }

    /// Returns whether it is FIFO, and the property for that; `None` if its kind cannot be FIFO.
    fn fifo(&self) -> Option<(bool, &'static str)> {
        None
    }
}

/// A resource that the template creates.
pub(crate) struct NewResource<'a> {
    pub(crate) resource: &'a Resource,
    /// Its index in `App::resources`.
    pub(crate) index: usize,
    /// What the functions that it triggers need from it.
    pub(crate) needs: &'a ConsumerNeeds,
}

/// What functions need from the resource that triggers them.
#[derive(Debug, Default)]
pub(crate) struct ConsumerNeeds {
    /// The entries of its notification configuration.
    pub(crate) notifications: Vec<Node>,
    /// The ids of the permissions that must exist before the notifications.
    pub(crate) permissions: Vec<String>,
    /// The longest timeout of these functions, in seconds.
    pub(crate) timeout: Option<u32>,
}

impl NewResource<'_> {
    /// Returns the logical id of the resource.
    pub(super) fn id(&self) -> &str {
        self.resource.id.as_str()
    }

    /// Returns the resource itself, with these properties merged with the user's.
    pub(super) fn main_resource(&self, kind: &'static str, mut properties: Map) -> stack::Resource {
        properties.merge(self.resource.properties.clone());
        self.part_resource(self.id(), kind, Purpose::Itself, properties)
    }

    /// Returns a resource that belongs to this one and has the same deletion policy.
    pub(super) fn part_resource(
        &self,
        id: &str,
        kind: &'static str,
        purpose: Purpose,
        properties: Map,
    ) -> stack::Resource {
        let part = IdOwner::for_resource(self.index, purpose);
        let retention = retention_of(self.resource);
        stack::Resource { retention, ..stack::Resource::new(id, kind, part, properties) }
    }
}

/// Returns the deletion policy of a resource. A user's decision against Skylift's default is written to the template
/// even if it is CloudFormation's default.
fn retention_of(resource: &Resource) -> Option<Retention> {
    match (resource.is_retained(), resource.kind().is_retained_by_default()) {
        (true, _) => Some(Retention::Retain),
        (false, true) => Some(Retention::Delete),
        (false, false) => None,
    }
}

/// Returns an output with the value of `Ref`, such as `UploadsName` with the description `Name of the bucket Uploads`.
pub(super) fn ref_output(id: &str, suffix: &str, what: &str) -> (String, Node) {
    let output =
        Map::new().with("Description", format!("{what} {id}")).with("Value", Node::reference(id));
    (format!("{id}{suffix}"), output.into())
}

/// Returns the ARN from the name that the user set, or from the computed name.
pub(super) fn fixed_or_computed_arn(
    kind: ResourceKind,
    fixed: Option<&str>,
    computed: ComputedNameKind,
    id: &str,
) -> Node {
    match fixed {
        Some(name) => Node::sub(arn_in_account(kind, &escape_sub(name))),
        None => computed::sub_with_stack(arn_in_account(kind, &computed.name(id))),
    }
}

/// Returns the name that the user set, or the computed name.
pub(super) fn fixed_or_computed_name(
    fixed: Option<&str>,
    computed: ComputedNameKind,
    id: &str,
) -> Node {
    match fixed {
        Some(name) => Node::from(name),
        None => computed::sub_with_stack(computed.name(id)),
    }
}
