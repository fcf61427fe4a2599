//! Merges the overlay's sections into the generated ones. The caller has checked that no name is in both: this
//! module only concatenates them, the generated entries first.

use skylift_model::aws::node::{Map, Node};

use super::{Overlay, Section};

/// The overlay's entries that are not merged yet.
pub(crate) struct OverlayMerge {
    transforms: Vec<Node>,
    description: Option<String>,
    rest: Vec<(Section, String, Node)>,
}

impl OverlayMerge {
    pub(crate) fn new(overlay: Overlay) -> Self {
        let Overlay { entries, transforms, description, .. } = overlay;
        let rest = entries.into_iter().map(|it| (it.section, it.name, it.node)).collect();
        Self { transforms, description: description.map(|(text, _)| text), rest }
    }

    /// Returns `Transform` with SAM's transform, and without it. The overlay's transforms come before SAM's, because SAM
    /// needs the result of, for example, the loops of `AWS::LanguageExtensions`. To run a transform after SAM's, the
    /// overlay lists SAM's before it.
    pub(crate) fn transforms(&mut self, sam: &str) -> (Node, Option<Node>) {
        let mut all = std::mem::take(&mut self.transforms);
        let sam = Node::from(sam);
        let others = all.iter().filter(|it| **it != sam).cloned().collect();
        if !all.contains(&sam) {
            all.push(sam.clone());
        }
        (one_or_all(all).unwrap_or(sam), one_or_all(others))
    }

    /// Returns `Description`: the application's, or else the overlay's.
    pub(crate) fn description(&mut self, ours: Option<String>) -> Option<String> {
        ours.or_else(|| self.description.take())
    }

    /// Returns a section with the generated entries and then the overlay's.
    pub(crate) fn section(&mut self, section: Section, mut ours: Map) -> Map {
        for (_, name, node) in self.rest.extract_if(.., |(of, ..)| *of == section) {
            ours.push(name, node);
        }
        ours
    }
}

/// Returns the only transform, or a list of several, or `None` if there is none.
fn one_or_all(transforms: Vec<Node>) -> Option<Node> {
    match <[Node; 1]>::try_from(transforms) {
        Ok([only]) => Some(only),
        Err(several) => Some(Node::Seq(several)).filter(|it| *it != Node::Seq(Vec::new())),
    }
}
