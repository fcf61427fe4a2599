//! Divides a stack into the stack of the application and its nested stacks. Takes the stack and the overlay of an
//! application, and returns both for each stack that is created from a template of its own.
//!
//! Functions move to nested stacks, with the resources that belong to them alone. Everything else stays. What a stack
//! names in another stack becomes a parameter or a computed name.
// See decision 0131.

mod child;
mod interface;
mod order;
mod place;
mod rewrite;
mod used;

use std::collections::{BTreeMap, BTreeSet};

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};
use skylift_model::message::Message;

use crate::messages;
use crate::overlay::{Overlay, OverlayEntry, Section};
use crate::stack::{
    FunctionDefaults, FunctionInStack, NestedStack, Resource, ResourceInStack, Stack, stack_number,
};
use child::ChildBuilder;
use interface::Outputs;
use order::Order;
use place::{Place, Places};
use rewrite::Rewriter;
use used::UsedNames;

/// A stack with the part of the overlay that belongs to its template.
#[derive(Debug)]
pub(crate) struct StackPart {
    /// The number of a nested stack; `None` for the stack of the application.
    pub(crate) number: Option<usize>,
    pub(crate) stack: Stack,
    pub(crate) overlay: Overlay,
}

/// The stacks of an application whose functions are in nested stacks, and the problems with them.
#[derive(Debug)]
pub(crate) struct DividedStack {
    /// The stack of the application.
    pub(crate) root: StackPart,
    /// The nested stacks by their numbers.
    pub(crate) children: Vec<StackPart>,
    pub(crate) problems: Vec<Message>,
}

/// Divides the stack of an application.
pub(crate) fn divide_stack(mut stack: Stack, mut overlay: Overlay, app: &App) -> DividedStack {
    let places = Places::new(app, &stack, &overlay);
    let mut outputs = Outputs::default();
    let mut order = Order::default();
    let mut groups: BTreeMap<usize, Vec<FunctionInStack>> = BTreeMap::new();
    for (function, in_stack) in app.functions.iter().zip(std::mem::take(&mut stack.functions)) {
        let number = stack_number(function.id.as_str());
        groups.entry(number).or_default().push(in_stack);
    }
    let mut problems = check_ids(groups.keys().copied(), &places);
    let mut root = RootBuilder {
        app,
        places: &places,
        outputs: &mut outputs,
        order: &mut order,
        used: UsedNames::default(),
    };
    root.rewrite_stack(&mut stack, &groups);
    root.rewrite_overlay(&mut overlay);
    if has_sam_functions(&overlay) {
        root.run(|rewriter| rewriter.rewrite_map(&mut stack.defaults.function));
        root.run(|rewriter| rewriter.rewrite_map(&mut stack.defaults.invoke_config));
    }
    let mut used = std::mem::take(&mut root.used);
    let mut children = Vec::new();
    for (number, functions) in groups {
        let builder = ChildBuilder::new(number, app, &places, &mut outputs);
        children.push(builder.build(functions, &stack, &overlay));
    }
    let mut parts = Vec::new();
    for child in children {
        let mut part = child.part;
        let number = child.nested.number;
        let outputs = outputs.of_stack(number, &places);
        part.stack.resources.push(ResourceInStack { outputs, ..ResourceInStack::default() });
        stack.nested.push(child.nested);
        parts.push(part);
    }
    problems.extend(order.apply(&mut stack, &mut overlay));
    for nested in &stack.nested {
        used.add_references(nested.arguments.iter().map(|(_, value)| value));
    }
    stack.mappings = used.own_mappings(&stack.mappings);
    stack.conditions = used.own_conditions(&stack.conditions);
    used.remove_names_of_nested_stacks(&mut overlay, &parts);
    if !has_sam_functions(&overlay) {
        stack.defaults = FunctionDefaults::default();
    }
    stack.code_parameters = needed_code_parameters(&stack);
    let root = StackPart { number: None, stack, overlay };
    DividedStack { root, children: parts, problems }
}

/// Reports logical ids of nested stacks that the application or the overlay has already.
fn check_ids(numbers: impl Iterator<Item = usize>, places: &Places) -> Vec<Message> {
    let taken = numbers.map(NestedStack::id).filter(|id| places.is_taken(id));
    taken.map(|id| messages::nested_stack_id_taken(&id)).collect()
}

