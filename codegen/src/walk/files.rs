//! Finds the file of a module by rustc's rules. It takes the directory of the parent module and a `mod`
//! declaration. It returns the module's file and the directory for the modules in that file, or the paths that do
//! not exist.

use std::path::{Path, PathBuf};

/// The directory where rustc searches for the files of a module's child modules.
#[derive(Debug, Clone)]
pub(super) struct ModuleDirectory {
    path: PathBuf,
    /// The file name without `.rs`, for a file whose child modules are in a folder of that name. It is `None` for a
    /// crate's root, a `mod.rs` and a file that `#[path]` names, whose child modules are beside the file. A
    /// `#[path]` on a child module is always relative to the file's own folder.
    stem: Option<String>,
}

/// The result of the search for the file of `mod name;`.
#[derive(Debug)]
pub(super) enum FileLookup {
    /// The file exists; the directory is the one for its child modules.
    File(PathBuf, ModuleDirectory),
    /// Neither of the two paths exists where the file may be.
    Missing(PathBuf, PathBuf),
    /// Both paths exist where the file may be, which rustc rejects.
    Both(PathBuf, PathBuf),
}

impl ModuleDirectory {
    /// Returns the directory for a file whose child modules are beside it.
    pub(super) fn for_file(file: &Path) -> Self {
        let path = file.parent().map(Path::to_path_buf).unwrap_or_default();
        Self { path, stem: None }
    }

    /// Returns the path of the file that `#[path = "…"]` on a child module names. The caller finds out whether the
    /// file exists.
    pub(super) fn explicit_file(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    /// Returns the directory for the child modules of the inline module `mod name { }`; `explicit` is the value of
    /// the module's `#[path]`.
    pub(super) fn for_inline_module(&self, name: &str, explicit: Option<&str>) -> Self {
        let path = match (explicit, &self.stem) {
            (Some(explicit), _) => self.path.join(explicit),
            (None, Some(stem)) => self.path.join(stem).join(name),
            (None, None) => self.path.join(name),
        };
        Self { path, stem: None }
    }

    /// Finds the file of a child module `mod name;` that has no `#[path]`.
    pub(super) fn find_file(&self, name: &str) -> FileLookup {
        let folder = match &self.stem {
            Some(stem) => self.path.join(stem),
            None => self.path.clone(),
        };
        let beside = folder.join(format!("{name}.rs"));
        let within = folder.join(name).join("mod.rs");
        match (beside.exists(), within.exists()) {
            (true, false) => {
                let directory = Self { path: folder, stem: Some(name.to_owned()) };
                FileLookup::File(beside, directory)
            }
            (false, true) => {
                let directory = Self::for_file(&within);
                FileLookup::File(within, directory)
            }
            (true, true) => FileLookup::Both(beside, within),
            (false, false) => FileLookup::Missing(beside, within),
        }
    }
}
