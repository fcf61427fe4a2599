//! What each kind of resource is in a stack: a file for each, registered here in one line. A file has
//! all that is known of its kind: the resources that it is, how the code finds it, its ARN, and the
//! types that an overlay may have in its place.

pub(crate) mod arn;
pub(crate) mod bucket;
mod bus;
pub(crate) mod computed;
mod existing;
mod parameter;
mod queue;
mod secret;
mod stream;
mod table;
mod tls;
mod topic;

use skylift_model::aws::iam::On;
use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::{Existing, Kind, Resource, Settings};

use crate::stack::{self, OfResource, Part, Retention, Role};
use arn::{arn_of, arn_of_part};
use computed::Computed;
use existing::Naming;

/// What a kind knows of its resources.
pub(crate) trait Lower {
    /// Adds the resource itself, those that it brings, and its outputs.
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
    fn parts(&self, _on: On) -> Vec<String> {
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

macro_rules! resources {
    ($($module:ident: $Kind:ident,)*) => {
        fn lower_of(settings: &Settings) -> &dyn Lower {
            match settings {
                $(Settings::$Kind(settings) => settings,)*
            }
        }

        fn naming(kind: Kind) -> &'static Naming {
            match kind {
                $(Kind::$Kind => &$module::NAMING,)*
            }
        }

        /// The types of CloudFormation whose resources are of this kind, that of ours first: what
        /// `Ref` gives is the same.
        pub(crate) const fn types(kind: Kind) -> &'static [&'static str] {
            match kind {
                $(Kind::$Kind => $module::TYPES,)*
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

/// What the resource of this index is; nothing where it exists already.
pub(crate) fn lower(resource: &Resource, index: usize, fed: &Fed) -> OfResource {
    let mut of = OfResource { owner: resource.owner, ..OfResource::default() };
    if resource.existing.is_none() {
        lower_of(&resource.settings).lower(&Made { resource, index, fed }, &mut of);
    }
    of
}

/// What names the resource to the code: the value of its environment variable.
pub(crate) fn name(resource: &Resource) -> Node {
    match &resource.existing {
        Some(existing) => existing::name(resource.kind(), naming(resource.kind()), existing),
        None => lower_of(&resource.settings).name(resource),
    }
}

/// The resource's own ARN.
pub(crate) fn arn(resource: &Resource) -> Node {
    match &resource.existing {
        Some(existing) => existing::arn(resource.kind(), naming(resource.kind()), existing),
        None => lower_of(&resource.settings).arn(resource),
    }
}

/// The ARNs of this part of the resource; none where it has no such part.
pub(crate) fn arns(resource: &Resource, on: On) -> Vec<Node> {
    let whole = || arn(resource);
    match (on, &resource.existing) {
        (On::Itself, Some(Existing::Arn(arn))) => naming(resource.kind()).arns_of(arn),
        (On::Itself, _) => vec![whole()],
        (on, _) => {
            let parts = lower_of(&resource.settings).parts(on);
            parts.iter().map(|part| arn_of_part(&whole(), part)).collect()
        }
    }
}

/// The ARNs of the resource and of all its parts.
pub(crate) fn all_arns(resource: &Resource) -> Vec<Node> {
    [On::Itself, On::Objects, On::Indexes].iter().flat_map(|on| arns(resource, *on)).collect()
}

/// What the name of the resource is computed of, where the template computes it.
pub(crate) fn computed(resource: &Resource) -> Option<Computed> {
    if resource.existing.is_some() || resource.settings.name().is_some() {
        return None;
    }
    lower_of(&resource.settings).computed()
}

/// Whether the resource keeps the order of messages, and the property that says so; none where its
/// kind knows no order.
pub(crate) fn fifo(resource: &Resource) -> Option<(bool, &'static str)> {
    lower_of(&resource.settings).fifo()
}

impl Made<'_> {
    /// The id of the resource.
    fn id(&self) -> &str {
        self.resource.id.as_str()
    }

    /// The resource itself, with these properties and the user's own over them.
    fn itself(&self, kind: &'static str, mut properties: Map) -> stack::Resource {
        properties.merge(self.resource.properties.clone());
        self.part(self.id(), kind, Role::Itself, properties)
    }

    /// A resource that belongs to this one, and stays where it stays.
    fn part(&self, id: &str, kind: &'static str, role: Role, properties: Map) -> stack::Resource {
        let part = Part::of_resource(self.index, role);
        let retention = retention(self.resource);
        stack::Resource { retention, ..stack::Resource::new(id, kind, part, properties) }
    }
}

/// What becomes of a resource when its stack no longer has it. What a user decided against our default
/// is written out, though it is CloudFormation's own.
fn retention(resource: &Resource) -> Option<Retention> {
    match (resource.retained(), resource.kind().retained()) {
        (true, _) => Some(Retention::Retain),
        (false, true) => Some(Retention::Delete),
        (false, false) => None,
    }
}

/// The output that tells what `Ref` gives: `UploadsName`, the `Name of the bucket Uploads`.
fn output(id: &str, suffix: &str, what: &str) -> (String, Node) {
    let output =
        Map::new().with("Description", format!("{what} {id}")).with("Value", Node::reference(id));
    (format!("{id}{suffix}"), output.into())
}

/// The ARN by the name that the user fixed, or by one that the template computes.
fn arn_by_name(kind: Kind, fixed: Option<&str>, computed: Computed, id: &str) -> Node {
    match fixed {
        Some(name) => Node::sub(arn_of(kind, &skylift_model::aws::node::escape_sub(name))),
        None => computed::sub(arn_of(kind, &computed.name(id))),
    }
}

/// The name that the user fixed, or one that the template computes.
fn name_or_computed(fixed: Option<&str>, computed: Computed, id: &str) -> Node {
    match fixed {
        Some(name) => Node::from(name),
        None => computed::sub(computed.name(id)),
    }
}

#[cfg(test)]
mod tests;
