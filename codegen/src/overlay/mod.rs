//! The overlay: templates of the user's own, merged into ours. It takes the files that
//! `[package.metadata.skylift]` names, and gives what they say, section by section, and what is
//! wrong with them, each with its place.

pub(crate) mod circles;
pub(crate) mod clash;
pub(crate) mod merge;
mod mistake;
mod parse;
mod scalar;
mod sections;
mod tags;
#[cfg(test)]
mod tests;
mod tree;

use std::path::{Path, PathBuf};

use skylift_model::Origin;
use skylift_model::aws::node::{Map, Node};
use skylift_syntax::errors::Errors;
use skylift_syntax::place::Place;

pub(crate) use mistake::Mistake;
use mistake::Mistakes;
pub(crate) use sections::Section;

/// An overlay that the metadata name: a path relative to the package, and where it is written.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) path: String,
    pub(crate) place: Place,
}

/// What all overlays of a package say.
#[derive(Debug, Default)]
pub(crate) struct Overlay {
    /// What stands in the sections, in the order of the files.
    pub(crate) entries: Vec<Entry>,
    /// What `Transform` lists.
    pub(crate) transforms: Vec<Node>,
    /// `Description`, and where it stands.
    pub(crate) description: Option<(String, Origin)>,
    /// Whether the package has one at all.
    pub(crate) named: bool,
    /// Whether anything in it could not be read, so that nothing follows from what is missing.
    pub(crate) broken: bool,
}

/// One resource, parameter, output, …
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) section: Section,
    pub(crate) name: String,
    pub(crate) node: Node,
    /// Where its name stands.
    pub(crate) origin: Origin,
}

impl Overlay {
    /// The entries of a section.
    pub(crate) fn of(&self, section: Section) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.section == section)
    }

    /// The resource with this id.
    pub(crate) fn resource(&self, id: &str) -> Option<&Entry> {
        self.of(Section::Resources).find(|entry| entry.name == id)
    }

    /// Whether a transform makes resources whose ids are not written here.
    pub(crate) fn has_more(&self) -> bool {
        self.of(Section::Resources).any(|entry| entry.name.starts_with("Fn::"))
    }
}

impl Entry {
    /// The `Type` of a resource.
    pub(crate) fn kind(&self) -> Option<&str> {
        match &self.node {
            Node::Map(map) => match map.get("Type") {
                Some(Node::Str(kind)) => Some(kind),
                _ => None,
            },
            _ => None,
        }
    }

    /// What stands at a path in its properties.
    pub(crate) fn property(&self, path: &[&str]) -> Found<'_> {
        let mut node = &self.node;
        for key in ["Properties"].iter().chain(path) {
            node = match node {
                Node::Map(map) if !is_intrinsic(map) => match map.get(key) {
                    Some(node) => node,
                    None => return Found::Nothing,
                },
                _ => return Found::Later,
            };
        }
        match node {
            Node::Tag(..) => Found::Later,
            Node::Map(map) if is_intrinsic(map) => Found::Later,
            node => Found::Value(node),
        }
    }
}

/// What stands at a path in the properties of a resource.
pub(crate) enum Found<'a> {
    Value(&'a Node),
    Nothing,
    /// What is there is known when the stack is deployed.
    Later,
}

fn is_intrinsic(map: &Map) -> bool {
    map.iter().any(|(key, _)| key == "Ref" || key.starts_with("Fn::"))
}

/// The truth value, which CloudFormation takes as text too.
pub(crate) fn truth(node: &Node) -> Option<bool> {
    match node {
        Node::Bool(truth) => Some(*truth),
        Node::Str(text) => text.to_lowercase().parse().ok(),
        _ => None,
    }
}

/// Overlays, read.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) overlay: Overlay,
    /// What is wrong in the files.
    pub(crate) mistakes: Vec<Mistake>,
    /// The files themselves.
    pub(crate) files: Vec<PathBuf>,
}

/// Reads the overlays of the package in `folder`. That a file cannot be read is an error where the
/// metadata name it.
pub(crate) fn read(named: &[Named], folder: &Path, errors: &mut Errors) -> Read {
    let mut read = Read::default();
    read.overlay.named = !named.is_empty();
    let mut mistakes = Mistakes::default();
    for Named { path, place } in named {
        let file = folder.join(path);
        if read.files.contains(&file) {
            errors.push(place, format!("overlay `{path}` is named twice"));
            continue;
        }
        read.files.push(file.clone());
        match std::fs::read(&file) {
            Ok(bytes) => one(path, &bytes, &mut read.overlay, &mut mistakes),
            Err(cause) => {
                read.overlay.broken = true;
                errors
                    .push(place, format!("cannot read overlay `{path}`: {cause}"))
                    .help("name a file by its path from the package's folder");
            }
        }
    }
    read.mistakes = mistakes.into_vec();
    read.overlay.broken |= !read.mistakes.is_empty();
    read
}

/// Reads one file into `overlay`.
fn one(path: &str, bytes: &[u8], overlay: &mut Overlay, mistakes: &mut Mistakes) {
    mistakes.file(path);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(cause) => {
            let right = String::from_utf8_lossy(&bytes[..cause.valid_up_to()]);
            let (line, column) = crate::walk::line_column(&right, right.len());
            mistakes
                .push(tree::Position { line, column }, "the overlay is not UTF-8")
                .help("save the file in UTF-8");
            return;
        }
    };
    // A byte order mark is not part of the first line.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(yaml) = parse::parse(text, mistakes) {
        sections::read(yaml, overlay, mistakes);
    }
}
