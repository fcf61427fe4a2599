//! Builds that fail: no template is left of an application that does not hold together.

use crate::tree::{Tree, hello, main_with};

#[test]
fn an_error_leaves_no_template_and_its_repair_brings_it_back() {
    let project = hello("mistaken");
    project.build(&[]);
    assert!(Tree::of(&project).template().is_some());

    let source = main_with("hello");
    project.write("src/main.rs", &source.replace("#[function]", "#[function(memory = 1)]"));
    let run = project.cargo().attempt(&["build"]);
    assert!(!run.succeeded());
    assert!(run.terminal().contains("src/main.rs:3"), "{}", run.terminal());
    assert_eq!(Tree::of(&project).template(), None);

    project.write("src/main.rs", &source);
    let run = project.build(&[]);
    Tree::of(&project).assert_right(&run.executable("mistaken"), &["hello"]);
}

#[test]
fn wrong_metadata_is_an_error_with_its_place_and_leaves_no_template() {
    let project = hello("mistaken-metadata");
    project.build(&[]);
    let manifest = std::fs::read_to_string(project.root().join("Cargo.toml")).unwrap();
    project
        .write("Cargo.toml", &format!("{manifest}\n[package.metadata.skylift]\nmemmory = 512\n"));
    let run = project.cargo().attempt(&["build"]);
    assert!(!run.succeeded());
    let line = manifest.lines().count() + 3;
    assert!(run.terminal().contains(&format!("Cargo.toml:{line}:")), "{}", run.terminal());
    assert!(run.terminal().contains("memmory"), "{}", run.terminal());
    assert_eq!(Tree::of(&project).template(), None);
}
