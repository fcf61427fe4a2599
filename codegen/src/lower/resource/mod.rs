//! Lowers resources. Each kind in the list of the model has its own file, which defines everything about
//! its kind: its CloudFormation resources, its identifier for the code, its ARN, and the CloudFormation types that
//! a resource of the overlay may have.
// See decision 0021 and decision 0024.

pub(crate) mod arn;
pub(crate) mod bucket;
mod bus;
pub(crate) mod computed;
mod existing;
mod key;
mod kind;
mod parameter;
mod policy;
mod queue;
mod secret;
mod state_machine;
mod stream;
mod table;
mod topic;
mod view;

use skylift_model::aws::iam::GrantScope;
use skylift_model::aws::node::Node;
use skylift_model::resource::{Existing, Resource, ResourceKind, ResourceSettings};

use crate::stack::ResourceInStack;
use arn::append_to_arn;
use computed::ComputedNameKind;
use existing::NamingRules;
use kind::{FifoProperty, LowerResource, NewResource};

pub(crate) use existing::{queue_name, related_variable};
pub(crate) use key::via_service;
pub(crate) use kind::{ConsumerNeeds, DefinitionNeeds, Notifications};
pub(crate) use view::{ViewGrant, view_grant};

macro_rules! resources {
    ($($module:ident: $Kind:ident,)*) => {
        /// Returns the settings of a resource as the trait by which the resource's kind lowers it.
        fn as_lower_resource(settings: &ResourceSettings) -> &dyn LowerResource {
            match settings {
                $(ResourceSettings::$Kind(settings) => settings,)*
            }
        }

        /// Returns the rules by which a template names resources of this kind.
        fn naming_rules(kind: ResourceKind) -> &'static NamingRules {
            match kind {
                $(ResourceKind::$Kind => &$module::NAMING_RULES,)*
            }
        }
    };
}

skylift_model::for_each_resource_kind!(resources);

/// Lowers the resource with this index in `App::resources`. The result is empty if the resource exists already, or if it is
/// a view.
pub(crate) fn lower_resource(
    resource: &Resource,
    index: usize,
    needs: &ConsumerNeeds,
) -> ResourceInStack {
    let mut in_stack = ResourceInStack { owner: resource.owner, ..ResourceInStack::default() };
    if resource.is_created() {
        as_lower_resource(&resource.settings)
            .lower(&NewResource { resource, index, needs }, &mut in_stack);
    }
    in_stack
}

/// Returns the identifier of a resource for the code, which is the value of the resource's environment variable.
pub(crate) fn identifier(resource: &Resource) -> Node {
    match &resource.existing {
        Some(existing) => {
            existing::existing_identifier(resource.kind(), naming_rules(resource.kind()), existing)
        }
        None => as_lower_resource(&resource.settings).identifier(resource),
    }
}

/// Returns the ARN of a resource, without the ARNs of its parts.
pub(crate) fn resource_arn(resource: &Resource) -> Node {
    match &resource.existing {
        Some(existing) => existing_arn(resource.kind(), existing),
        None => as_lower_resource(&resource.settings).arn(resource),
    }
}

/// Returns the ARN of a resource that exists already; `kind` is the resource's kind.
pub(crate) fn existing_arn(kind: ResourceKind, existing: &Existing) -> Node {
    existing::existing_arn(kind, naming_rules(kind), existing)
}

/// Returns the ARN of a resource, as a reference if the template creates the resource. CloudFormation then creates a
/// resource that contains the ARN after the resource that the ARN names.
pub(crate) fn arn_by_reference(resource: &Resource) -> Node {
    match &resource.existing {
        Some(_) => resource_arn(resource),
        None => {
            existing::arn_in_stack(resource.kind(), naming_rules(resource.kind()), &resource.id)
        }
    }
}

/// Returns the ARNs of one part of a resource, such as a table's indexes. Returns none if the resource has no such
/// part.
pub(crate) fn part_arns(resource: &Resource, on: GrantScope) -> Vec<Node> {
    let whole = || resource_arn(resource);
    match (on, &resource.existing) {
        (GrantScope::Itself, Some(Existing::Arn(arn))) => {
            naming_rules(resource.kind()).arns_with_suffix(arn)
        }
        (GrantScope::Itself, _) => vec![whole()],
        (on, _) => {
            let parts = as_lower_resource(&resource.settings).part_suffixes(on);
            parts.iter().map(|part| append_to_arn(&whole(), part)).collect()
        }
    }
}

/// Returns the ARNs of a resource and of all its parts.
pub(crate) fn all_part_arns(resource: &Resource) -> Vec<Node> {
    GrantScope::ALL.into_iter().flat_map(|on| part_arns(resource, on)).collect()
}

/// Returns the kind of a resource's computed name. Returns `None` if the resource exists already, if the user set
/// its name, or if CloudFormation generates the name.
pub(crate) fn computed_name_kind(resource: &Resource) -> Option<ComputedNameKind> {
    if !resource.is_created() || resource.settings.name().is_some() {
        return None;
    }
    as_lower_resource(&resource.settings).computed_name_kind()
}

/// Returns how a resource says whether it is FIFO. Returns `None` if its kind cannot be FIFO.
pub(crate) fn fifo_property(resource: &Resource) -> Option<FifoProperty> {
    as_lower_resource(&resource.settings).fifo_property()
}

#[cfg(test)]
mod tests;
