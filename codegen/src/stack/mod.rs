//! The CloudFormation stack of an application, as typed data. `lower` creates it from the application, `check`
//! reads it, and `emit` writes it: unchanged, or folded into SAM's types.
//!
//! The defaults of all functions are stored once ([`FunctionDefaults`]), like `Globals` in a SAM template.
//! [`FunctionInStack::properties`] returns the properties of one function including the defaults.

mod nested;
mod owner;
pub(crate) mod references;
mod resource;
#[cfg(test)]
pub(crate) mod testing;

use std::borrow::Cow;
use std::collections::HashMap;

use skylift_model::aws::node::{Map, Node};
use skylift_model::http::Throttle;
use skylift_model::problem::Problem;

pub(crate) use nested::{NestedStack, stack_number};
pub(crate) use owner::{Cause, IdOwner, Purpose};
pub(crate) use resource::{Resource, Retention};

/// The CloudFormation stack of an application.
#[derive(Debug, Default)]
pub(crate) struct Stack {
    /// The package's description, for the template's `Description`.
    pub(crate) description: Option<String>,
    /// The user's template parameters, by name.
    pub(crate) parameters: Map,
    /// The mappings with the values that differ between environments.
    pub(crate) mappings: Map,
    /// The conditions that choose the values of environments.
    pub(crate) conditions: Map,
    /// The template parameters for the place of the programs' code. Only plain CloudFormation needs them: SAM
    /// uploads the code itself.
    pub(crate) code_parameters: Map,
    /// The properties that all functions share.
    pub(crate) defaults: FunctionDefaults,
    /// The programs that the functions run. Each has a code parameter.
    pub(crate) programs: Vec<Program>,
    /// The functions of the application, by their index in `App::functions`.
    pub(crate) functions: Vec<FunctionInStack>,
    /// The CloudFormation resources of the application's resources, by their index in `App::resources`.
    pub(crate) resources: Vec<ResourceInStack>,
    /// The outputs with the URLs of functions, each with the index of its function in `App::functions`.
    pub(crate) url_outputs: Vec<(usize, (String, Node))>,
    /// The HTTP API; `None` if no function has a route.
    pub(crate) api: Option<ApiInStack>,
    /// The logical ids of resources that SAM calls by another name. The keys are SAM's names, such as
    /// `Order.Alias`.
    pub(crate) sam_names: HashMap<String, String>,
    /// The problems of the changes of outputs that Cargo.toml asks for.
    pub(crate) output_problems: Vec<Problem>,
    /// The nested stacks, which have the functions of a stack that is divided.
    pub(crate) nested: Vec<NestedStack>,
    /// The properties that the functions of nested stacks add to resources of the overlay.
    pub(crate) root_additions: Vec<OverlayAddition>,
}

/// The properties that all functions of a stack share, as `Globals` does in a SAM template.
#[derive(Debug, Default)]
pub(crate) struct FunctionDefaults {
    /// The shared properties of `AWS::Lambda::Function`.
    pub(crate) function: Map,
    /// The shared properties of `AWS::Lambda::EventInvokeConfig`.
    pub(crate) invoke_config: Map,
}

/// A program of the package that functions run: the code of one binary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Program {
    /// The name of the binary; `None` if the package has no more than one.
    pub(crate) binary: Option<String>,
    /// The name of the template parameter for the S3 key of the program's code.
    pub(crate) key: String,
}

/// A function in the stack, with the resources that belong to it alone.
#[derive(Debug)]
pub(crate) struct FunctionInStack {
    /// The `AWS::Lambda::Function`, without the properties that all functions share.
    pub(crate) function: Resource,
    /// The index in [`Stack::programs`] of the program that the function runs.
    pub(crate) program: usize,
    /// The version and the alias that the function's callers use; `None` if the function has no provisioned
    /// concurrency.
    pub(crate) published: Option<Published>,
    /// The settings of asynchronous invocations that the function's attribute sets, without the defaults and the
    /// user's `properties`. The resource that combines all three is in [`PlainProperties::resources`].
    pub(crate) invoke_config: Map,
    /// The events that invoke the function.
    pub(crate) events: Vec<Event>,
    /// The function's resources for which SAM has no shorter form.
    pub(crate) other_resources: Vec<Resource>,
    /// The role that the function would have if the user's `properties` did not set another one. No template contains
    /// it; it says what the user's role has to allow.
    pub(crate) unused_role: Option<Resource>,
    /// The properties that the function's triggers add to resources of the overlay.
    pub(crate) overlay_additions: Vec<OverlayAddition>,
    /// The properties of SAM's function that the user set, with keys or with `properties`.
    pub(crate) sam_properties: Map,
    /// The user's `properties` of the function, converted to plain CloudFormation.
    pub(crate) user_properties: PlainProperties,
}

