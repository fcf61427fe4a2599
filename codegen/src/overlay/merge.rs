//! Our sections and those of the overlay as one template. That no name stands on both sides has been
//! seen by then: this only puts them beside each other, ours first.

use skylift_model::aws::node::{Map, Node};

use super::{Overlay, Section};

/// What is to be merged into each section.
pub(crate) struct Merge {
    transforms: Vec<Node>,
    description: Option<String>,
    rest: Vec<(Section, String, Node)>,
}

impl Merge {
    pub(crate) fn of(overlay: Overlay) -> Self {
        let Overlay { entries, transforms, description, .. } = overlay;
        let rest = entries.into_iter().map(|it| (it.section, it.name, it.node)).collect();
        Self { transforms, description: description.map(|(text, _)| text), rest }
    }

    /// `Transform` with SAM's, and without: the overlay's come before SAM's, such as
    /// `AWS::LanguageExtensions`, whose loops SAM has to find done; one that is to come after it stands
    /// behind it in the overlay's list.
    pub(crate) fn transforms(&mut self, sam: &str) -> (Node, Option<Node>) {
        let mut all = std::mem::take(&mut self.transforms);
        let sam = Node::from(sam);
        let others = all.iter().filter(|it| **it != sam).cloned().collect();
        if !all.contains(&sam) {
            all.push(sam.clone());
        }
        (one_or_all(all).unwrap_or(sam), one_or_all(others))
    }

    /// `Description`, where ours is none.
    pub(crate) fn description(&mut self, ours: Option<String>) -> Option<String> {
        ours.or_else(|| self.description.take())
    }

    /// A section with ours in it, and the overlay's behind.
    pub(crate) fn section(&mut self, section: Section, mut ours: Map) -> Map {
        for (_, name, node) in self.rest.extract_if(.., |(of, ..)| *of == section) {
            ours.push(name, node);
        }
        ours
    }
}

/// The one that there is, or a list of several; none where there are none.
fn one_or_all(transforms: Vec<Node>) -> Option<Node> {
    match <[Node; 1]>::try_from(transforms) {
        Ok([only]) => Some(only),
        Err(several) => Some(Node::Seq(several)).filter(|it| *it != Node::Seq(Vec::new())),
    }
}
