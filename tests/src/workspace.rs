//! The folders of this workspace: its root, its examples and its golden templates. The lists are read from the
//! disk, so that a new example or template is always tested.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The texts of files, by their paths relative to the workspace's root.
pub type Files = BTreeMap<String, String>;

/// Returns the root of this workspace: the folder of its `Cargo.toml`.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Lists the names of the packages in `examples/`.
pub fn example_names() -> Vec<String> {
    let folders = list_folders_with(&root().join("examples"), "Cargo.toml");
    folders.iter().map(|folder| file_name(folder)).collect()
}

/// Lists the folders of the golden cases in `tests/templates`. Each folder has the source of an application and its
/// templates, or the files of its functions if the application has no templates.
pub fn template_cases() -> Vec<PathBuf> {
    list_folders_with(&root().join("tests/templates"), "main.rs")
}

/// Lists the paths of the files and subfolders of a folder, in order.
pub fn list_folder(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("cannot read `{}`: {error}", folder.display()));
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

/// Returns the name of a file or folder: the last part of its path, as text.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// Reads a text file. Panics if it cannot be read.
pub fn read_file(path: &Path) -> String {
    fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("cannot read `{}`: {error}", path.display()))
}

/// Reads a text file of this repository, by its path relative to the root of the workspace.
pub fn read_repository_file(path: &str) -> String {
    read_file(&root().join(path))
}

/// Lists the subfolders of `parent` that contain a file of the name `file`, in order.
fn list_folders_with(parent: &Path, file: &str) -> Vec<PathBuf> {
    let mut folders = list_folder(parent);
    folders.retain(|folder| folder.join(file).is_file());
    assert!(!folders.is_empty(), "no folder of `{}` has a `{file}`", parent.display());
    folders
}

/// Reads all Rust files in a folder of the workspace and in its subfolders.
pub fn read_rust_files(folder: &str) -> Files {
    let mut files = Files::new();
    add_rust_files(&root().join(folder), folder, &mut files);
    files
}

fn add_rust_files(folder: &Path, name: &str, files: &mut Files) {
    for path in list_folder(folder) {
        let name = format!("{name}/{}", file_name(&path));
        if path.is_dir() {
            add_rust_files(&path, &name, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.insert(name, read_file(&path));
        }
    }
}
