//! The directories of Cargo: the default target directory, a target triple, and a separate build directory.

use skylift_tests::cargo;

use crate::tree::{Tree, hello_project};

#[test]
fn by_default_the_tree_is_in_the_target_directory_of_the_package() {
    let project = hello_project("default-target").with_default_target();
    let run = project.build(&[]);
    assert!(project.target().join("skylift/default-target/template.yaml").is_file());
    Tree::for_project(&project).assert_complete(&run.executable("default-target"), &["hello"]);
    assert_eq!(Tree::for_project(&project).invoke("bootstrap", "hello"), "hello from dev");
}

#[test]
fn an_explicit_target_triple_moves_the_binary_but_not_the_tree() {
    let project = hello_project("explicit-triple");
    let triple = cargo::host_triple();
    let run = project.build(&["--target", triple]);
    let binary = run.executable("explicit-triple");
    assert!(binary.to_str().unwrap().contains(triple), "{}", binary.display());
    Tree::for_project(&project).assert_complete(&binary, &["hello"]);
    assert_eq!(Tree::for_project(&project).invoke("bootstrap", "hello"), "hello from dev");
}

#[test]
fn a_build_directory_from_the_environment_does_not_contain_the_tree() {
    let shared = hello_project("build-directory");
    let build_directory = shared.target().to_owned();
    let project = shared.with_default_target();
    let build =
        |args: &[&str]| project.cargo().env("CARGO_BUILD_BUILD_DIR", &build_directory).run(args);
    let run = build(&["build"]);
    let binary = run.executable("build-directory");
    assert!(binary.starts_with(project.target()), "{}", binary.display());
    Tree::for_project(&project).assert_complete(&binary, &["hello"]);
    assert_eq!(Tree::for_project(&project).invoke("bootstrap", "hello"), "hello from dev");
    assert_eq!(build(&["build"]).compiled(), Vec::<String>::new());
    assert!(!build_directory.join("skylift/build-directory").exists());
}

#[test]
fn a_build_directory_from_a_configuration_file_does_not_contain_the_tree() {
    let shared = hello_project("configured-directory");
    let settings = format!("[build]\nbuild-dir = '{}'\n", shared.target().display());
    let project = shared.with_default_target().file(".cargo/config.toml", &settings);
    let run = project.build(&[]);
    let binary = run.executable("configured-directory");
    assert!(binary.starts_with(project.target()), "{}", binary.display());
    Tree::for_project(&project).assert_complete(&binary, &["hello"]);
}
