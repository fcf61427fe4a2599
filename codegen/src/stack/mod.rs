//! The CloudFormation stack of an application, as typed data. `lower` creates it from the application, `check`
//! reads it, and `emit` writes it: unchanged, or folded into SAM's types.
//!
//! The defaults of all functions are stored once ([`FunctionDefaults`]), like `Globals` in a SAM template.
//! [`FunctionInStack::properties`] returns the properties of one function including the defaults.

mod owner;
pub(crate) mod references;
mod resource;
#[cfg(test)]
pub(crate) mod testing;

use std::borrow::Cow;
use std::collections::HashMap;

use skylift_model::aws::node::{Map, Node};

pub(crate) use owner::{Cause, IdOwner, Purpose};
pub(crate) use resource::{Resource, Retention};

/// The CloudFormation stack of an application.
#[derive(Debug, Default)]
pub(crate) struct Stack {
    /// The package's description.
    pub(crate) description: Option<String>,
    /// The user's parameters.
    pub(crate) parameters: Map,
    /// The parameters for the place of the code, which only plain CloudFormation needs: SAM uploads the code itself.
    pub(crate) code_parameters: Map,
    /// The defaults of all functions.
    pub(crate) defaults: FunctionDefaults,
    /// The programs that the functions run, each with a code parameter.
    pub(crate) programs: Vec<Program>,
    /// The functions, by their index in `App::functions`.
    pub(crate) functions: Vec<FunctionInStack>,
    /// The resources, by their index in `App::resources`.
    pub(crate) resources: Vec<ResourceInStack>,
    /// The HTTP API, if a function has a route.
    pub(crate) api: Option<ApiInStack>,
    /// The logical ids of resources that have a name in SAM, by these names: `Order.Alias`.
    pub(crate) sam_names: HashMap<String, String>,
}

/// The defaults of all functions.
#[derive(Debug, Default)]
pub(crate) struct FunctionDefaults {
    /// Properties of `AWS::Lambda::Function`.
    pub(crate) function: Map,
    /// Properties of `AWS::Lambda::EventInvokeConfig`.
    pub(crate) invoke_config: Map,
}

/// A program of the package that functions run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Program {
    /// The binary; `None` if the package has no more than one.
    pub(crate) binary: Option<String>,
    /// The parameter for the key of its code in the bucket.
    pub(crate) key: String,
}

/// A function with its own resources.
#[derive(Debug)]
pub(crate) struct FunctionInStack {
    /// The function itself, without the defaults.
    pub(crate) function: Resource,
    /// The index of its program.
    pub(crate) program: usize,
    /// The version and the alias that its callers use, if it has them.
    pub(crate) published: Option<Published>,
    /// The function's own settings of asynchronous invocations, without the defaults and the user's `properties`. The
    /// resource with all three is in [`PlainProperties::resources`].
    pub(crate) invoke_config: Map,
    /// The events that invoke it.
    pub(crate) events: Vec<Event>,
    /// Resources that SAM has no shorter form for.
    pub(crate) other_resources: Vec<Resource>,
    /// The user's `properties` in CloudFormation.
    pub(crate) user_properties: PlainProperties,
}

/// The version and the alias of a function.
#[derive(Debug)]
pub(crate) struct Published {
    pub(crate) version: Resource,
    pub(crate) alias: Resource,
}

/// The plain CloudFormation form of a function's SAM properties, including the user's own.
#[derive(Debug, Default)]
pub(crate) struct PlainProperties {
    /// Properties of the function that override the generated ones.
    pub(crate) properties: Map,
    /// Additional resources.
    pub(crate) resources: Vec<Resource>,
    /// Conditions of these resources, apart from the user's.
    pub(crate) conditions: Map,
    /// SAM's names of these resources, without the function's id, with their logical ids.
    pub(crate) sam_names: Vec<(&'static str, String)>,
    /// What plain CloudFormation does not support, each with the reason.
    pub(crate) unsupported: Vec<String>,
}

/// An event that invokes a function: a trigger, or a part of one.
#[derive(Debug)]
pub(crate) struct Event {
    /// Its name, unique among the events of the function.
    pub(crate) name: String,
    /// Its resources in CloudFormation.
    pub(crate) resources: Vec<Resource>,
    /// Its route, if it is one of the HTTP API.
    pub(crate) route: Option<Route>,
    /// Converts it to SAM's event.
    pub(crate) fold: fn(Event) -> SamEvent,
}

/// A route of the HTTP API.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    /// The method in upper case and the path; `None` for the default route.
    pub(crate) on: Option<(&'static str, String)>,
    /// The ARN of the function or of its alias, as a name for `Sub`.
    pub(crate) function: String,
}

/// An event of an `AWS::Serverless::Function`.
#[derive(Debug)]
pub(crate) struct SamEvent {
    pub(crate) kind: &'static str,
    pub(crate) properties: Map,
}

/// The CloudFormation resources of a resource of the application; empty if it exists already.
#[derive(Debug, Default)]
pub(crate) struct ResourceInStack {
    /// The resource itself, and the resources that belong to it.
    pub(crate) resources: Vec<Resource>,
    /// Its outputs.
    pub(crate) outputs: Vec<(String, Node)>,
    /// The index of the function whose trigger or setting declares it.
    pub(crate) owner: Option<usize>,
}

/// The HTTP API.
#[derive(Debug)]
pub(crate) struct ApiInStack {
    /// The API and its stage.
    pub(crate) resources: Vec<Resource>,
    /// The output with its URL.
    pub(crate) output: (String, Node),
}

impl Stack {
    /// Returns every resource: those of each function, those of the resources, and those of the API.
    pub(crate) fn all_resources(&self) -> impl Iterator<Item = &Resource> {
        let functions = self.functions.iter().flat_map(FunctionInStack::all_resources);
        let resources = self.resources.iter().flat_map(|it| &it.resources);
        functions.chain(resources).chain(self.api.iter().flat_map(|api| &api.resources))
    }

