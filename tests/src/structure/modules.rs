//! The modules of a crate, each with its file, its names and the paths that it uses. Takes the files of the crate,
//! and finds the file of a module in the places where rustc looks for it.

use std::collections::{BTreeMap, BTreeSet};

use super::Files;
use super::tokens::Path;

/// The meaning of a name in a module.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Name {
    /// An item that the module with this index defines.
    Item(usize),
    /// The submodule with this index.
    Module(usize),
    /// An import: the name means what this path means.
    Import(Path),
}

/// A module of a crate, in its own file or inline.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// The file that contains the module.
    pub(super) file: String,
    /// Whether the module exists only in tests.
    pub(super) in_tests: bool,
    pub(super) parent: Option<usize>,
    /// The meanings of each name in the module: a name may be a module, a function and a macro at the same time.
    pub(super) names: BTreeMap<String, Vec<Name>>,
    pub(super) globs: Vec<Path>,
    /// The paths that the module uses, including those of `use`.
    pub(super) paths: BTreeSet<Path>,
    /// All identifiers of the module. A glob import may bring in any of them.
    pub(super) words: BTreeSet<String>,
    /// The identifiers in the arguments of macro calls in the module. Any of them may be a submodule.
    pub(super) registered: BTreeSet<String>,
}

impl Module {
    pub(super) fn add_name(&mut self, text: String, name: Name) {
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
    /// For each file, the folder of the modules that it declares.
    pub(super) folders: BTreeMap<String, String>,
    /// For each file, the file that declares it.
    pub(super) declared_by: BTreeMap<String, String>,
}

impl<'a> Modules<'a> {
    /// Creates the modules of a crate with these files. No module is read yet.
    pub(super) fn new(files: &'a Files) -> Self {
        Self { files, all: Vec::new(), folders: BTreeMap::new(), declared_by: BTreeMap::new() }
    }

    /// Finds the file of the module that `mod name;` declares, in the folder of the modules of its parent. Returns
    /// the file and the folder of its submodules, or `None` if there is no file for the module.
    pub(super) fn find_file(&self, folder: &str, name: &str) -> Option<(String, String)> {
        let inside = format!("{folder}/{name}");
        let files = [format!("{inside}.rs"), format!("{inside}/mod.rs")];
        let file = files.into_iter().find(|file| self.files.contains_key(file))?;
        Some((file, inside))
    }

    /// Returns the files of the crate that no module declares, except for files in the folders of test modules, which
    /// tests read.
    pub(super) fn undeclared_files(&self) -> Vec<&str> {
        let test_modules = self.all.iter().filter(|module| module.in_tests);
        let read: Vec<String> = test_modules
            .filter_map(|module| self.folders.get(&module.file))
            .map(|folder| format!("{folder}/"))
            .collect();
        let is_forgotten = |file: &&str| {
            !self.folders.contains_key(*file) && !read.iter().any(|folder| file.starts_with(folder))
        };
        self.files.keys().map(String::as_str).filter(is_forgotten).collect()
    }
}

/// Returns the folder of the file at this path, and `""` for a path without a folder.
pub(super) fn parent_folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
