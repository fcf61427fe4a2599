//! Builds that fail: an application with an error has no template.

use crate::tree::{Tree, hello_project, main_source};

#[test]
fn an_error_removes_the_template_and_its_correction_restores_it() {
    let project = hello_project("mistaken");
    project.build(&[]);
    assert!(Tree::for_project(&project).template().is_some());

    let source = main_source("hello");
    project.write("src/main.rs", &source.replace("#[function]", "#[function(memory = 1)]"));
    let run = project.cargo().attempt(&["build"]);
    assert!(!run.succeeded());
    assert!(run.terminal().contains("src/main.rs:3"), "{}", run.terminal());
    assert_eq!(Tree::for_project(&project).template(), None);

    project.write("src/main.rs", &source);
    let run = project.build(&[]);
    Tree::for_project(&project).assert_complete(&run.executable("mistaken"), &["hello"]);
}

#[test]
fn wrong_metadata_is_an_error_with_its_position_and_removes_the_template() {
    let project = hello_project("mistaken-metadata");
    project.build(&[]);
    let line = project.read("Cargo.toml").lines().count() + 3;
    project.append("Cargo.toml", "\n[package.metadata.skylift]\nmemmory = 512\n");
    let run = project.cargo().attempt(&["build"]);
    assert!(!run.succeeded());
    assert!(run.terminal().contains(&format!("Cargo.toml:{line}:")), "{}", run.terminal());
    assert!(run.terminal().contains("memmory"), "{}", run.terminal());
    // Cargo shows each line of a build script as an error of its own. The help belongs to the error.
    let terminal = run.terminal();
    let errors: Vec<&str> =
        terminal.lines().filter(|line| line.starts_with("error: mistaken-metadata@")).collect();
    let [error] = errors[..] else { panic!("{terminal}") };
    assert!(error.contains("; help: did you mean `memory`?"), "{error}");
    assert_eq!(Tree::for_project(&project).template(), None);
}
