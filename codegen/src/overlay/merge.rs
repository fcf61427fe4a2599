//! Merges the overlay's sections into the generated sections. The caller has checked that no name is in both. So
//! this module only concatenates the entries, the generated ones first.

use skylift_model::aws::node::{Map, Node};

use super::{Overlay, Section};

/// The parts of the overlay that are not merged into the templates yet.
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

    /// Adds properties to those of the overlay's resource with this logical id.
    pub(crate) fn add_properties(&mut self, id: &str, properties: &Map) {
        let mut resources =
            self.rest.iter_mut().filter(|(section, ..)| *section == Section::Resources);
        if let Some((_, _, Node::Map(resource))) = resources.find(|(_, name, _)| name == id) {
            resource.merge(Map::new().with("Properties", properties.clone()));
        }
    }

    /// Returns the value of `Transform` for each template: first for the SAM template, with SAM's transform `sam`,
    /// then for plain CloudFormation, which is `None` if the overlay has no other transform.
    ///
    /// The overlay's transforms come before SAM's, because SAM needs their result, for example of the loops of
    /// `AWS::LanguageExtensions`. To run a transform after SAM's, the overlay lists SAM's transform before it.
    pub(crate) fn take_transforms(&mut self, sam: &str) -> (Node, Option<Node>) {
        let mut all = std::mem::take(&mut self.transforms);
        let sam = Node::from(sam);
        let others = all.iter().filter(|it| **it != sam).cloned().collect();
        if !all.contains(&sam) {
            all.push(sam.clone());
        }
        (transform_value(all).unwrap_or(sam), transform_value(others))
    }

    /// Returns the text of the template's `Description`: `ours`, which is the application's, or else the overlay's.
    /// Returns `None` if there is neither.
    pub(crate) fn take_description(&mut self, ours: Option<String>) -> Option<String> {
        ours.or_else(|| self.description.take())
    }

    /// Returns a section of the template: the generated entries `ours`, followed by the overlay's entries.
    pub(crate) fn merge_section(&mut self, section: Section, mut ours: Map) -> Map {
        for (_, name, node) in self.rest.extract_if(.., |(of, ..)| *of == section) {
            ours.push(name, node);
        }
        ours
    }

    /// Returns the section `Globals`: the generated settings `ours`, to which the overlay adds its own. No setting is in
    /// both.
    pub(crate) fn merge_globals(&mut self, mut ours: Map) -> Map {
        for (_, name, node) in self.rest.extract_if(.., |(of, ..)| *of == Section::Globals) {
            ours.merge(Map::new().with(name, node));
        }
        ours
    }
}

/// Returns the value of `Transform` for a list of transforms: a single transform itself, several as a list, and
/// `None` if the list is empty.
fn transform_value(transforms: Vec<Node>) -> Option<Node> {
    match <[Node; 1]>::try_from(transforms) {
        Ok([only]) => Some(only),
        Err(several) => Some(Node::Seq(several)).filter(|it| *it != Node::Seq(Vec::new())),
    }
}
