//! Checks that the paths, functions and types in ARCHITECTURE.md, README.md and the decisions exist.

use std::path::Path;

use crate::markdown;
use crate::workspace::{self, read_repository_file};

/// The most lines that ARCHITECTURE.md may have: a map has to be short.
const MAX_LINES: usize = 150;

#[test]
fn the_architecture_has_at_most_150_lines() {
    let lines = read_repository_file("ARCHITECTURE.md").lines().count();
    assert!(lines <= MAX_LINES, "ARCHITECTURE.md has {lines} lines, more than {MAX_LINES}");
}

/// Returns whether a code span of a document is a path of this repository: its first part is a folder in the root.
/// Paths in `target` are not checked, because the outputs of builds are not part of the repository.
fn is_path(span: &str) -> bool {
    let (first, rest) = span.split_once('/').unwrap_or((span, ""));
    let is_name = !span.contains(|it: char| it.is_whitespace() || "<>*(){}:$".contains(it));
    is_name
        && first != "target"
        && !first.is_empty()
        && !rest.is_empty()
        && workspace::root().join(first).is_dir()
}

#[test]
fn each_path_in_the_documents_exists() {
    let mut documents = vec!["ARCHITECTURE.md".to_owned(), "README.md".to_owned()];
    let decisions = workspace::list_folder(&workspace::root().join("docs/decisions"));
    documents.extend(
        decisions.iter().map(|file| format!("docs/decisions/{}", workspace::file_name(file))),
    );
    let mut missing = Vec::new();
    for document in documents {
        let text = read_repository_file(&document);
        let folder = Path::new(&document).parent().unwrap();
        let spans = markdown::code_spans(&text).into_iter().filter(|span| is_path(span));
        let paths = spans.map(|span| workspace::root().join(span));
        let links = markdown::file_links(&text).into_iter();
        let links = links.map(|link| workspace::root().join(folder).join(link));
        let not_found = paths.chain(links).filter(|path| !path.exists());
        missing.extend(not_found.map(|path| format!("{document}: {}", path.display())));
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

/// Reads all Rust source at a path, which is a file or a folder.
fn read_rust_source(path: &Path) -> String {
    if path.is_file() {
        return workspace::read_file(path);
    }
    let entries = workspace::list_folder(path);
    let sources = entries.iter().filter(|it| it.is_dir() || it.extension() == Some("rs".as_ref()));
    sources.map(|entry| read_rust_source(entry)).collect()
}

/// A line of the code map has a path, and then functions of that path as `name()`.
#[test]
fn each_function_in_the_code_map_is_at_its_path() {
    let text = read_repository_file("ARCHITECTURE.md");
    let mut seen = 0;
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let spans: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
        let Some(path) = spans.first().filter(|span| is_path(span)) else { continue };
        let source = read_rust_source(&workspace::root().join(path));
        for function in spans[1..].iter().filter_map(|span| span.strip_suffix("()")) {
            seen += 1;
            let is_defined = source.contains(&format!("fn {function}("))
                || source.contains(&format!("fn {function}<"));
            assert!(is_defined, "`{path}` has no function `{function}`");
        }
    }
    assert!(seen > 15, "only {seen} functions");
}
