//! Tests of the structure of the crates: which crate may depend on which, and which file may import which. Takes the
//! manifests and sources of the workspace. An error names the crate, the files and the imported names.
// See decision 0002.

mod crates;
mod cycle;
mod graph;
mod imports;
mod items;
mod modules;
mod tokens;

use std::collections::BTreeMap;
use std::path::Path;

use crate::workspace;

/// The texts of files, by their paths relative to the workspace's root.
type Files = BTreeMap<String, String>;

/// Reads all Rust files in a folder of the workspace and in its subfolders.
fn read_rust_files(folder: &str) -> Files {
    let mut files = Files::new();
    add_rust_files(&workspace::root().join(folder), folder, &mut files);
    files
}

fn add_rust_files(folder: &Path, name: &str, files: &mut Files) {
    for path in workspace::list_folder(folder) {
        let name = format!("{name}/{}", workspace::file_name(&path));
        if path.is_dir() {
            add_rust_files(&path, &name, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.insert(name, workspace::read_file(&path));
        }
    }
}
