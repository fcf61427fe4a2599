//! Finds circular dependencies between resources of the overlay and generated resources. CloudFormation rejects
//! them, but only when the stack is deployed. Generated resources alone have no circular dependency, unless a text in
//! `allow` refers to them.

use std::collections::{HashMap, HashSet};

use super::{Overlay, OverlayEntry, OverlayError, Section};
use crate::messages;
use crate::stack::references::{add_map_references, add_references, add_resource_references};
use crate::stack::{OverlayAddition, Stack};

/// The references of each resource, by logical id.
pub(crate) type ReferenceGraph<'a> = HashMap<&'a str, HashSet<&'a str>>;

/// Returns the references of all resources of the overlay, with what triggers add to them, and of the stack.
pub(crate) fn reference_graph<'a>(overlay: &'a Overlay, stack: &'a Stack) -> ReferenceGraph<'a> {
    let mut graph = ReferenceGraph::new();
    for resource in stack.all_resources() {
        add_resource_references(resource, graph.entry(&resource.id).or_default());
    }
    for function in &stack.functions {
        let references = graph.entry(&function.function.id).or_default();
        add_map_references(&function.user_properties.properties, references);
    }
    for entry in overlay.entries_of(Section::Resources) {
        add_references(&entry.node, graph.entry(&entry.name).or_default());
    }
    for OverlayAddition { id, properties } in stack.overlay_additions() {
        if let Some(references) = graph.get_mut(id.as_str()) {
            add_map_references(properties, references);
        }
    }
    graph
}

/// Finds the resources of the overlay that are part of a circular dependency, and returns one error for each cycle;
/// `reported` are the ids of resources whose cycles are reported already.
pub(crate) fn find_cycles<'a>(
    overlay: &'a Overlay,
    stack: &'a Stack,
    reported: &'a HashSet<String>,
) -> Vec<OverlayError> {
    let entries: Vec<&OverlayEntry> = overlay.entries_of(Section::Resources).collect();
    if entries.is_empty() {
        return Vec::new();
    }
    let graph = reference_graph(overlay, stack);
    let mut known: HashSet<&str> = reported.iter().map(String::as_str).collect();
    let mut errors = Vec::new();
    for entry in entries {
        if known.contains(entry.name.as_str()) {
            continue;
        }
        let Some(cycle) = shortest_cycle(&entry.name, &graph) else { continue };
        let message = messages::circular_dependency(&cycle);
        errors.push(OverlayError::new(&entry.origin, message));
        known.extend(cycle);
    }
    errors
}

/// Returns the shortest cycle of references from `id` back to `id`, as logical ids with `id` at both ends. Returns
/// `None` if `id` is part of no cycle. `graph` has the references of each resource by logical id.
pub(crate) fn shortest_cycle<'a>(id: &'a str, graph: &ReferenceGraph<'a>) -> Option<Vec<&'a str>> {
    let mut predecessors: HashMap<&str, &str> = HashMap::new();
    let mut next = vec![id];
    while !next.is_empty() {
        let mut after = Vec::new();
        for current in next {
            // Sorted, so that two builds report the same cycle.
            let mut references: Vec<&str> =
                graph.get(current).into_iter().flatten().copied().collect();
            references.sort_unstable();
            for other in references {
                if other == id {
                    let mut path = vec![id, current];
                    while let Some(before) = path.last().and_then(|last| predecessors.get(last)) {
                        path.push(before);
                    }
                    path.reverse();
                    return Some(path);
                }
                if graph.contains_key(other) && !predecessors.contains_key(other) {
                    predecessors.insert(other, current);
                    after.push(other);
                }
            }
        }
        next = after;
    }
    None
}
