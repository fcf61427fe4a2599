//! Reads the overlay: the user's own templates, which are merged into the generated ones. It takes the files that
//! `[package.metadata.skylift]` names, and returns their entries by section, and their errors with places.

pub(crate) mod conflicts;
pub(crate) mod cycles;
pub(crate) mod error;
pub(crate) mod merge;
mod parameters;
pub(crate) mod parse;
mod policies;
mod properties;
mod scalar;
mod sections;
mod tags;
#[cfg(test)]
mod tests;
pub(crate) mod tree;
mod values;

use std::path::{Path, PathBuf};

use skylift_model::SourceLocation;
use skylift_model::aws::node::{Map, Node};
use skylift_syntax::errors::Errors;
use skylift_syntax::span::SourceSpan;

use crate::messages;
use crate::reference::Reference;
use crate::regular_file::read_regular_file;
pub(crate) use error::OverlayError;
use error::OverlayErrors;
pub(crate) use sections::Section;

/// The path of an overlay as Cargo.toml names it, relative to the package's folder, and the place of the path in
/// Cargo.toml.
#[derive(Debug, Clone)]
pub(crate) struct OverlayPath {
    pub(crate) path: String,
    pub(crate) place: SourceSpan,
}

/// The content of all overlays of a package.
#[derive(Debug, Default)]
pub(crate) struct Overlay {
    /// The entries of all sections, in the order of the overlay's files.
    pub(crate) entries: Vec<OverlayEntry>,
    /// The transforms that the overlay's files list under `Transform`.
    pub(crate) transforms: Vec<Node>,
    /// The text of the overlay's `Description`, and its place.
    pub(crate) description: Option<(String, SourceLocation)>,
    /// Whether Cargo.toml names an overlay for the package.
    pub(crate) named: bool,
    /// Whether a part of the overlay could not be read. If so, an entry that is not in `entries` may exist all the
    /// same.
    pub(crate) broken: bool,
    /// The properties of the overlay's resources that AWS may have added after Skylift's table was made.
    pub(crate) warnings: Vec<OverlayError>,
}

/// A resource, a parameter, an output or another entry of an overlay's section.
#[derive(Debug)]
pub(crate) struct OverlayEntry {
    pub(crate) section: Section,
    pub(crate) name: String,
    pub(crate) node: Node,
    /// The place of the entry's name in the overlay.
    pub(crate) origin: SourceLocation,
    /// The references in the entry, with their places in the overlay.
    pub(crate) references: Vec<Reference<SourceLocation>>,
}

impl Overlay {
    /// Returns the overlay's entries of one section.
    pub(crate) fn entries_of(&self, section: Section) -> impl Iterator<Item = &OverlayEntry> {
        self.entries.iter().filter(move |entry| entry.section == section)
    }

    /// Returns the overlay's resource with this logical id, or `None` if the overlay does not have it.
    pub(crate) fn resource(&self, id: &str) -> Option<&OverlayEntry> {
        self.entries_of(Section::Resources).find(|entry| entry.name == id)
    }

    /// Returns whether the overlay has a loop or a macro among its resources, which may create resources whose ids
    /// are not in the overlay.
    pub(crate) fn may_have_more_resources(&self) -> bool {
        self.entries_of(Section::Resources).any(|entry| entry.name.starts_with("Fn::"))
    }
}

