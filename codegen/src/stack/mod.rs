//! The stack: what an application is in CloudFormation, as typed data. `lower` makes it of the
//! application, `check` reads it, and `emit` writes it: as it is, or folded into SAM's types.
//!
//! What holds for every function is kept once ([`Defaults`]), as the templates of SAM have it under
//! `Globals`: [`OfFunction::properties`] gives what holds for one function.

mod part;
pub(crate) mod references;
mod resource;
#[cfg(test)]
pub(crate) mod testing;

use std::borrow::Cow;
use std::collections::HashMap;

use skylift_model::aws::node::{Map, Node};

pub(crate) use part::{Cause, Part, Purpose};
pub(crate) use resource::{Resource, Retention};

/// What an application is in CloudFormation.
#[derive(Debug, Default)]
pub(crate) struct Stack {
    /// What the package says of itself.
    pub(crate) description: Option<String>,
    /// The user's parameters.
    pub(crate) parameters: Map,
    /// The parameters that say where the code is, where SAM does not put it there.
    pub(crate) code_parameters: Map,
    /// What every function has that says nothing else.
    pub(crate) defaults: Defaults,
    /// The programs that the functions run, each with a parameter for its code.
    pub(crate) programs: Vec<Program>,
    /// By the index in `App::functions`.
    pub(crate) functions: Vec<OfFunction>,
    /// By the index in `App::resources`.
    pub(crate) resources: Vec<OfResource>,
    /// The HTTP API, where a function has a route.
    pub(crate) api: Option<OfApi>,
    /// The ids of what users may call by a name of SAM's, by these names: `Order.Alias`.
    pub(crate) sam_names: HashMap<String, String>,
}

/// What every function has that says nothing else.
#[derive(Debug, Default)]
pub(crate) struct Defaults {
    /// Properties of `AWS::Lambda::Function`.
    pub(crate) function: Map,
    /// Properties of `AWS::Lambda::EventInvokeConfig`.
    pub(crate) invoke_config: Map,
}

/// A program of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Program {
    /// The binary; none where the package has no more than one.
    pub(crate) binary: Option<String>,
    /// The parameter that is the key of its code in the bucket.
    pub(crate) key: String,
}

/// What a function is, with all that belongs to it alone.
#[derive(Debug)]
pub(crate) struct OfFunction {
    /// The function, with the properties that it has beside the defaults.
    pub(crate) function: Resource,
    /// The index of its program.
    pub(crate) program: usize,
    /// The version and the alias that its callers use, where it has them.
    pub(crate) published: Option<Published>,
    /// What the function says of asynchronous invocations, beside the defaults and the user's `properties`. The
    /// resource with all of it is among [`Users::resources`].
    pub(crate) invoke_config: Map,
    /// What invokes it, each with what SAM makes one event of.
    pub(crate) events: Vec<Event>,
    /// Resources that SAM has no shorter form for.
    pub(crate) beside: Vec<Resource>,
    /// What the user's `properties` are in CloudFormation.
    pub(crate) users: Users,
}

/// The version and the alias of a function.
#[derive(Debug)]
pub(crate) struct Published {
    pub(crate) version: Resource,
    pub(crate) alias: Resource,
}

