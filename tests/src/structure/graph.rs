//! Circles in a graph. Takes who knows whom, gives the groups in which each leads to each other, and
//! the shortest circles of such a group.

use std::collections::{BTreeMap, BTreeSet};

/// For each node, those that it knows.
pub(super) type Graph = BTreeMap<String, BTreeSet<String>>;

/// The nodes that each lead to each other, in groups of two and more.
pub(super) fn knots(graph: &Graph) -> Vec<BTreeSet<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        graph.keys().map(|node| (node, reach(graph, node))).collect();
    let mut knots: Vec<BTreeSet<String>> = Vec::new();
    for node in graph.keys() {
        let back = |other: &&&String| reached.get(**other).is_some_and(|it| it.contains(node));
        let knot: BTreeSet<String> =
            reached[node].iter().filter(back).map(|other| (*other).clone()).collect();
        if knot.len() > 1 && !knots.contains(&knot) {
            knots.push(knot);
        }
    }
    knots
}

/// Where a node leads to in one step or more.
fn reach<'a>(graph: &'a Graph, from: &str) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&String> = graph.get(from).into_iter().flatten().collect();
    while let Some(node) = next.pop() {
        if reached.insert(node) {
            next.extend(graph.get(node).into_iter().flatten());
        }
    }
    reached
}

/// The part of a graph that lies among some nodes.
pub(super) fn among(graph: &Graph, nodes: &BTreeSet<String>) -> Graph {
    let inside = graph.iter().filter(|(node, _)| nodes.contains(*node));
    inside.map(|(node, known)| (node.clone(), known & nodes)).collect()
}

/// For each step of a graph, the shortest circle that begins with it; the shortest first.
pub(super) fn circles(graph: &Graph) -> Vec<Vec<String>> {
    let steps = graph.iter().flat_map(|(from, known)| known.iter().map(move |to| (from, to)));
    let mut circles: Vec<Vec<String>> =
        steps.filter_map(|(from, to)| shortest(graph, to, from)).collect();
    circles.sort_by_key(Vec::len);
    circles
}

/// The shortest way from one node to another, both included.
fn shortest(graph: &Graph, from: &str, to: &str) -> Option<Vec<String>> {
    let mut ways = vec![vec![from.to_owned()]];
    let mut seen = BTreeSet::from([from.to_owned()]);
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            if way.last().is_some_and(|last| last == to) {
                return Some(way);
            }
            for next in way.last().and_then(|last| graph.get(last)).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    longer.push([&way[..], std::slice::from_ref(next)].concat());
                }
            }
        }
        ways = longer;
    }
    None
}
