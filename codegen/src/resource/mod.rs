//! What each kind of resource is in a template: a file for each, registered here in one line.

pub(crate) mod arn;
mod bucket;
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

use std::collections::HashMap;

use skylift_model::aws::iam::On;
use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::topic::Topic;
use skylift_model::resource::{Existing, Resource, Settings};
use skylift_model::source::Trigger;
use skylift_model::{App, Function};

use arn::arn_of_part;
use computed::Computed;

/// The triggers that stand on each resource, by the resource's identifier.
pub(crate) type Consumers<'a> = HashMap<&'a str, Vec<(&'a Function, &'a Trigger)>>;

/// What a resource is in the template; nothing where it exists already.
#[derive(Default)]
pub(crate) struct Emitted {
    /// The resource itself, and those that it brings with it.
    pub(crate) resources: Vec<(String, Node)>,
    /// Its outputs.
    pub(crate) outputs: Vec<(String, Node)>,
}

macro_rules! resources {
    ($($module:ident: $Kind:ident,)*) => {
        /// What this resource is, with these triggers on it.
        pub(crate) fn emit(resource: &Resource, consumers: &Consumers<'_>, app: &App) -> Emitted {
            if resource.existing.is_some() {
                return Emitted::default();
            }
            let consumers = consumers.get(resource.ident.as_str()).map_or(&[][..], Vec::as_slice);
            match &resource.settings {
                $(Settings::$Kind(settings) => $module::emit(resource, settings, consumers, app),)*
            }
        }

        /// What names the resource to the code: the value of its environment variable.
        pub(crate) fn name(resource: &Resource) -> Node {
            if let Some(existing) = &resource.existing {
                return existing::name(resource.kind(), existing);
            }
            match &resource.settings {
                $(Settings::$Kind(settings) => $module::name(resource, settings),)*
            }
        }

        /// The resource's own ARN.
        pub(crate) fn arn(resource: &Resource) -> Node {
            if let Some(existing) = &resource.existing {
                return existing::arn(resource.kind(), existing);
            }
            match &resource.settings {
                $(Settings::$Kind(settings) => $module::arn(resource, settings),)*
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

/// The ARNs of this part of the resource; none where it has no such part.
pub(crate) fn arns(resource: &Resource, on: On) -> Vec<Node> {
    match (on, &resource.settings) {
        (On::Itself, Settings::Secret(_)) => match &resource.existing {
            Some(Existing::Arn(arn)) => existing::arns_of_secret(arn),
            _ => vec![arn(resource)],
        },
        (On::Itself, _) => vec![arn(resource)],
        (On::Objects, Settings::Bucket(_)) => vec![arn_of_part(&arn(resource), "/*")],
        (On::Indexes, Settings::Table(table)) if !table.indexes.is_empty() => {
            let whole = arn(resource);
            let part = |name: &str| arn_of_part(&whole, &format!("/index/{name}"));
            table.indexes.iter().map(|index| part(index.name.as_str())).collect()
        }
        (On::Objects | On::Indexes, _) => Vec::new(),
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
    match resource.settings {
        Settings::Bucket(_) => Some(Computed::Bucket),
        Settings::Bus(_) => Some(Computed::Bus),
        Settings::Topic(Topic { fifo: true, .. }) => Some(Computed::Topic),
        _ => None,
    }
}

/// A resource of this type, with what becomes of it when its stack no longer has it. What a user
/// decided against our default is written out, though it is CloudFormation's own.
fn kept(resource: &Resource, kind: &str) -> Map {
    let mut node = Map::new();
    node.push("Type", kind);
    let policy = match (resource.retained(), resource.kind().retained()) {
        (true, _) => "Retain",
        (false, true) => "Delete",
        (false, false) => return node,
    };
    node.push("DeletionPolicy", policy);
    node.push("UpdateReplacePolicy", policy);
    node
}

/// The resource itself, with these properties and the user's own over them.
fn itself(resource: &Resource, kind: &str, mut properties: Map) -> (String, Node) {
    let mut node = kept(resource, kind);
    properties.merge(resource.properties.clone());
    if !properties.is_empty() {
        node.push("Properties", properties);
    }
    (resource.id.to_string(), node.into())
}

/// The output that tells what `Ref` gives: `UploadsName`, the `Name of the bucket Uploads`.
fn output(id: &str, suffix: &str, what: &str) -> (String, Node) {
    let output =
        Map::new().with("Description", format!("{what} {id}")).with("Value", Node::reference(id));
    (format!("{id}{suffix}"), output.into())
}

#[cfg(test)]
mod tests;
