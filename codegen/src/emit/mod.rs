//! Writes the stack as two templates: SAM's and plain CloudFormation. It takes the stack and the overlay, and
//! returns the text of both, or the reasons why there is no plain CloudFormation template.
//!
//! Both templates are written in one pass, and common parts are written once and copied. Most of the two is the
//! same, and build scripts are compiled without optimisation.

mod carried;
pub(crate) mod cloudformation;
mod limits;
mod resource;
pub(crate) mod sam;
pub(crate) mod yaml;

use std::collections::HashMap;

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};

use crate::overlay::merge::Merge;
use crate::overlay::{Overlay, Section};
use crate::stack::{OfApi, OfResource, Resource, Stack};
use sam::Sam;
use sam::names::Names;
use yaml::Writer;

/// The sections that only an overlay has, in the order of a template.
const THEIRS: [Section; 2] = [Section::Rules, Section::Mappings];

/// The templates, and the problems with them.
pub(crate) struct Templates {
    /// The SAM template.
    pub(crate) sam: String,
    /// The plain CloudFormation template; `None` if it does not support all of the application.
    pub(crate) cloudformation: Option<String>,
    /// What plain CloudFormation does not support, each with the reason.
    pub(crate) not_carried: Vec<String>,
    /// CloudFormation's limits that one of them exceeds.
    pub(crate) problems: Vec<String>,
}

/// The input of [`emit`] beside the stack and the overlay.
pub(crate) struct Surroundings<'a> {
    pub(crate) app: &'a App,
    /// The number of resources in the stack.
    pub(crate) resources: usize,
    /// The tool and its version, for the first line.
    pub(crate) made_by: &'a str,
}

/// Writes the stack and the overlay as both templates.
pub(crate) fn emit(stack: Stack, overlay: Overlay, surroundings: &Surroundings<'_>) -> Templates {
    let not_carried = carried::find(&stack, &overlay);
    let comment = format!("{} from `{}`.", surroundings.made_by, surroundings.app.package.name);
    let mut both = Both {
        sam: Writer::new(&comment),
        plain: not_carried.is_empty().then(|| Writer::new(&comment)),
        names: Names::of(&stack),
    };
    let mut counts =
        limits::Counts { resources: surroundings.resources, ..limits::Counts::default() };
    write(stack, overlay, surroundings.app, &mut both, &mut counts);
    let (sam, cloudformation) = (both.sam.into_string(), both.plain.map(Writer::into_string));
    let problems = counts.check(&sam, cloudformation.as_deref());
    Templates { sam, cloudformation, not_carried, problems }
}

fn write(stack: Stack, overlay: Overlay, app: &App, both: &mut Both, counts: &mut limits::Counts) {
    let mut merge = Merge::of(overlay);
    both.each("AWSTemplateFormatVersion", Some(&"2010-09-09".into()));
    let (transform, further) = merge.transforms(sam::TRANSFORM);
    both.apart("Transform", Some(&transform), further.as_ref());
    let description = merge.description(stack.description.clone()).map(Node::from);
    both.each("Description", description.as_ref());
    both.each("Metadata", section(merge.section(Section::Metadata, Map::new())).as_ref());
    let globals = merge.section(Section::Globals, sam::globals::fold(&stack.defaults));
    both.apart("Globals", section(globals).as_ref(), None);
    let parameters = merge.section(Section::Parameters, stack.parameters.clone());
    counts.parameters = parameters.len();
    let mut plain = Map::new();
    if both.plain.is_some() {
        plain = stack.code_parameters.clone();
        for (name, parameter) in parameters.iter() {
            plain.push(name, parameter.clone());
        }
    }
    both.apart("Parameters", section(parameters).as_ref(), section(plain).as_ref());
    for of in THEIRS {
        let theirs = merge.section(of, Map::new());
        if of == Section::Mappings {
            counts.mappings = theirs.len();
        }
        both.each(of.as_str(), section(theirs).as_ref());
    }
    let conditions = merge.section(Section::Conditions, Map::new());
    let mut plain = conditions.clone();
    for (name, condition) in stack.functions.iter().flat_map(|it| it.users.conditions.iter()) {
        plain.set(name, condition.clone());
    }
    both.apart("Conditions", section(conditions).as_ref(), section(plain).as_ref());
    both.each("Hooks", section(merge.section(Section::Hooks, Map::new())).as_ref());
    let outputs = stack.outputs().fold(Map::new(), |mut outputs, (name, output)| {
        outputs.push(name.as_str(), output.clone());
        outputs
    });
    resources(stack, app, &mut merge, both);
    let ours = outputs.len();
    let outputs = merge.section(Section::Outputs, outputs);
    let has_theirs = outputs.len() > ours;
    counts.outputs = outputs.len();
    let outputs = section(outputs);
    let users = outputs.as_ref().filter(|_| has_theirs);
    match users.and_then(|outputs| both.names.plain(outputs)) {
        Some(plain) => both.apart("Outputs", outputs.as_ref(), Some(&plain)),
        None => both.each("Outputs", outputs.as_ref()),
    }
}