/// Properties that are added to those of a resource of the overlay.
#[derive(Debug)]
pub(crate) struct OverlayAddition {
    /// The logical id of the resource.
    pub(crate) id: String,
    /// The properties. The resource has no other value for them.
    pub(crate) properties: Map,
}

/// The version and the alias that a function's callers use.
#[derive(Debug)]
pub(crate) struct Published {
    pub(crate) version: Resource,
    pub(crate) alias: Resource,
    /// A hash of the settings that belong to the version.
    pub(crate) settings: u64,
    /// The hashes of the settings in the other environments.
    pub(crate) settings_of_others: Vec<u64>,
}

/// The plain CloudFormation form of a function's SAM properties, including the user's own.
#[derive(Debug, Default)]
pub(crate) struct PlainProperties {
    /// The properties of the `AWS::Lambda::Function` that override the generated ones.
    pub(crate) properties: Map,
    /// The resources that SAM would generate from the function's properties.
    pub(crate) resources: Vec<Resource>,
    /// The conditions of the generated resources, by name, apart from conditions that the user defines.
    pub(crate) conditions: Map,
    /// The names by which SAM calls generated resources, without the function's id, each with the resource's
    /// logical id.
    pub(crate) sam_names: Vec<(&'static str, String)>,
    /// The properties that plain CloudFormation does not support, each in a sentence with the reason.
    pub(crate) unsupported: Vec<String>,
}

/// An event that invokes a function: a trigger, or a part of one.
#[derive(Debug)]
pub(crate) struct Event {
    /// The name of the event, unique among the events of its function.
    pub(crate) name: String,
    /// The CloudFormation resources of the event.
    pub(crate) resources: Vec<Resource>,
    /// The route of the HTTP API that the event represents; `None` for events of other sources.
    pub(crate) route: Option<Route>,
    /// A function that converts the event to SAM's event.
    pub(crate) fold: fn(Event) -> SamEvent,
}

/// A route of the HTTP API, and the function that serves it.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    /// The route's method in upper case and its path; `None` for the default route.
    pub(crate) on: Option<(&'static str, String)>,
    /// The name by which a `Sub` refers to the ARN of the route's function or of the function's alias.
    pub(crate) function: String,
    /// How the callers of the route show who they are. `None` if anyone can call it.
    pub(crate) security: Option<RouteSecurity>,
    /// The limits for the number of requests to the route, if it has its own.
    pub(crate) throttle: Option<Throttle>,
}

/// How the callers of a route show who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RouteSecurity {
    /// They sign the request with credentials of IAM.
    Iam,
    /// They have a token.
    Token {
        /// The name of the authorizer in the API.
        authorizer: String,
        /// The token has at least one of these scopes. Without scopes here, it needs no scope.
        scopes: Vec<String>,
    },
}

/// An event of an `AWS::Serverless::Function`: its type and its properties.
#[derive(Debug)]
pub(crate) struct SamEvent {
    pub(crate) kind: &'static str,
    pub(crate) properties: Map,
}

/// The CloudFormation resources of a resource of the application. They are empty if the resource exists already and
/// is not created by the template.
#[derive(Debug, Default)]
pub(crate) struct ResourceInStack {
    /// The resource itself, and further resources that it needs.
    pub(crate) resources: Vec<Resource>,
    /// The outputs of the resource, each with its name.
    pub(crate) outputs: Vec<(String, Node)>,
    /// The index of the function whose trigger or setting declares the resource; `None` if a struct declares it.
    pub(crate) owner: Option<usize>,
}

/// The HTTP API of the application.
#[derive(Debug)]
pub(crate) struct ApiInStack {
    /// The CloudFormation resources of the API and of its stage.
    pub(crate) resources: Vec<Resource>,
    /// The resources beside them, which SAM does not generate: the log of requests, and the custom domain.
    pub(crate) other_resources: Vec<Resource>,
    /// The name of the output with the API's URL, and the output. `None` if it is turned off.
    pub(crate) output: Option<(String, Node)>,
    /// Whether the SAM template has the API itself, and functions have permissions instead of events for their routes.
    pub(crate) is_written_out: bool,
}

