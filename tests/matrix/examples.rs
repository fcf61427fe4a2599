//! Examples in documentation. rustdoc compiles each as a crate of its own, which no build step has read: there
//! the macros expand without its notes, and nothing is published. Everywhere else the notes are needed.

use skylift_tests::project::Project;

use crate::tree::{HELLO, Tree, project};

/// A package that depends on Skylift and does not run its build step.
fn without_build_step(name: &str, edition: &str, library: &str) -> Project {
    let project = project(name).package("", name, &[], "").file("src/lib.rs", library);
    project.write("build.rs", "fn main() {}\n");
    let manifest = std::fs::read_to_string(project.root().join("Cargo.toml")).unwrap();
    project.write("Cargo.toml", &manifest.replace("2024", edition));
    project
}

/// A library with an example of `HELLO`, and with one of `main!()`, which is compiled alone.
fn documented() -> String {
    let mut library = String::from("//! ```\n");
    for line in HELLO.lines() {
        library.push_str(&format!("//! {line}\n"));
    }
    library
        + "//! # fn main() {}\n//! ```\n//!\n//! ```standalone_crate\n//! skylift::main!();\n//! ```\n"
}

#[test]
fn an_example_compiles_without_the_build_step_and_publishes_nothing() {
    for edition in ["2021", "2024"] {
        let name = format!("documented-{edition}");
        let project = without_build_step(&name, edition, &documented());
        project.cargo().run(&["test", "--doc"]);
        assert_eq!(Tree::for_project(&project).template(), None);
    }
}

#[test]
fn the_same_item_in_a_library_needs_the_build_step() {
    let project = without_build_step("no-example", "2024", HELLO);
    let run = project.cargo().attempt(&["check"]);
    assert!(!run.succeeded());
    assert!(run.terminal().contains("build step has not run"), "{}", run.terminal());
}
