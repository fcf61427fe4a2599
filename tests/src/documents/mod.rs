//! Compares the documents of the repository with its code. Takes README.md, ARCHITECTURE.md and the decisions, and
//! gives an error for each path, name, number or code block that does not match the code.

mod architecture;
mod decisions;
mod readme;

use crate::workspace;

/// Lists the text files of the repository that may cite a decision, as paths relative to the root.
fn list_text_files() -> Vec<String> {
    let mut files = Vec::new();
    add_files("", &mut files);
    assert!(files.len() > 100, "only {} files", files.len());
    files
}

fn add_files(folder: &str, files: &mut Vec<String>) {
    for path in workspace::list_folder(&workspace::root().join(folder)) {
        let name = workspace::file_name(&path);
        let from_root = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        // Cargo marks its target directories with this file.
        if name.starts_with('.') || path.join("CACHEDIR.TAG").exists() {
            continue;
        }
        if path.is_dir() {
            add_files(&from_root, files);
        } else if ["rs", "md", "toml", "py"].iter().any(|it| path.extension() == Some(it.as_ref()))
        {
            files.push(from_root);
        }
    }
}