/// What SAM makes of a function's properties, the user's own among them, in CloudFormation.
#[derive(Debug, Default)]
pub(crate) struct Users {
    /// Properties of the function, over ours.
    pub(crate) properties: Map,
    /// Further resources.
    pub(crate) resources: Vec<Resource>,
    /// Conditions that these resources have beside the user's.
    pub(crate) conditions: Map,
    /// The ids of what the user may call by these names of SAM's behind the function's id.
    pub(crate) sam_names: Vec<(&'static str, String)>,
    /// What has no form outside of SAM, each with the reason.
    pub(crate) not_carried: Vec<String>,
}

/// What invokes a function: a trigger, or a part of one.
#[derive(Debug)]
pub(crate) struct Event {
    /// Its name, which no other event of the function has.
    pub(crate) name: String,
    /// What it is in CloudFormation.
    pub(crate) resources: Vec<Resource>,
    /// Its route of the HTTP API, where it is one.
    pub(crate) route: Option<Route>,
    /// Makes SAM's event of it.
    pub(crate) fold: fn(Event) -> SamEvent,
}

/// A route of the HTTP API.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    /// The method in upper case, and the path; none for all that no other route takes.
    pub(crate) on: Option<(&'static str, String)>,
    /// The ARN of the function, or of its alias, as `Sub` has it.
    pub(crate) function: String,
}

/// An event of a `AWS::Serverless::Function`.
#[derive(Debug)]
pub(crate) struct SamEvent {
    pub(crate) kind: &'static str,
    pub(crate) properties: Map,
}

/// What a resource of the application is; nothing where it exists already.
#[derive(Debug, Default)]
pub(crate) struct OfResource {
    /// The resource itself, and those that it brings with it.
    pub(crate) resources: Vec<Resource>,
    /// Its outputs.
    pub(crate) outputs: Vec<(String, Node)>,
    /// The function that brings it: its index.
    pub(crate) owner: Option<usize>,
}

/// The HTTP API.
#[derive(Debug)]
pub(crate) struct OfApi {
    /// The API and its stage.
    pub(crate) resources: Vec<Resource>,
    /// Its address.
    pub(crate) output: (String, Node),
}

impl Stack {
    /// Every resource: of each function in turn, of the resources, and the API's.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Resource> {
        let functions = self.functions.iter().flat_map(OfFunction::all);
        let resources = self.resources.iter().flat_map(|it| &it.resources);
        functions.chain(resources).chain(self.api.iter().flat_map(|api| &api.resources))
    }

    /// Every output: the API's, those of what functions bring, those of the resources that
    /// functions share.
    pub(crate) fn outputs(&self) -> impl Iterator<Item = &(String, Node)> {
        let owned = |owner| self.resources.iter().filter(move |it| it.owner == owner);
        let mut brought: Vec<&OfResource> =
            self.resources.iter().filter(|it| it.owner.is_some()).collect();
        brought.sort_by_key(|it| it.owner);
        let resources = brought.into_iter().chain(owned(None)).flat_map(|it| &it.outputs);
        self.api.iter().map(|api| &api.output).chain(resources)
    }
}

impl OfFunction {
    /// The function, and everything that belongs to it alone.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Resource> {
        let published = self.published.iter().flat_map(|it| [&it.alias, &it.version]);
        std::iter::once(&self.function)
            .chain(&self.beside)
            .chain(published)
            .chain(&self.users.resources)
            .chain(self.events.iter().flat_map(|event| &event.resources))
    }

    /// The properties that it has where these are the defaults.
    pub(crate) fn properties<'a>(
        &'a self,
        defaults: &'a Defaults,
    ) -> Vec<(&'a str, Cow<'a, Node>)> {
        let mut all = over(&defaults.function, &self.function.properties);
        for (key, theirs) in self.users.properties.iter() {
            match all.iter_mut().find(|(known, _)| *known == key) {
                Some((_, ours)) => *ours = merged(ours, theirs),
                None => all.push((key, Cow::Borrowed(theirs))),
            }
        }
        // SAM leaves out one that is disabled, which CloudFormation does not know.
        let disabled = Node::from(Map::new().with("Mode", "Disabled"));
        all.retain(|(key, value)| *key != "TracingConfig" || **value != disabled);
        all
    }
}

/// A function's own properties over the defaults, as SAM lays them over `Globals`: maps are merged, and
/// tags by their keys, everything else is replaced.
pub(crate) fn over<'a>(defaults: &'a Map, own: &'a Map) -> Vec<(&'a str, Cow<'a, Node>)> {
    let mut all: Vec<(&str, Cow<'_, Node>)> = Vec::with_capacity(own.len() + defaults.len());
    for (key, value) in own.iter() {
        let value = match (defaults.get(key), value) {
            (Some(Node::Seq(theirs)), Node::Seq(ours)) if key == TAGS => {
                Cow::Owned(Node::Seq(merge_tags(theirs, ours)))
            }
            (Some(default), value) => merged(default, value),
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

/// A value over another.
fn merged<'a>(below: &Node, above: &'a Node) -> Cow<'a, Node> {
    match (below, above) {
        (Node::Map(below), Node::Map(above)) => {
            let mut merged = below.clone();
            merged.merge(above.clone());
            Cow::Owned(merged.into())
        }
        _ => Cow::Borrowed(above),
    }
}

/// The property that has tags.
const TAGS: &str = "Tags";

/// Tags over others: a later value of a key replaces an earlier one.
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
