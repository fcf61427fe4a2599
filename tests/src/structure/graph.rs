//! Finds cycles in a directed graph. Takes a graph, and gives its groups of nodes that all reach each other, and the
//! shortest cycles of a group.

use std::collections::{BTreeMap, BTreeSet};

/// A directed graph: for each node, its successors.
pub(super) type Graph = BTreeMap<String, BTreeSet<String>>;

/// Finds the groups of two and more nodes of a graph that all reach each other (strongly connected components).
pub(super) fn cyclic_groups(graph: &Graph) -> Vec<BTreeSet<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        graph.keys().map(|node| (node, find_reachable(graph, node))).collect();
    let mut groups: Vec<BTreeSet<String>> = Vec::new();
    for node in graph.keys() {
        let back = |other: &&&String| reached.get(**other).is_some_and(|it| it.contains(node));
        let group: BTreeSet<String> =
            reached[node].iter().filter(back).map(|other| (*other).clone()).collect();
        if group.len() > 1 && !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

/// Returns the nodes of a graph that can be reached from the node `from` in one step or more.
fn find_reachable<'a>(graph: &'a Graph, from: &str) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&String> = graph.get(from).into_iter().flatten().collect();
    while let Some(node) = next.pop() {
        if reached.insert(node) {
            next.extend(graph.get(node).into_iter().flatten());
        }
    }
    reached
}

/// Returns the part of a graph that has only these nodes and the edges between them.
pub(super) fn subgraph(graph: &Graph, nodes: &BTreeSet<String>) -> Graph {
    let inside = graph.iter().filter(|(node, _)| nodes.contains(*node));
    inside.map(|(node, known)| (node.clone(), known & nodes)).collect()
}

/// Finds the shortest cycle through each edge of a graph. Returns the cycles in the order of their lengths, the
/// shortest first.
pub(super) fn shortest_cycles(graph: &Graph) -> Vec<Vec<String>> {
    let edges = graph.iter().flat_map(|(from, known)| known.iter().map(move |to| (from, to)));
    let mut cycles: Vec<Vec<String>> =
        edges.filter_map(|(from, to)| find_shortest_path(graph, to, from)).collect();
    cycles.sort_by_key(Vec::len);
    cycles
}

/// Finds the shortest path from one node of a graph to another. The path includes both nodes.
fn find_shortest_path(graph: &Graph, from: &str, to: &str) -> Option<Vec<String>> {
    let mut paths = vec![vec![from.to_owned()]];
    let mut seen = BTreeSet::from([from.to_owned()]);
    while !paths.is_empty() {
        let mut longer = Vec::new();
        for path in paths {
            if path.last().is_some_and(|last| last == to) {
                return Some(path);
            }
            for next in path.last().and_then(|last| graph.get(last)).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    longer.push([&path[..], std::slice::from_ref(next)].concat());
                }
            }
        }
        paths = longer;
    }
    None
}
