//! Where things are in this workspace. Takes nothing, gives folders; what is a list is read from the
//! disk, so that a new example or template cannot be forgotten.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The names of the packages under `examples/`.
pub fn examples() -> Vec<String> {
    let folders = folders_with(&root().join("examples"), "Cargo.toml");
    folders.iter().map(|folder| name(folder)).collect()
}

/// The folders of the golden templates, each with a source and the `template.yaml` that it gives.
pub fn template_cases() -> Vec<PathBuf> {
    folders_with(&root().join("tests/templates"), "main.rs")
}

/// What is in a folder, in order.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

/// The last part of a path, as text.
pub fn name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// The folders directly below one that hold a file of that name, in order.
fn folders_with(parent: &Path, file: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent)
        .unwrap_or_else(|error| panic!("cannot read `{}`: {error}", parent.display()));
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|folder| folder.join(file).is_file())
        .collect();
    folders.sort();
    assert!(!folders.is_empty(), "no folder of `{}` has a `{file}`", parent.display());
    folders
}
