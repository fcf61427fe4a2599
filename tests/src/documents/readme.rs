//! Compares README.md with the package of the workspace that it shows.

use crate::markdown;
use crate::workspace::read_repository_file;

const MAX_LINES: usize = 180;

#[test]
fn the_readme_has_at_most_180_lines() {
    let lines = read_repository_file("README.md").lines().count();
    assert!(lines <= MAX_LINES, "README.md has {lines} lines, more than {MAX_LINES}");
}

#[test]
fn the_tour_of_the_readme_is_the_package_examples_tour() {
    let readme = read_repository_file("README.md");
    for (comment, file) in [
        ("# Cargo.toml", "Cargo.toml"),
        ("// build.rs", "build.rs"),
        ("// src/main.rs", "src/main.rs"),
    ] {
        // The reader's package is next to the clone; the package of the examples is inside it.
        let shown = markdown::code_block(&readme, comment).replace("\"../skylift/", "\"../../");
        assert_eq!(shown, read_repository_file(&format!("examples/tour/{file}")), "{file}");
    }
}

#[test]
fn the_error_in_the_readme_is_the_one_that_rustc_shows() {
    let readme = read_repository_file("README.md");
    let (_, section) = readme.split_once("\n## What errors look like\n").unwrap();
    let lines = section.lines().skip_while(|line| line.is_empty());
    let shown = lines.take_while(|line| line.is_empty() || line.starts_with("    "));
    let shown: Vec<&str> = shown.map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    let shown = shown.join("\n").replace("src/main.rs", "ui/function/fail/readme.rs");
    let message = read_repository_file("tests/ui/function/fail/readme.stderr");
    assert!(message.starts_with(shown.trim_end()), "{shown}");
    assert!(shown.lines().count() > 5, "{shown}");
}
