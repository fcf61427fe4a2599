//! The structure of the crates: who may know whom. Takes the manifests and sources of the workspace,
//! gives an error that names the crate, the files and the names where the structure is broken.

mod circle;
mod crates;
mod graph;
mod imports;
mod items;
mod modules;
mod tokens;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::places;

/// The text of each file, by its path from the workspace's root.
type Files = BTreeMap<String, String>;

/// All Rust files below a folder.
fn rust_files(folder: &str) -> Files {
    let mut files = Files::new();
    add(&places::root().join(folder), folder, &mut files);
    files
}

fn add(folder: &Path, name: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{name}/{}", places::name(&path));
        if path.is_dir() {
            add(&path, &name, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}