/// Writes the section `Resources`: each function with its own resources, then the resources that functions share,
/// then those of the overlay.
fn resources(stack: Stack, app: &App, merge: &mut Merge, both: &mut Both) {
    both.begin("Resources");
    let sam = Sam::of(&stack, app);
    let Stack { defaults, functions, resources, api, .. } = stack;
    let mut brought: HashMap<usize, Vec<OfResource>> = HashMap::new();
    let mut shared = Vec::new();
    for of in resources {
        match of.owner {
            Some(owner) => brought.entry(owner).or_default().push(of),
            None => shared.push(of),
        }
    }
    for (index, function) in functions.into_iter().enumerate() {
        if let Some(plain) = &mut both.plain {
            cloudformation::function(&function, &defaults, plain);
        }
        let beside = sam.function(index, function, &mut both.sam);
        let brought = brought.remove(&index).into_iter().flatten();
        for resource in beside.into_iter().chain(brought.flat_map(|it| it.resources)) {
            both.resource(&resource, app);
        }
    }
    for resource in shared.into_iter().flat_map(|it| it.resources) {
        both.resource(&resource, app);
    }
    // SAM generates the API from the events.
    if let (Some(plain), Some(OfApi { resources, .. })) = (&mut both.plain, &api) {
        for resource in resources {
            resource::write(resource, plain);
        }
    }
    for (id, node) in merge.section(Section::Resources, Map::new()) {
        both.theirs(&id, &node);
    }
}

/// Returns a section unless it is empty.
fn section(entries: Map) -> Option<Node> {
    (!entries.is_empty()).then(|| entries.into())
}

/// The writers of both templates.
struct Both {
    sam: Writer,
    plain: Option<Writer>,
    names: Names,
}

impl Both {
    /// Writes a section to both templates.
    fn each(&mut self, name: &str, section: Option<&Node>) {
        let Some(section) = section else { return };
        let lines = self.sam.section(name, section);
        if let Some(plain) = &mut self.plain {
            plain.copy(self.sam.since(lines));
        }
    }

    /// Writes a section that differs between the templates.
    fn apart(&mut self, name: &str, sam: Option<&Node>, plain: Option<&Node>) {
        if let Some(section) = sam {
            self.sam.section(name, section);
        }
        if let (Some(writer), Some(section)) = (&mut self.plain, plain) {
            writer.section(name, section);
        }
    }

    fn begin(&mut self, name: &str) {
        self.sam.begin(name);
        self.plain.iter_mut().for_each(|plain| plain.begin(name));
    }

    /// Writes a resource that both templates have. It is written once and copied if its references are the same in both.
    fn resource(&mut self, resource: &Resource, app: &App) {
        let in_sam = self.names.in_sam(resource);
        resource::write(in_sam.as_ref().unwrap_or(resource), &mut self.sam);
        let Some(plain) = &mut self.plain else { return };
        let resolved = if resource.part.has_users_properties(app) {
            self.names.plain(&resource.properties.clone().into())
        } else {
            None
        };
        if let Some(Node::Map(properties)) = resolved {
            resource::write(&Resource { properties, ..resource.clone() }, plain);
        } else if in_sam.is_some() {
            resource::write(resource, plain);
        } else {
            plain.copy_entry(&self.sam);
        }
    }

    /// Writes a resource of the overlay.
    fn theirs(&mut self, id: &str, node: &Node) {
        self.sam.apart();
        self.sam.entry(id, node, 2);
        let Some(plain) = &mut self.plain else { return };
        if let Some(node) = self.names.plain(node) {
            plain.apart();
            plain.entry(id, &node, 2);
        } else {
            plain.copy_entry(&self.sam);
        }
    }
}

#[cfg(test)]
mod tests;
