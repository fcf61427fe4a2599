//! Where the file of a module stands, by rustc's rules. It takes a directory state and what a
//! `mod` says, and gives the file, or the places where it was looked for, and the state within.

use std::path::{Path, PathBuf};

/// Where the modules below a module are looked for.
#[derive(Debug, Clone)]
pub(super) struct Directory {
    path: PathBuf,
    /// The stem of a file that is neither a root, a `mod.rs` nor named by `#[path]`: its modules
    /// stand in a folder of that name, but its `#[path]` is relative to the file's own folder.
    stem: Option<String>,
}

/// What came of looking for the file of `mod name;`.
#[derive(Debug)]
pub(super) enum Lookup {
    File(PathBuf, Directory),
    /// Neither exists.
    Missing(PathBuf, PathBuf),
    /// Both exist, which rustc refuses.
    Both(PathBuf, PathBuf),
}

impl Directory {
    /// The state in a file whose modules stand beside it.
    pub(super) fn beside(file: &Path) -> Self {
        let path = file.parent().map(Path::to_path_buf).unwrap_or_default();
        Self { path, stem: None }
    }

    /// The file that `#[path = "…"]` names; whether it exists is for the reader to find out.
    pub(super) fn explicit(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    /// The state inside `mod name { }`.
    pub(super) fn inline(&self, name: &str, explicit: Option<&str>) -> Self {
        let path = match (explicit, &self.stem) {
            (Some(explicit), _) => self.path.join(explicit),
            (None, Some(stem)) => self.path.join(stem).join(name),
            (None, None) => self.path.join(name),
        };
        Self { path, stem: None }
    }

    /// The file of `mod name;` without a `#[path]`.
    pub(super) fn find(&self, name: &str) -> Lookup {
        let folder = match &self.stem {
            Some(stem) => self.path.join(stem),
            None => self.path.clone(),
        };
        let beside = folder.join(format!("{name}.rs"));
        let within = folder.join(name).join("mod.rs");
        match (beside.exists(), within.exists()) {
            (true, false) => {
                let directory = Self { path: folder, stem: Some(name.to_owned()) };
                Lookup::File(beside, directory)
            }
            (false, true) => {
                let directory = Self::beside(&within);
                Lookup::File(within, directory)
            }
            (true, true) => Lookup::Both(beside, within),
            (false, false) => Lookup::Missing(beside, within),
        }
    }
}