/// SAM's type of a function.
const SAM_FUNCTION: &str = "AWS::Serverless::Function";

/// Returns whether the overlay has a function of its own, which takes the defaults of all functions.
fn has_sam_functions(overlay: &Overlay) -> bool {
    overlay.entries_of(Section::Resources).any(|entry| entry.kind() == Some(SAM_FUNCTION))
}

/// Returns the code parameters that a nested stack takes, in their order.
fn needed_code_parameters(stack: &Stack) -> Map {
    let mut needed = Map::new();
    for (name, parameter) in stack.code_parameters.iter() {
        if stack.nested.iter().any(|nested| nested.code_parameters.iter().any(|it| it == name)) {
            needed.push(name, parameter.clone());
        }
    }
    needed
}

/// Rewrites the part of an application that stays in its stack.
struct RootBuilder<'a> {
    app: &'a App,
    places: &'a Places,
    outputs: &'a mut Outputs,
    order: &'a mut Order,
    /// The conditions and mappings that the stack uses.
    used: UsedNames,
}

impl RootBuilder<'_> {
    /// Runs `rewrite`, and returns the nested stacks whose functions it has found.
    fn run(&mut self, rewrite: impl FnOnce(&mut Rewriter<'_>)) -> BTreeSet<usize> {
        let mut rewriter = Rewriter {
            app: self.app,
            places: self.places,
            place: Place::Root,
            found: interface::Found::default(),
            outputs: &mut *self.outputs,
        };
        rewrite(&mut rewriter);
        let interface::Found { conditions, mappings, mapping_keys, functions, .. } = rewriter.found;
        self.used.conditions.extend(conditions);
        self.used.mappings.extend(mappings);
        self.used.mapping_keys.extend(mapping_keys);
        functions
    }

    /// Rewrites the resources and outputs of the stack, and the properties that the functions in `groups` add to
    /// resources of the overlay.
    fn rewrite_stack(&mut self, stack: &mut Stack, groups: &BTreeMap<usize, Vec<FunctionInStack>>) {
        // Outputs keep the order that they have in one stack: those of functions' own resources come first.
        stack.resources.sort_by_key(|it| (it.owner.is_none(), it.owner));
        for in_stack in &mut stack.resources {
            in_stack.owner = None;
            in_stack.resources.iter_mut().for_each(|resource| self.rewrite_resource(resource));
            for (_, output) in &mut in_stack.outputs {
                self.run(|rewriter| rewriter.rewrite(output));
            }
        }
        for (_, (_, output)) in &mut stack.url_outputs {
            self.run(|rewriter| rewriter.rewrite(output));
        }
        if let Some(api) = &mut stack.api {
            // The events of the routes are not in the template of the API.
            api.is_written_out = true;
            for resource in api.all_resources_mut() {
                self.rewrite_resource(resource);
            }
        }
        for addition in groups.values().flatten().flat_map(|it| &it.overlay_additions) {
            let mut properties = addition.properties.clone();
            let functions = self.run(|rewriter| rewriter.rewrite_map(&mut properties));
            self.order.add_functions(&addition.id, functions);
            stack
                .root_additions
                .push(crate::stack::OverlayAddition { id: addition.id.clone(), properties });
        }
    }

    fn rewrite_resource(&mut self, resource: &mut Resource) {
        let functions = self.run(|rewriter| rewriter.rewrite_resource(resource));
        self.order.add_functions(&resource.id, functions);
        resource.depends_on =
            order::dependencies(std::mem::take(&mut resource.depends_on), self.places);
    }

    /// Rewrites the overlay, which stays in the stack of the application.
    fn rewrite_overlay(&mut self, overlay: &mut Overlay) {
        // What a condition uses is used if the condition is.
        let is_used = |entry: &&mut OverlayEntry| entry.section != Section::Conditions;
        for entry in overlay.entries.iter_mut().filter(is_used) {
            let functions = self.run(|rewriter| rewriter.rewrite(&mut entry.node));
            self.used.conditions.extend(entry.condition().map(str::to_owned));
            if entry.section != Section::Resources {
                continue;
            }
            self.order.add_functions(&entry.name, functions);
            if let Node::Map(resource) = &mut entry.node {
                order::rewrite_depends_on(resource, self.places);
            }
        }
    }
}

#[cfg(test)]
mod tests;
