//! The order in which CloudFormation creates the stack of an application and its nested stacks. A resource waits for
//! the nested stacks whose functions it names by computed names, unless such a stack itself waits for the resource.

use std::collections::{BTreeSet, HashSet};

use skylift_model::aws::node::{Map, Node};
use skylift_model::message::Message;

use super::place::{Place, Places};
use crate::messages;
use crate::overlay::cycles::{ReferenceGraph, reference_graph, shortest_cycle};
use crate::overlay::{Overlay, Section};
use crate::stack::references::add_map_references;
use crate::stack::{NestedStack, Stack};

/// The types of resources whose function CloudFormation invokes to create them, or how such a type begins.
const CUSTOM: [&str; 2] = ["AWS::CloudFormation::CustomResource", "Custom::"];

/// The resources that name functions of nested stacks by computed names.
#[derive(Debug, Default)]
pub(super) struct Order {
    functions: Vec<(String, BTreeSet<usize>)>,
}

impl Order {
    /// Adds the nested stacks whose functions a resource names.
    pub(super) fn add_functions(&mut self, id: &str, stacks: BTreeSet<usize>) {
        if !stacks.is_empty() {
            self.functions.push((id.to_owned(), stacks));
        }
    }

    /// Makes resources depend on the nested stacks whose functions they name. Returns a message for each circular
    /// dependency.
    pub(super) fn apply(self, stack: &mut Stack, overlay: &mut Overlay) -> Vec<Message> {
        let ids: Vec<String> =
            stack.nested.iter().map(|nested| NestedStack::id(nested.number)).collect();
        let mut added: Vec<(String, String)> = Vec::new();
        let mut problems = Vec::new();
        {
            let mut graph = reference_graph(overlay, stack);
            for (nested, id) in stack.nested.iter().zip(&ids) {
                let references = graph.entry(id).or_default();
                add_map_references(&nested.arguments, references);
                references.extend(nested.depends_on.iter().map(String::as_str));
            }
            for (resource, numbers) in &self.functions {
                let mut targets = ids.iter().zip(&stack.nested);
                for number in numbers {
                    let target = targets.find(|(_, nested)| nested.number == *number);
                    let Some((target, _)) = target else { continue };
                    if depends_on(target, resource, &graph) && !is_custom(overlay, resource) {
                        continue;
                    }
                    let references = graph.entry(resource).or_default();
                    if references.insert(target) {
                        added.push((resource.clone(), target.clone()));
                    }
                }
            }
            let mut known: HashSet<&str> = HashSet::new();
            for id in &ids {
                if known.contains(id.as_str()) {
                    continue;
                }
                let Some(cycle) = shortest_cycle(id, &graph) else { continue };
                problems.push(messages::nested_stacks_in_a_circle(&cycle));
                known.extend(cycle);
            }
        }
        for (resource, target) in added {
            add_dependency(stack, overlay, &resource, target);
        }
        problems
    }
}

/// Returns whether CloudFormation invokes a function to create this resource of the overlay.
fn is_custom(overlay: &Overlay, id: &str) -> bool {
    let kind = overlay.resource(id).and_then(|entry| entry.kind());
    kind.is_some_and(|kind| CUSTOM.iter().any(|custom| kind.starts_with(custom)))
}

/// Returns whether the resource `id` refers to `other`, directly or through others.
fn depends_on(id: &str, other: &str, graph: &ReferenceGraph<'_>) -> bool {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut next = vec![id];
    while let Some(current) = next.pop() {
        if current == other {
            return true;
        }
        for reference in graph.get(current).into_iter().flatten() {
            if seen.insert(reference) {
                next.push(reference);
            }
        }
    }
    false
}

/// Makes a resource of the application's stack depend on a nested stack.
fn add_dependency(stack: &mut Stack, overlay: &mut Overlay, id: &str, target: String) {
    let api = stack.api.iter_mut().flat_map(|api| api.all_resources_mut());
    let mut own = stack.resources.iter_mut().flat_map(|it| &mut it.resources).chain(api);
    if let Some(resource) = own.find(|resource| resource.id == id) {
        if !resource.depends_on.contains(&target) {
            resource.depends_on.push(target);
        }
        return;
    }
    let mut entries = overlay.entries.iter_mut();
    let entry = entries.find(|entry| entry.section == Section::Resources && entry.name == id);
    if let Some(Node::Map(resource)) = entry.map(|entry| &mut entry.node) {
        let mut all = listed_dependencies(resource);
        if !all.contains(&target) {
            all.push(target);
            set_dependencies(resource, all);
        }
    }
}

/// Returns dependencies in the stack of the application: nested stacks for the resources that are in them.
pub(super) fn dependencies(ids: Vec<String>, places: &Places) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for id in ids {
        let id = match places.find(&id) {
            Some(Place::Child(number)) => NestedStack::id(number),
            _ => id,
        };
        if !all.contains(&id) {
            all.push(id);
        }
    }
    all
}

/// Rewrites the `DependsOn` of a resource of the overlay.
pub(super) fn rewrite_depends_on(resource: &mut Map, places: &Places) {
    let before = listed_dependencies(resource);
    let after = dependencies(before.clone(), places);
    if before != after {
        set_dependencies(resource, after);
    }
}

/// Returns the ids that a resource of the overlay lists under `DependsOn`.
fn listed_dependencies(resource: &Map) -> Vec<String> {
    let text = |node: &Node| match node {
        Node::Str(id) => Some(id.clone()),
        _ => None,
    };
    match resource.get("DependsOn") {
        Some(Node::Seq(ids)) => ids.iter().filter_map(text).collect(),
        Some(id) => text(id).into_iter().collect(),
        None => Vec::new(),
    }
}

fn set_dependencies(resource: &mut Map, ids: Vec<String>) {
    let ids: Vec<Node> = ids.into_iter().map(Node::from).collect();
    resource.set("DependsOn", ids);
}
