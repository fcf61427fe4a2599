//! Writes the stack as two templates: SAM's and plain CloudFormation. It takes the stack and the overlay, and
//! returns the text of both, or the reasons why there is no plain CloudFormation template.
//!
//! Both templates are written in one pass, and common parts are written once and copied. Most parts are the same in
//! both, and build scripts are compiled without optimisation.
// See decision 0015 and decision 0023.

pub(crate) mod cloudformation;
mod limits;
mod nested;
mod resource;
pub(crate) mod sam;
mod unsupported;
pub(crate) mod yaml;

use std::collections::HashMap;

use skylift_model::aws::node::{Map, Node};
use skylift_model::message::Message;
use skylift_model::{App, StackLayout};

use crate::lower::function::has_conditional_role;
use crate::nest::{DividedStack, StackPart, divide_stack};
use crate::overlay::merge::OverlayMerge;
use crate::overlay::{Overlay, Section};
use crate::stack::{OverlayAddition, Resource, ResourceInStack, Stack};
use sam::SamEmitter;
use sam::names::SamNames;
use yaml::Writer;

/// Two sections that mostly an overlay has, in the order of a template.
const OVERLAY_SECTIONS: [Section; 2] = [Section::Rules, Section::Mappings];

/// The texts of the two templates, and the problems with them.
pub(crate) struct Templates {
    /// The text of the SAM template.
    pub(crate) sam: String,
    /// The text of the plain CloudFormation template; `None` if plain CloudFormation does not support all of the
    /// application.
    pub(crate) cloudformation: Option<String>,
    /// The reasons why plain CloudFormation does not support the application.
    pub(crate) unsupported: Vec<String>,
    /// The templates of nested stacks.
    pub(crate) nested: Vec<NestedTemplates>,
    /// A message for each of CloudFormation's limits that one of the templates exceeds, and for each problem of nested
    /// stacks.
    pub(crate) problems: Vec<Message>,
}

/// The texts of the two templates of a nested stack.
pub(crate) struct NestedTemplates {
    /// The number of the nested stack.
    pub(crate) number: usize,
    pub(crate) sam: String,
    /// `None` if plain CloudFormation does not support all of the application.
    pub(crate) cloudformation: Option<String>,
}

/// The input of [`emit_templates`] beside the stack and the overlay.
pub(crate) struct EmitInput<'a> {
    pub(crate) app: &'a App,
    /// The number of resources in the stack and in the overlay.
    pub(crate) resources: usize,
    /// The name and the version of Skylift, for the comment on the first line of a template.
    pub(crate) made_by: &'a str,
}

/// Writes the stack, merged with the overlay, as both templates.
pub(crate) fn emit_templates(stack: Stack, overlay: Overlay, input: &EmitInput<'_>) -> Templates {
    let unsupported = unsupported::find_unsupported(&stack, &overlay);
    let comment = format!("{} from `{}`.", input.made_by, input.app.package.name);
    let options = WriteOptions { app: input.app, comment: &comment, plain: unsupported.is_empty() };
    if input.app.stacks == StackLayout::Single {
        let part = StackPart { number: None, stack, overlay };
        let (sam, cloudformation, problems) = write_template(part, input.resources, &options);
        return Templates { sam, cloudformation, unsupported, nested: Vec::new(), problems };
    }
    let DividedStack { root, children, mut problems } = divide_stack(stack, overlay, input.app);
    let count = count_resources(&root, input.app);
    let (sam, cloudformation, root_problems) = write_template(root, count, &options);
    problems.extend(root_problems);
    let mut nested = Vec::new();
    for child in children {
        let (number, count) = (child.number.unwrap_or(0), count_resources(&child, input.app));
        let (sam, cloudformation, found) = write_template(child, count, &options);
        problems.extend(found);
        nested.push(NestedTemplates { number, sam, cloudformation });
    }
    Templates { sam, cloudformation, unsupported, nested, problems }
}

/// How the templates of an application are written.
struct WriteOptions<'a> {
    app: &'a App,
    comment: &'a str,
    /// Whether plain CloudFormation supports the application.
    plain: bool,
}

/// Counts the resources of one stack, as far as its template shows them.
fn count_resources(part: &StackPart, app: &App) -> usize {
    let StackPart { stack, overlay, .. } = part;
    let roles = stack.functions.iter().filter(|it| {
        let index = it.function.owner.function_index();
        index.is_some_and(|index| has_conditional_role(&app.functions[index]))
    });
    let written = overlay.entries_of(Section::Resources).count();
    stack.all_resources().count() + roles.count() + stack.nested.len() + written
}

