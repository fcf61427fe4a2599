//! Finds circular dependencies between resources of the overlay and generated resources. CloudFormation rejects
//! them, but only when the stack is deployed. Generated resources alone have no circular dependency.

use std::collections::{HashMap, HashSet};

use super::{Entry, Mistake, Overlay, Section};
use crate::stack::Resource;
use crate::stack::references::{of_resource, references};

/// Finds the resources of the overlay that are part of a cycle; `ours` are the generated resources.
pub(crate) fn check<'a>(
    overlay: &'a Overlay,
    ours: impl Iterator<Item = &'a Resource>,
) -> Vec<Mistake> {
    let theirs: Vec<&Entry> = overlay.of(Section::Resources).collect();
    if theirs.is_empty() {
        return Vec::new();
    }
    let mut graph: HashMap<&str, HashSet<&str>> = HashMap::new();
    for resource in ours {
        of_resource(resource, graph.entry(&resource.id).or_default());
    }
    for entry in &theirs {
        references(&entry.node, graph.entry(&entry.name).or_default());
    }
    let mut known: HashSet<&str> = HashSet::new();
    let mut mistakes = Vec::new();
    for entry in theirs {
        if known.contains(entry.name.as_str()) {
            continue;
        }
        let Some(circle) = circle(&entry.name, &graph) else { continue };
        let shown: Vec<String> = circle.iter().map(|id| format!("`{id}`")).collect();
        let text = format!("resources that wait for each other: {}", shown.join(" -> "));
        let mut mistake = Mistake::new(&entry.origin, text);
        mistake.help("take one of the references out, such as by a name that both sides can write");
        mistakes.push(mistake);
        known.extend(circle);
    }
    mistakes
}

/// Returns the shortest cycle of references from `id` back to `id`.
fn circle<'a>(id: &'a str, graph: &HashMap<&'a str, HashSet<&'a str>>) -> Option<Vec<&'a str>> {
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
                    let mut way = vec![id, at];
                    while let Some(before) = way.last().and_then(|last| from.get(last)) {
                        way.push(before);
                    }
                    way.reverse();
                    return Some(way);
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