impl OverlayEntry {
    /// Returns the CloudFormation type of an overlay's resource, or `None` if the resource has no literal `Type`.
    pub(crate) fn kind(&self) -> Option<&str> {
        match &self.node {
            Node::Map(map) => match map.get("Type") {
                Some(Node::Str(kind)) => Some(kind),
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns the name of the condition of an overlay's resource, if the resource has one.
    pub(crate) fn condition(&self) -> Option<&str> {
        match &self.node {
            Node::Map(map) => match map.get("Condition") {
                Some(Node::Str(condition)) => Some(condition),
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns the value at a path of keys below the `Properties` of an overlay's resource.
    pub(crate) fn property(&self, path: &[&str]) -> PropertyValue<'_> {
        let mut node = &self.node;
        for key in ["Properties"].iter().chain(path) {
            node = match node {
                Node::Map(map) if !is_intrinsic(map) => match map.get(key) {
                    Some(node) => node,
                    None => return PropertyValue::Missing,
                },
                _ => return PropertyValue::Unknown,
            };
        }
        match node {
            Node::Tag(..) => PropertyValue::Unknown,
            Node::Map(map) if is_intrinsic(map) => PropertyValue::Unknown,
            node => PropertyValue::Value(node),
        }
    }
}

/// The value at a path in the properties of an overlay's resource.
pub(crate) enum PropertyValue<'a> {
    /// The value is written in the overlay.
    Value(&'a Node),
    /// The resource does not set this property.
    Missing,
    /// The property, or a map on the way to it, is an intrinsic function: the value is known only when the stack is
    /// deployed.
    Unknown,
}

/// Returns whether a map is an intrinsic function in its long form, such as `Fn::Sub`.
fn is_intrinsic(map: &Map) -> bool {
    map.iter().any(|(key, _)| key == "Ref" || key.starts_with("Fn::"))
}

/// Returns the boolean that CloudFormation reads from a value, which may also be text such as `"true"`. Returns
/// `None` if the value is no boolean.
pub(crate) fn parse_bool(node: &Node) -> Option<bool> {
    match node {
        Node::Bool(truth) => Some(*truth),
        Node::Str(text) => text.to_lowercase().parse().ok(),
        _ => None,
    }
}

/// The result of reading the overlays of a package.
#[derive(Debug, Default)]
pub(crate) struct ReadOverlays {
    pub(crate) overlay: Overlay,
    /// The errors in the overlays' files.
    pub(crate) errors: Vec<OverlayError>,
    /// The paths of the overlays' files, which Cargo has to watch.
    pub(crate) files: Vec<PathBuf>,
}

/// Reads the overlays of the package in `folder`. An overlay that cannot be read, or is named twice, is an error in
/// Cargo.toml and goes to `manifest_errors`.
pub(crate) fn read_overlays(
    named: &[OverlayPath],
    folder: &Path,
    manifest_errors: &mut Errors,
) -> ReadOverlays {
    let mut read = ReadOverlays::default();
    read.overlay.named = !named.is_empty();
    let mut errors = OverlayErrors::default();
    for OverlayPath { path, place } in named {
        let file = folder.join(path);
        if read.files.contains(&file) {
            manifest_errors.push(place, messages::overlay_named_twice(path));
            continue;
        }
        read.files.push(file.clone());
        match read_regular_file(&file) {
            Ok(bytes) => read_overlay(path, &bytes, &mut read.overlay, &mut errors),
            Err(cause) => {
                read.overlay.broken = true;
                manifest_errors.push(place, messages::overlay_unreadable(path, &cause));
            }
        }
    }
    read.errors = errors.into_vec();
    read.overlay.broken |= !read.errors.is_empty();
    read
}

/// Reads one overlay from its `bytes`, and adds its entries to `overlay`; `path` is relative to the package's
/// folder.
fn read_overlay(path: &str, bytes: &[u8], overlay: &mut Overlay, errors: &mut OverlayErrors) {
    errors.set_file(path);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(cause) => {
            let right = String::from_utf8_lossy(&bytes[..cause.valid_up_to()]);
            let (line, column) = crate::walk::line_column(&right, right.len());
            errors.push(tree::Position { line, column }, messages::overlay_not_utf8());
            return;
        }
    };
    // A byte order mark does not count as a column of the first line.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(yaml) = parse::parse_yaml(text, errors) {
        sections::read_sections(yaml, overlay, errors);
    }
}

/// Reads an overlay without errors from its text.
#[cfg(test)]
pub(crate) fn read_for_test(text: &str) -> Overlay {
    let (mut overlay, mut errors) = (Overlay::default(), OverlayErrors::default());
    read_overlay("extra.yaml", text.as_bytes(), &mut overlay, &mut errors);
    let errors = errors.into_vec();
    assert!(errors.is_empty(), "{text}: {errors:?}");
    overlay
}