    /// Returns every output: that of the API, those of functions' own resources, those of shared resources.
    pub(crate) fn outputs(&self) -> impl Iterator<Item = &(String, Node)> {
        let owned = |owner| self.resources.iter().filter(move |it| it.owner == owner);
        let mut own: Vec<&ResourceInStack> =
            self.resources.iter().filter(|it| it.owner.is_some()).collect();
        own.sort_by_key(|it| it.owner);
        let resources = own.into_iter().chain(owned(None)).flat_map(|it| &it.outputs);
        self.api.iter().map(|api| &api.output).chain(resources)
    }
}

impl FunctionInStack {
    /// Returns the function and all its own resources.
    pub(crate) fn all_resources(&self) -> impl Iterator<Item = &Resource> {
        let published = self.published.iter().flat_map(|it| [&it.alias, &it.version]);
        std::iter::once(&self.function)
            .chain(&self.other_resources)
            .chain(published)
            .chain(&self.user_properties.resources)
            .chain(self.events.iter().flat_map(|event| &event.resources))
    }

    /// Returns its properties, including these defaults and the user's.
    pub(crate) fn properties<'a>(
        &'a self,
        defaults: &'a FunctionDefaults,
    ) -> Vec<(&'a str, Cow<'a, Node>)> {
        let mut all = merge_over_defaults(&defaults.function, &self.function.properties);
        for (key, theirs) in self.user_properties.properties.iter() {
            match all.iter_mut().find(|(known, _)| *known == key) {
                Some((_, ours)) => *ours = merge_values(ours, theirs),
                None => all.push((key, Cow::Borrowed(theirs))),
            }
        }
        // SAM leaves out disabled tracing: CloudFormation does not know that mode.
        let disabled = Node::from(Map::new().with("Mode", "Disabled"));
        all.retain(|(key, value)| *key != "TracingConfig" || **value != disabled);
        all
    }
}

/// Merges a function's own properties over the defaults, as SAM does with `Globals`: maps are merged, tags are merged
/// by their keys, everything else is replaced.
pub(crate) fn merge_over_defaults<'a>(
    defaults: &'a Map,
    own: &'a Map,
) -> Vec<(&'a str, Cow<'a, Node>)> {
    let mut all: Vec<(&str, Cow<'_, Node>)> = Vec::with_capacity(own.len() + defaults.len());
    for (key, value) in own.iter() {
        let value = match (defaults.get(key), value) {
            (Some(Node::Seq(theirs)), Node::Seq(ours)) if key == TAGS => {
                Cow::Owned(Node::Seq(merge_tags(theirs, ours)))
            }
            (Some(default), value) => merge_values(default, value),
            (None, value) => Cow::Borrowed(value),
        };
        all.push((key, value));
    }
    for (key, value) in defaults.iter() {
        if own.get(key).is_none() {
            all.push((key, Cow::Borrowed(value)));
        }
    }
    all
}

/// Merges a value over another.
fn merge_values<'a>(below: &Node, above: &'a Node) -> Cow<'a, Node> {
    match (below, above) {
        (Node::Map(below), Node::Map(above)) => {
            let mut merged = below.clone();
            merged.merge(above.clone());
            Cow::Owned(merged.into())
        }
        _ => Cow::Borrowed(above),
    }
}

/// The property for tags.
const TAGS: &str = "Tags";

/// Merges tags over others: a later value of a key replaces an earlier one.
pub(crate) fn merge_tags(below: &[Node], above: &[Node]) -> Vec<Node> {
    let key = |tag: &Node| match tag {
        Node::Map(tag) => tag.get("Key").cloned(),
        _ => None,
    };
    let mut all = below.to_vec();
    for tag in above {
        match all.iter_mut().find(|other| key(other) == key(tag)) {
            Some(other) => *other = tag.clone(),
            None => all.push(tag.clone()),
        }
    }
    all
}
