//! The modules of a crate, each with its file, the names in it and the paths that it uses. Takes the
//! files of the crate, gives those of its modules where rustc looks for them.

use std::collections::{BTreeMap, BTreeSet};

use super::Files;
use super::tokens::Path;

/// What a name in a module is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Name {
    /// Something that this module defines.
    Item(usize),
    /// This module.
    Module(usize),
    /// Something that is imported.
    Import(Path),
}

/// A module, in a file of its own or within one.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// The file that it is in.
    pub(super) file: String,
    /// Whether tests alone have it.
    pub(super) in_tests: bool,
    pub(super) parent: Option<usize>,
    /// A name may be a module, a function and a macro at once.
    pub(super) names: BTreeMap<String, Vec<Name>>,
    pub(super) globs: Vec<Path>,
    /// The paths that it uses, those of `use` among them.
    pub(super) paths: BTreeSet<Path>,
    /// Every word of it, any of which a glob may have brought.
    pub(super) words: BTreeSet<String>,
    /// The words that its macros are given, any of which may be a module.
    pub(super) registered: BTreeSet<String>,
}

impl Module {
    pub(super) fn name(&mut self, text: String, name: Name) {
        let names = self.names.entry(text).or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
}

/// The modules of a crate, its root first.
#[derive(Debug)]
pub(super) struct Modules<'a> {
    pub(super) files: &'a Files,
    pub(super) all: Vec<Module>,
    /// The folder in which the modules are that a file declares.
    pub(super) folders: BTreeMap<String, String>,
    /// The file that declares a file.
    pub(super) declared_by: BTreeMap<String, String>,
}

impl<'a> Modules<'a> {
    /// A crate of these files whose modules are yet to be found.
    pub(super) fn new(files: &'a Files) -> Self {
        Self { files, all: Vec::new(), folders: BTreeMap::new(), declared_by: BTreeMap::new() }
    }

    /// The file of `mod name;` in a folder, and the folder of its own modules.
    pub(super) fn find(&self, folder: &str, name: &str) -> Option<(String, String)> {
        let inside = format!("{folder}/{name}");
        let files = [format!("{inside}.rs"), format!("{inside}/mod.rs")];
        let file = files.into_iter().find(|file| self.files.contains_key(file))?;
        Some((file, inside))
    }

    /// The files that no module is in, save for what tests read from their folders.
    pub(super) fn forgotten(&self) -> Vec<&str> {
        let of_tests = self.all.iter().filter(|module| module.in_tests);
        let read: Vec<String> = of_tests
            .filter_map(|module| self.folders.get(&module.file))
            .map(|folder| format!("{folder}/"))
            .collect();
        let is_forgotten = |file: &&str| {
            !self.folders.contains_key(*file) && !read.iter().any(|folder| file.starts_with(folder))
        };
        self.files.keys().map(String::as_str).filter(is_forgotten).collect()
    }
}

/// The folder of a file.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
