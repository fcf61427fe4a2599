//! Finds circular dependencies between resources of the overlay and generated resources. CloudFormation rejects
//! them, but only when the stack is deployed. Generated resources alone have no circular dependency.

use std::collections::{HashMap, HashSet};

use super::{Overlay, OverlayEntry, OverlayError, Section};
use crate::messages;
use crate::stack::Resource;
use crate::stack::references::{add_references, add_resource_references};

/// Finds the resources of the overlay that are part of a cycle; `ours` are the generated resources.
pub(crate) fn find_cycles<'a>(
    overlay: &'a Overlay,
    ours: impl Iterator<Item = &'a Resource>,
) -> Vec<OverlayError> {
    let theirs: Vec<&OverlayEntry> = overlay.entries_of(Section::Resources).collect();
    if theirs.is_empty() {
        return Vec::new();
    }
    let mut graph: HashMap<&str, HashSet<&str>> = HashMap::new();
    for resource in ours {
        add_resource_references(resource, graph.entry(&resource.id).or_default());
    }
    for entry in &theirs {
        add_references(&entry.node, graph.entry(&entry.name).or_default());
    }
    let mut known: HashSet<&str> = HashSet::new();
    let mut errors = Vec::new();
    for entry in theirs {
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

/// Returns the shortest cycle of references from `id` back to `id`.
fn shortest_cycle<'a>(
    id: &'a str,
    graph: &HashMap<&'a str, HashSet<&'a str>>,
) -> Option<Vec<&'a str>> {
    let mut from: HashMap<&str, &str> = HashMap::new();
    let mut next = vec![id];
    while !next.is_empty() {
        let mut after = Vec::new();
        for at in next {
            // Sorted, so that two builds report the same cycle.
            let mut to: Vec<&str> = graph.get(at).into_iter().flatten().copied().collect();
            to.sort_unstable();
            for other in to {
                if other == id {
                    let mut path = vec![id, at];
                    while let Some(before) = path.last().and_then(|last| from.get(last)) {
                        path.push(before);
                    }
                    path.reverse();
                    return Some(path);
                }
                if graph.contains_key(other) && !from.contains_key(other) {
                    from.insert(other, at);
                    after.push(other);
                }
            }
        }
        next = after;
    }
    None
}
