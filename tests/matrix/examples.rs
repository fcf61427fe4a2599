//! Examples in documentation. rustdoc compiles each example as its own crate, which no build step has read. The macros
//! then expand without notes, and publish nothing. Other crates need the notes of the build step.

use skylift_tests::project::Project;

use crate::tree::{HELLO, Tree, new_project};

/// Creates a package that depends on Skylift and does not run its build step.
fn project_without_build_step(name: &str, edition: &str, library: &str) -> Project {
    let project = new_project(name).package("", name, &[], "").file("src/lib.rs", library);
    project.write("build.rs", "fn main() {}\n");
    project.write("Cargo.toml", &project.read("Cargo.toml").replace("2024", edition));
    project
}

/// Returns a library with two examples: `HELLO`, and `main!()`, which is compiled alone.
fn library_with_examples() -> String {
    let example: Vec<String> = HELLO.lines().map(|line| format!("//! {line}")).collect();
    let main = "//! ```standalone_crate\n//! skylift::main!();\n//! ```";
    format!("//! ```\n{}\n//! # fn main() {{}}\n//! ```\n//!\n{main}\n", example.join("\n"))
}

#[test]
fn an_example_compiles_without_the_build_step_and_publishes_nothing() {
    for edition in ["2021", "2024"] {
        let name = format!("documented-{edition}");
        let project = project_without_build_step(&name, edition, &library_with_examples());
        project.cargo().run(&["test", "--doc"]);
        assert_eq!(Tree::for_project(&project).template(), None);
    }
}

#[test]
fn the_same_function_in_a_library_needs_the_build_step() {
    let project = project_without_build_step("no-example", "2024", HELLO);
    let run = project.cargo().attempt(&["check"]);
    assert!(!run.succeeded());
    assert!(run.terminal().contains("build step has not run"), "{}", run.terminal());
}
