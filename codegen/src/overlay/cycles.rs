//! Finds circular dependencies between resources of the overlay and generated resources. CloudFormation rejects
//! them, but only when the stack is deployed. Generated resources alone have no circular dependency.

use std::collections::{HashMap, HashSet};

use super::{Overlay, OverlayEntry, OverlayError, Section};
use crate::messages;
use crate::stack::Resource;
use crate::stack::references::{add_references, add_resource_references};

/// Finds the resources of the overlay that are part of a circular dependency, and returns one error for each cycle;
/// `generated` are the resources that Skylift generates.
pub(crate) fn find_cycles<'a>(
    overlay: &'a Overlay,
    generated: impl Iterator<Item = &'a Resource>,
) -> Vec<OverlayError> {
    let entries: Vec<&OverlayEntry> = overlay.entries_of(Section::Resources).collect();
    if entries.is_empty() {
        return Vec::new();
    }
    let mut graph: HashMap<&str, HashSet<&str>> = HashMap::new();
    for resource in generated {
        add_resource_references(resource, graph.entry(&resource.id).or_default());
    }
    for entry in &entries {
        add_references(&entry.node, graph.entry(&entry.name).or_default());
    }
    let mut known: HashSet<&str> = HashSet::new();
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
fn shortest_cycle<'a>(
    id: &'a str,
    graph: &HashMap<&'a str, HashSet<&'a str>>,
) -> Option<Vec<&'a str>> {
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
