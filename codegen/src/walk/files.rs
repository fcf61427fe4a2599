//! Finds the file of a module by rustc's rules. It takes the directory of the parent module and a `mod`
//! declaration. It returns the file and the directory for the modules below it, or the paths that do not exist.

use std::path::{Path, PathBuf};

/// The directory where the modules below a module are searched.
#[derive(Debug, Clone)]
pub(super) struct ModuleDirectory {
    path: PathBuf,
    /// The stem of a file that is not a root, not a `mod.rs` and not named by `#[path]`. Its modules are in a folder of
    /// that name, but a `#[path]` in it is relative to the file's own folder.
    stem: Option<String>,
}

/// The result of the search for the file of `mod name;`.
#[derive(Debug)]
pub(super) enum FileLookup {
    File(PathBuf, ModuleDirectory),
    /// Neither of the two paths exists.
    Missing(PathBuf, PathBuf),
    /// Both paths exist, which rustc rejects.
    Both(PathBuf, PathBuf),
}

impl ModuleDirectory {
    /// Returns the directory for a file whose modules are beside it.
    pub(super) fn for_file(file: &Path) -> Self {
        let path = file.parent().map(Path::to_path_buf).unwrap_or_default();
        Self { path, stem: None }
    }

    /// Returns the file that `#[path = "…"]` names. The caller finds out whether it exists.
    pub(super) fn explicit_file(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    /// Returns the directory for the inside of `mod name { }`.
    pub(super) fn for_inline_module(&self, name: &str, explicit: Option<&str>) -> Self {
        let path = match (explicit, &self.stem) {
            (Some(explicit), _) => self.path.join(explicit),
            (None, Some(stem)) => self.path.join(stem).join(name),
            (None, None) => self.path.join(name),
        };
        Self { path, stem: None }
    }

    /// Finds the file of `mod name;` without a `#[path]`.
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