impl Stack {
    /// Returns every resource of the stack: those of the functions, then those of the application's resources, then
    /// those of the API.
    pub(crate) fn all_resources(&self) -> impl Iterator<Item = &Resource> {
        let functions = self.functions.iter().flat_map(FunctionInStack::all_resources);
        let resources = self.resources.iter().flat_map(|it| &it.resources);
        functions.chain(resources).chain(self.api.iter().flat_map(ApiInStack::all_resources))
    }

    /// Returns the properties that the triggers of all functions add to resources of the overlay.
    pub(crate) fn overlay_additions(&self) -> impl Iterator<Item = &OverlayAddition> {
        let functions = self.functions.iter().flat_map(|function| &function.overlay_additions);
        functions.chain(&self.root_additions)
    }

    /// Returns every output of the stack: that of the API, then the URLs of functions, then those of functions' own resources, then those of
    /// declared resources.
    pub(crate) fn outputs(&self) -> impl Iterator<Item = &(String, Node)> {
        let owned = |owner| self.resources.iter().filter(move |it| it.owner == owner);
        let mut own: Vec<&ResourceInStack> =
            self.resources.iter().filter(|it| it.owner.is_some()).collect();
        own.sort_by_key(|it| it.owner);
        let resources = own.into_iter().chain(owned(None)).flat_map(|it| &it.outputs);
        let urls = self.url_outputs.iter().map(|(_, output)| output);
        self.api.iter().filter_map(|api| api.output.as_ref()).chain(urls).chain(resources)
    }
}

impl ApiInStack {
    /// Returns the API, its stage, and the resources beside them.
    pub(crate) fn all_resources(&self) -> impl Iterator<Item = &Resource> {
        self.resources.iter().chain(&self.other_resources)
    }

    /// Returns the same as [`Self::all_resources`], to change it.
    pub(crate) fn all_resources_mut(&mut self) -> impl Iterator<Item = &mut Resource> {
        self.resources.iter_mut().chain(&mut self.other_resources)
    }
}

impl FunctionInStack {
    /// Returns the `AWS::Lambda::Function` and all resources that belong to the function alone.
    pub(crate) fn all_resources(&self) -> impl Iterator<Item = &Resource> {
        let published = self.published.iter().flat_map(|it| [&it.alias, &it.version]);
        std::iter::once(&self.function)
            .chain(&self.other_resources)
            .chain(published)
            .chain(&self.user_properties.resources)
            .chain(self.events.iter().flat_map(|event| &event.resources))
    }

    /// Returns all properties of the `AWS::Lambda::Function`: the shared `defaults`, overridden by the function's
    /// own properties, overridden by the user's `properties`.
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

/// Merges a function's own properties over the defaults of all functions, as SAM does with `Globals`: maps are
/// merged, tags are merged by their keys, and every other value is replaced.
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

/// Merges the value `above` over the value `below`: two maps are merged, any other value replaces `below`.
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

/// The property of a resource that contains its tags.
const TAGS: &str = "Tags";

/// Merges two lists of tags: a tag of `above` replaces the tag of `below` with the same key.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_maps_and_tags_are_merged_over_defaults() {
        let tag =
            |key: &str, value: &str| Node::from(Map::new().with("Key", key).with("Value", value));
        let list =
            |names: &[&str]| Node::from(names.iter().map(|it| Node::from(*it)).collect::<Vec<_>>());
        let defaults = Map::new()
            .with("Layers", list(&["a", "b"]))
            .with("Tags", vec![tag("Team", "all"), tag("Env", "all")])
            .with("Environment", Map::new().with("A", "all").with("B", "all"))
            .with("Timeout", 3);
        let own = Map::new()
            .with("Layers", list(&["c", "d"]))
            .with("Tags", vec![tag("Env", "own")])
            .with("Environment", Map::new().with("B", "own"));
        let merged = merge_over_defaults(&defaults, &own);
        let of = |name: &str| merged.iter().find(|(key, _)| *key == name).unwrap().1.as_ref();
        assert_eq!(*of("Layers"), list(&["c", "d"]));
        assert_eq!(*of("Tags"), vec![tag("Team", "all"), tag("Env", "own")].into());
        assert_eq!(*of("Environment"), Map::new().with("A", "all").with("B", "own").into());
        assert_eq!(*of("Timeout"), Node::Int(3));
    }
}
