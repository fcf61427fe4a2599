//! The fragments of each function: files with its policy and its variables, in the form that AWS's command line takes.

use skylift_model::aws::node::{Map, Node};
use skylift_syntax::handoff::layout;

use super::function::{ResolvedApp, ResolvedFunction};
use crate::json;

/// A file with a fragment of a function.
pub(crate) struct Fragment {
    /// The path of the file below the output directory.
    pub(crate) path: String,
    pub(crate) content: String,
}

/// Returns the fragments of all functions. A function has a file with managed policies only if it needs some.
pub(crate) fn list_fragments(app: &ResolvedApp<'_>) -> Vec<Fragment> {
    app.functions.iter().flat_map(|(id, function)| fragments_of(id, function)).collect()
}

fn fragments_of(id: &str, function: &ResolvedFunction<'_>) -> Vec<Fragment> {
    let parts = &function.fragments;
    let fragment = |file: &str, content: &Node| Fragment {
        path: layout::function_file(id, file),
        content: json::to_pretty_json(content),
    };
    let environment = Map::new().with("Variables", parts.environment.clone());
    let mut fragments = vec![
        fragment(layout::POLICY, &parts.policy),
        fragment(layout::ENVIRONMENT, &environment.into()),
    ];
    if parts.managed_policies != Node::Seq(Vec::new()) {
        fragments.push(fragment(layout::MANAGED_POLICIES, &parts.managed_policies));
    }
    fragments
}