/// Writes both templates of one stack with this number of resources. Returns their texts, and a message for each of
/// CloudFormation's limits that they exceed.
fn write_template(
    part: StackPart,
    resources: usize,
    options: &WriteOptions<'_>,
) -> (String, Option<String>, Vec<Message>) {
    let StackPart { number, stack, overlay } = part;
    let mut writers = TemplateWriters {
        sam: Writer::new(options.comment),
        plain: options.plain.then(|| Writer::new(options.comment)),
        names: SamNames::new(&stack),
        number,
    };
    let mut counts = limits::TemplateCounts {
        resources,
        number,
        layout: options.app.stacks,
        ..limits::TemplateCounts::default()
    };
    write_sections(stack, overlay, options.app, &mut writers, &mut counts);
    let (sam, cloudformation) = (writers.sam.into_string(), writers.plain.map(Writer::into_string));
    let problems = counts.check(&sam, cloudformation.as_deref());
    (sam, cloudformation, problems)
}

/// Writes all sections of both templates, and counts their entries.
fn write_sections(
    stack: Stack,
    overlay: Overlay,
    app: &App,
    writers: &mut TemplateWriters,
    counts: &mut limits::TemplateCounts,
) {
    let mut merge = OverlayMerge::new(overlay);
    for OverlayAddition { id, properties } in stack.overlay_additions() {
        merge.add_properties(id, properties);
    }
    writers.write_same("AWSTemplateFormatVersion", Some(&"2010-09-09".into()));
    let (transform, further) = merge.take_transforms(sam::TRANSFORM);
    writers.write_different("Transform", Some(&transform), further.as_ref());
    let description = merge.take_description(stack.description.clone()).map(Node::from);
    writers.write_same("Description", description.as_ref());
    writers.write_same(
        "Metadata",
        non_empty_section(merge.merge_section(Section::Metadata, Map::new())).as_ref(),
    );
    let globals =
        merge.merge_globals(sam::globals::fold_globals(&stack.defaults, stack.api.as_ref()));
    writers.write_different("Globals", non_empty_section(globals).as_ref(), None);
    let parameters = merge.merge_section(Section::Parameters, stack.parameters.clone());
    counts.parameters = parameters.len();
    // A single stack with too many has no plain template.
    if app.stacks == StackLayout::Nested && writers.plain.is_some() {
        counts.parameters += stack.code_parameters.len();
    }
    let mut plain = Map::new();
    if writers.plain.is_some() {
        plain = stack.code_parameters.clone();
        for (name, parameter) in parameters.iter() {
            plain.push(name, parameter.clone());
        }
    }
    writers.write_different(
        "Parameters",
        non_empty_section(parameters).as_ref(),
        non_empty_section(plain).as_ref(),
    );
    for section_name in OVERLAY_SECTIONS {
        let own = if section_name == Section::Mappings { &stack.mappings } else { &Map::new() };
        let entries = merge.merge_section(section_name, own.clone());
        if section_name == Section::Mappings {
            counts.mappings = entries.len();
        }
        writers.write_same(section_name.as_str(), non_empty_section(entries).as_ref());
    }
    let conditions = merge.merge_section(Section::Conditions, stack.conditions.clone());
    let mut plain = conditions.clone();
    for (name, condition) in
        stack.functions.iter().flat_map(|it| it.user_properties.conditions.iter())
    {
        plain.set(name, condition.clone());
    }
    writers.write_different(
        "Conditions",
        non_empty_section(conditions).as_ref(),
        non_empty_section(plain).as_ref(),
    );
    writers.write_same(
        "Hooks",
        non_empty_section(merge.merge_section(Section::Hooks, Map::new())).as_ref(),
    );
    let outputs = stack.outputs().fold(Map::new(), |mut outputs, (name, output)| {
        outputs.push(name.as_str(), output.clone());
        outputs
    });
    write_resources(stack, app, &mut merge, writers);
    let own_count = outputs.len();
    let outputs = merge.merge_section(Section::Outputs, outputs);
    let has_user_outputs = outputs.len() > own_count;
    counts.outputs = outputs.len();
    let outputs = non_empty_section(outputs);
    let with_user_outputs = outputs.as_ref().filter(|_| has_user_outputs);
    match with_user_outputs.and_then(|outputs| writers.names.to_plain(outputs)) {
        Some(plain) => writers.write_different("Outputs", outputs.as_ref(), Some(&plain)),
        None => writers.write_same("Outputs", outputs.as_ref()),
    }
}

