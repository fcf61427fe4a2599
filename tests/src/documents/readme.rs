//! README.md against the package that it shows.

use crate::markdown::{self, read};

const LINES: usize = 180;

#[test]
fn the_readme_is_short() {
    let lines = read("README.md").lines().count();
    assert!(lines <= LINES, "README.md has {lines} lines, more than {LINES}");
}

#[test]
fn the_tour_of_the_readme_is_the_package_in_the_examples() {
    let readme = read("README.md");
    for (comment, file) in [
        ("# Cargo.toml", "Cargo.toml"),
        ("// build.rs", "build.rs"),
        ("// src/main.rs", "src/main.rs"),
    ] {
        // The package of the reader is beside the clone, that of the examples is within it.
        let shown = markdown::block(&readme, comment).replace("\"../skylift/", "\"../../");
        assert_eq!(shown, read(&format!("examples/tour/{file}")), "{file}");
    }
}
