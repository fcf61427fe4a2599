//! What each kind of resource is in a template: a file for each, registered here in one line.

pub(crate) mod bucket;
mod queue;

use std::collections::HashMap;

use skylift_model::node::Node;
use skylift_model::resource::{Resource, Settings};
use skylift_model::source::Trigger;
use skylift_model::{App, Function};

/// The triggers that stand on each resource, by the resource's identifier.
pub(crate) type Consumers<'a> = HashMap<&'a str, Vec<(&'a Function, &'a Trigger)>>;

/// What a resource is in the template.
pub(crate) struct Emitted {
    /// The resource itself, and those that it brings with it.
    pub(crate) resources: Vec<(String, Node)>,
    /// Its outputs.
    pub(crate) outputs: Vec<(String, Node)>,
    /// What names it to the code: an environment variable's value.
    pub(crate) name: Node,
    /// Its ARNs, for a policy.
    pub(crate) arns: Vec<Node>,
}

macro_rules! resources {
    ($($module:ident: $Kind:ident,)*) => {
        /// What this resource is, with these triggers on it.
        pub(crate) fn emit(resource: &Resource, consumers: &Consumers<'_>, app: &App) -> Emitted {
            let consumers = consumers.get(resource.ident.as_str()).map_or(&[][..], Vec::as_slice);
            match &resource.settings {
                $(Settings::$Kind(settings) => $module::emit(resource, settings, consumers, app),)*
            }
        }
    };
}

resources! {
    bucket: Bucket,
    queue: Queue,
}