/// Writes the section `Resources` of both templates: each function with its own resources, then the resources that
/// functions share, then those of the overlay.
fn write_resources(
    stack: Stack,
    app: &App,
    merge: &mut OverlayMerge,
    writers: &mut TemplateWriters,
) {
    writers.begin_section("Resources");
    let to_root = if writers.number.is_some() { "../" } else { "" };
    let sam = SamEmitter::new(&stack, app, to_root);
    let Stack { defaults, functions, resources, api, nested, .. } = stack;
    let mut own: HashMap<usize, Vec<ResourceInStack>> = HashMap::new();
    let mut shared = Vec::new();
    for in_stack in resources {
        match in_stack.owner {
            Some(owner) => own.entry(owner).or_default().push(in_stack),
            None => shared.push(in_stack),
        }
    }
    for (position, function) in functions.into_iter().enumerate() {
        let index = function.function.owner.function_index().unwrap_or(position);
        if let Some(plain) = &mut writers.plain {
            cloudformation::write_function(&function, &defaults, plain);
        }
        let other_resources = sam.write_function(index, function, &mut writers.sam);
        let own = own.remove(&index).into_iter().flatten();
        for resource in other_resources.into_iter().chain(own.flat_map(|it| it.resources)) {
            writers.write_resource(&resource, app);
        }
    }
    for resource in shared.into_iter().flat_map(|it| it.resources) {
        writers.write_resource(&resource, app);
    }
    if let Some(api) = &api {
        // SAM generates the API from the events of functions, if they have such events.
        if let Some(resource) = sam::api::fold_api(api).filter(|_| api.is_written_out) {
            resource::write_resource(&resource, &mut writers.sam);
        }
        if let Some(plain) = &mut writers.plain {
            for resource in &api.resources {
                resource::write_resource(resource, plain);
            }
        }
        for resource in &api.other_resources {
            writers.write_resource(resource, app);
        }
    }
    for stack in &nested {
        nested::write_nested_stack(stack, writers);
    }
    for (id, node) in merge.merge_section(Section::Resources, Map::new()) {
        writers.write_overlay_resource(&id, &node);
    }
}

/// Returns the entries of a section as a node, or `None` if there are no entries.
fn non_empty_section(entries: Map) -> Option<Node> {
    (!entries.is_empty()).then(|| entries.into())
}

/// The writers of both templates. `plain` is `None` if there is no plain CloudFormation template.
struct TemplateWriters {
    sam: Writer,
    plain: Option<Writer>,
    names: SamNames,
    /// The number of the nested stack that is written; `None` for the stack of the application.
    number: Option<usize>,
}

impl TemplateWriters {
    /// Writes a section that is the same in both templates; nothing if `section` is `None`.
    fn write_same(&mut self, name: &str, section: Option<&Node>) {
        let Some(section) = section else { return };
        let lines = self.sam.write_section(name, section);
        if let Some(plain) = &mut self.plain {
            plain.copy_lines(self.sam.text_from(lines));
        }
    }

    /// Writes a section that differs between the templates; `None` leaves the section out of a template.
    fn write_different(&mut self, name: &str, sam: Option<&Node>, plain: Option<&Node>) {
        if let Some(section) = sam {
            self.sam.write_section(name, section);
        }
        if let (Some(writer), Some(section)) = (&mut self.plain, plain) {
            writer.write_section(name, section);
        }
    }

    /// Begins a section of both templates whose entries are written one by one.
    fn begin_section(&mut self, name: &str) {
        self.sam.begin_section(name);
        self.plain.iter_mut().for_each(|plain| plain.begin_section(name));
    }

    /// Writes a resource of the stack to both templates. The text is copied from one to the other if the resource's
    /// references are the same in both.
    fn write_resource(&mut self, resource: &Resource, app: &App) {
        let in_sam = self.names.to_sam(resource);
        resource::write_resource(in_sam.as_ref().unwrap_or(resource), &mut self.sam);
        let Some(plain) = &mut self.plain else { return };
        let resolved = if resource.owner.has_users_properties(app) {
            self.names.to_plain(&resource.properties.clone().into())
        } else {
            None
        };
        if let Some(Node::Map(properties)) = resolved {
            resource::write_resource(&Resource { properties, ..resource.clone() }, plain);
        } else if in_sam.is_some() {
            resource::write_resource(resource, plain);
        } else {
            plain.copy_entry(&self.sam);
        }
    }

    /// Writes a resource of the overlay to both templates.
    fn write_overlay_resource(&mut self, id: &str, node: &Node) {
        self.sam.begin_entry();
        self.sam.write_entry(id, node, 2);
        let Some(plain) = &mut self.plain else { return };
        if let Some(node) = self.names.to_plain(node) {
            plain.begin_entry();
            plain.write_entry(id, &node, 2);
        } else {
            plain.copy_entry(&self.sam);
        }
    }
}

#[cfg(test)]
mod tests;
