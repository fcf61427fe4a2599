//! The trait that every kind of resource implements, and helpers that the implementations share.

use skylift_model::aws::iam::GrantScope;
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::resource::{Resource, ResourceKind};

use super::arn::arn_in_account;
use super::computed::{self, ComputedNameKind};
use crate::lower::plain_value::lower_plain_value;
use crate::stack::{self, IdOwner, Purpose, ResourceInStack, Retention};

/// Lowers resources of one kind that the template creates. The settings of each kind implement the trait.
pub(crate) trait LowerResource {
    /// Adds the resource `new`, the additional resources that it needs, and its outputs.
    fn lower(&self, new: &NewResource<'_>, lowered: &mut ResourceInStack);

    /// Returns the identifier of the resource that the code needs, such as its name.
    fn identifier(&self, resource: &Resource) -> Node {
        Node::reference(resource.id.as_str())
    }

    /// Returns the ARN of the resource.
    fn arn(&self, resource: &Resource) -> Node;

    /// Returns the kind of computed name that the resource has if the user sets no name. Returns `None` if
    /// CloudFormation generates the name.
    fn computed_name_kind(&self) -> Option<ComputedNameKind> {
        None
    }

    /// Returns the suffixes that turn the resource's ARN into the ARNs of one of its parts, such as a table's
    /// indexes. Returns none if the resource has no such part.
    fn part_suffixes(&self, _on: GrantScope) -> Vec<String> {
        Vec::new()
    }

    /// Returns how the resource says whether it is FIFO. Returns `None` if its kind cannot be FIFO.
    fn fifo_property(&self) -> Option<FifoProperty> {
        None
    }
}

/// The property by which a resource says whether it is FIFO, such as `FifoQueue`.
pub(crate) struct FifoProperty {
    pub(crate) name: &'static str,
    /// Whether the resource is FIFO.
    pub(crate) is_fifo: bool,
}

/// A resource that the template creates.
pub(crate) struct NewResource<'a> {
    pub(crate) resource: &'a Resource,
    /// The index of the resource in `App::resources`.
    pub(crate) index: usize,
    /// The needs of the functions that the resource triggers.
    pub(crate) needs: &'a ConsumerNeeds,
}

/// The notifications of a bucket: the entries of its notification configuration.
#[derive(Debug, Default)]
pub(crate) struct Notifications {
    /// The entries for functions.
    pub(crate) functions: Vec<Node>,
    /// The entries for queues.
    pub(crate) queues: Vec<Node>,
    /// The entries for topics.
    pub(crate) topics: Vec<Node>,
}

impl Notifications {
    /// Adds other notifications after these.
    pub(crate) fn extend(&mut self, others: Self) {
        self.functions.extend(others.functions);
        self.queues.extend(others.queues);
        self.topics.extend(others.topics);
    }
}

/// The needs of functions, and of resources that it sends to, from a resource.
#[derive(Debug, Default)]
pub(crate) struct ConsumerNeeds {
    /// The notifications that a bucket has to send.
    pub(crate) notifications: Notifications,
    /// Whether a bucket has to send its events to EventBridge.
    pub(crate) event_bridge: bool,
    /// The ids of the permissions and policies that must exist before the resource sends notifications.
    pub(crate) permissions: Vec<String>,
    /// Whether a FIFO queue has to find repeated messages by their content.
    pub(crate) deduplicates_content: bool,
    /// The statements that triggers add to the policy of the resource.
    pub(crate) statements: Vec<Map>,
    /// The services that need the KMS key of the resource.
    pub(crate) key_users: Vec<&'static str>,
    /// The longest timeout of the triggered functions, in seconds; `None` if there are no such functions.
    pub(crate) timeout: Option<u32>,
    /// What a state machine has from the functions and the resources that its definition names.
    pub(crate) definition: DefinitionNeeds,
}

/// What a state machine has from the functions and the resources that its definition names.
#[derive(Debug, Default)]
pub(crate) struct DefinitionNeeds {
    /// The values that replace the names in the definition.
    pub(crate) substitutions: Map,
    /// The statements of the role for the functions that the states call, and those of the user.
    pub(crate) statements: Vec<Node>,
}

impl NewResource<'_> {
    /// Returns the logical id of the resource.
    pub(super) fn id(&self) -> &str {
        self.resource.id.as_str()
    }

    /// Returns the statements of the resource's policy, beside Skylift's own: those of the user, and those that
    /// triggers need.
    pub(super) fn policy_statements(&self) -> Vec<Map> {
        self.resource.policy.iter().chain(&self.needs.statements).cloned().collect()
    }

    /// Returns the ARN of the KMS key that the user set for the resource, or `None`.
    pub(super) fn kms_key(&self) -> Option<Node> {
        self.resource.kms_key.as_ref().map(lower_plain_value)
    }

    /// Returns the CloudFormation type of the resource.
    pub(super) const fn kind_type(&self) -> &'static str {
        self.resource.kind().cloudformation_types()[0]
    }

    /// Returns the resource itself as a resource of the stack; the user's `properties` are merged over these
    /// properties.
    pub(super) fn main_resource(&self, mut properties: Map) -> stack::Resource {
        properties.merge(self.resource.properties.clone());
        self.part_resource(self.id(), self.kind_type(), Purpose::Itself, properties)
    }

    /// Returns an additional resource of the stack that belongs to this resource and has the same deletion policy.
    pub(super) fn part_resource(
        &self,
        id: &str,
        kind: &'static str,
        purpose: Purpose,
        properties: Map,
    ) -> stack::Resource {
        let part = IdOwner::for_resource(self.index, purpose);
        let retention = resource_retention(self.resource);
        stack::Resource { retention, ..stack::Resource::new(id, kind, part, properties) }
    }
}

/// Returns the deletion policy of a resource; `None` means CloudFormation's default. A user's decision against
/// Skylift's default is written to the template even if it is CloudFormation's default.
fn resource_retention(resource: &Resource) -> Option<Retention> {
    match (resource.is_retained(), resource.kind().is_retained_by_default()) {
        (true, _) => Some(Retention::Retain),
        (false, true) => Some(Retention::Delete),
        (false, false) => None,
    }
}

/// Returns the name and the content of an output whose value is `Ref` of a resource, such as `UploadsName` with the
/// description `Name of the bucket Uploads`.
pub(super) fn ref_output(id: &str, suffix: &str, what: &str) -> (String, Node) {
    let output =
        Map::new().with("Description", format!("{what} {id}")).with("Value", Node::reference(id));
    (format!("{id}{suffix}"), output.into())
}

/// Returns the ARN of a resource, built from the name that the user set (`fixed`) or else from the computed name
/// for the logical id `id`.
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

/// Returns the name of a resource: the one that the user set (`fixed`), or else the computed name for the logical
/// id `id`.
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
