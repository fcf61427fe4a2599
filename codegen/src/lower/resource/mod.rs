//! Lowers resources: each kind has its own file, registered here with one line. The file defines everything about its
//! kind: its CloudFormation resources, its identifier for the code, its ARN, and the CloudFormation types that a
//! resource of the overlay may have.
// See decision 0021 and decision 0024.

pub(crate) mod arn;
pub(crate) mod bucket;
mod bus;
pub(crate) mod computed;
mod existing;
mod kind;
mod parameter;
mod queue;
mod secret;
mod stream;
mod table;
mod tls;
mod topic;

use skylift_model::aws::iam::GrantScope;
use skylift_model::aws::node::Node;
use skylift_model::resource::{Existing, Resource, ResourceKind, ResourceSettings};

use crate::stack::ResourceInStack;
use arn::append_to_arn;
use computed::ComputedNameKind;
use existing::NamingRules;
use kind::{LowerResource, NewResource};

pub(crate) use kind::ConsumerNeeds;

macro_rules! resources {
    ($($module:ident: $Kind:ident,)*) => {
        fn as_lower_resource(settings: &ResourceSettings) -> &dyn LowerResource {
            match settings {
                $(ResourceSettings::$Kind(settings) => settings,)*
            }
        }

        fn naming_rules(kind: ResourceKind) -> &'static NamingRules {
            match kind {
                $(ResourceKind::$Kind => &$module::NAMING_RULES,)*
            }
        }

        /// Returns the CloudFormation types of this kind; the first one is used for new resources. `Ref` returns the
        /// same identifier for all of them.
        pub(crate) const fn cloudformation_types(kind: ResourceKind) -> &'static [&'static str] {
            match kind {
                $(ResourceKind::$Kind => $module::TYPES,)*
            }
        }
    };
}

resources! {
    bucket: Bucket,
    bus: Bus,
    parameter: Parameter,
    queue: Queue,
    secret: Secret,
    stream: Stream,
    table: Table,
    topic: Topic,
}

/// Lowers the resource with this index; the result is empty if it exists already.
pub(crate) fn lower_resource(
    resource: &Resource,
    index: usize,
    needs: &ConsumerNeeds,
) -> ResourceInStack {
    let mut in_stack = ResourceInStack { owner: resource.owner, ..ResourceInStack::default() };
    if resource.existing.is_none() {
        as_lower_resource(&resource.settings)
            .lower(&NewResource { resource, index, needs }, &mut in_stack);
    }
    in_stack
}

/// Returns the identifier of the resource for the code: the value of its environment variable.
pub(crate) fn identifier(resource: &Resource) -> Node {
    match &resource.existing {
        Some(existing) => {
            existing::existing_name(resource.kind(), naming_rules(resource.kind()), existing)
        }
        None => as_lower_resource(&resource.settings).name(resource),
    }
}

/// Returns the ARN of the resource itself.
pub(crate) fn resource_arn(resource: &Resource) -> Node {
    match &resource.existing {
        Some(existing) => existing_arn(resource.kind(), existing),
        None => as_lower_resource(&resource.settings).arn(resource),
    }
}

/// Returns the ARN of a resource of this kind that exists already.
pub(crate) fn existing_arn(kind: ResourceKind, existing: &Existing) -> Node {
    existing::existing_arn(kind, naming_rules(kind), existing)
}

/// Returns the same as [`arn`], but as a reference to the resource if the template creates it: a resource with this
/// reference is created after it.
pub(crate) fn arn_by_reference(resource: &Resource) -> Node {
    match &resource.existing {
        Some(_) => resource_arn(resource),
        None => {
            existing::arn_in_stack(resource.kind(), naming_rules(resource.kind()), &resource.id)
        }
    }
}

/// Returns the ARNs of this part of the resource; none if it has no such part.
pub(crate) fn part_arns(resource: &Resource, on: GrantScope) -> Vec<Node> {
    let whole = || resource_arn(resource);
    match (on, &resource.existing) {
        (GrantScope::Itself, Some(Existing::Arn(arn))) => {
            naming_rules(resource.kind()).arns_with_suffix(arn)
        }
        (GrantScope::Itself, _) => vec![whole()],
        (on, _) => {
            let parts = as_lower_resource(&resource.settings).parts(on);
            parts.iter().map(|part| append_to_arn(&whole(), part)).collect()
        }
    }
}

/// Returns the ARNs of the resource and of all its parts.
pub(crate) fn all_part_arns(resource: &Resource) -> Vec<Node> {
    GrantScope::ALL.into_iter().flat_map(|on| part_arns(resource, on)).collect()
}

/// Returns the kind of the resource's computed name, if its name is computed.
pub(crate) fn computed_name_kind(resource: &Resource) -> Option<ComputedNameKind> {
    if resource.existing.is_some() || resource.settings.name().is_some() {
        return None;
    }
    as_lower_resource(&resource.settings).computed()
}

/// Returns whether the resource is FIFO, and the property for that; `None` if its kind cannot be FIFO.
pub(crate) fn fifo_property(resource: &Resource) -> Option<(bool, &'static str)> {
    as_lower_resource(&resource.settings).fifo()
}

#[cfg(test)]
mod tests;
