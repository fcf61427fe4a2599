//! What is published, by whom, and what is taken back: template and binaries always belong together.

use std::fs;

use skylift_tests::cargo::Run;
use skylift_tests::project::Project;

use crate::tree::{HELLO, Tree, hello, main_with, project};

/// The architecture that this machine does not have.
fn other_architecture() -> &'static str {
    if std::env::consts::ARCH == "aarch64" { "x86_64" } else { "arm64" }
}

/// Two binaries, of which the first has a function of this name.
fn two(name: &str, function: &str) -> Project {
    project(name)
        .package("", name, &[], "")
        .file(&format!("src/bin/{name}-one.rs"), &main_with(function))
        .file(&format!("src/bin/{name}-two.rs"), &main_with("work"))
}

fn fails(run: &Run) -> String {
    assert!(!run.succeeded(), "{}", run.terminal());
    run.terminal()
}

#[test]
fn a_function_for_another_architecture_keeps_its_template_and_gets_no_link() {
    let project = hello("other-architecture");
    let binary = project.build(&[]).executable("other-architecture");
    let asks = format!("#[function(architecture = {})]", other_architecture());
    project.write("src/main.rs", &main_with("hello").replace("#[function]", &asks));
    for _ in 0..2 {
        let run = project.build(&[]);
        assert!(run.terminal().contains("asks for"), "{}", run.terminal());
        let tree = Tree::of(&project);
        tree.assert_lists(&["hello"]);
        assert!(!tree.has("bootstrap"));
        assert!(binary.exists(), "the binary itself is for this machine");
    }
    project.write("src/main.rs", &main_with("hello"));
    let run = project.build(&[]);
    Tree::of(&project).assert_right(&run.executable("other-architecture"), &["hello"]);
}

#[test]
fn a_check_that_fails_with_other_features_is_made_good_by_the_next_build() {
    let wrong = "\n#[cfg(feature = \"more\")]\n#[function(memory = 1)]\nasync fn more() -> Result<(), Error> {\n    Ok(())\n}\n";
    let project = project("other-features")
        .package("", "other-features", &[], "[features]\nmore = []\n")
        .file("src/main.rs", &format!("{}{wrong}", main_with("hello")));
    let binary = project.build(&[]).executable("other-features");
    fails(&project.cargo().attempt(&["check", "--all-features"]));
    project.build(&[]);
    Tree::of(&project).assert_right(&binary, &["hello"]);
}

#[test]
fn a_build_of_one_binary_leaves_no_link_to_another_of_an_older_template() {
    let project = two("one-of-two", "hello");
    project.build(&[]);
    let tree = Tree::of(&project);
    assert!(tree.has("one-of-two-one/bootstrap") && tree.has("one-of-two-two/bootstrap"));

    project.write("src/bin/one-of-two-one.rs", &main_with("welcome"));
    project.build(&["--bin", "one-of-two-two"]);
    tree.assert_lists(&["welcome", "work"]);
    assert!(tree.has("one-of-two-two/bootstrap") && !tree.has("one-of-two-one/bootstrap"));

    project.build(&[]);
    assert_eq!(tree.answer("one-of-two-one/bootstrap", "Welcome"), "welcome from dev");
    assert_eq!(tree.answer("one-of-two-two/bootstrap", "Work"), "work from dev");
}

#[test]
fn links_of_binaries_that_are_gone_go_with_them() {
    let project = two("fewer-binaries", "hello");
    project.build(&[]);
    fs::remove_file(project.root().join("src/bin/fewer-binaries-two.rs")).unwrap();
    let run = project.build(&[]);
    let tree = Tree::of(&project);
    tree.assert_right(&run.executable("fewer-binaries-one"), &["hello"]);
    assert!(!tree.has("fewer-binaries-one") && !tree.has("fewer-binaries-two"));

    project.write("src/bin/fewer-binaries-two.rs", &main_with("work"));
    project.build(&[]);
    tree.assert_lists(&["hello", "work"]);
    assert!(tree.has("fewer-binaries-two/bootstrap") && !tree.has("bootstrap"));
}

#[test]
fn metadata_that_are_no_table_leave_no_template() {
    let project = hello("metadata-no-table");
    project.build(&[]);
    let manifest = fs::read_to_string(project.root().join("Cargo.toml")).unwrap();
    project.write("Cargo.toml", &format!("{manifest}\n[package.metadata]\nskylift = true\n"));
    let terminal = fails(&project.cargo().attempt(&["build"]));
    assert!(terminal.contains("`package.metadata.skylift` is not a table"), "{terminal}");
    assert_eq!(Tree::of(&project).template(), None);
}

#[test]
fn integration_tests_do_not_take_the_place_of_a_release() {
    let project = project("released")
        .package("", "released", &[], "[profile.release]\nopt-level = 0\n")
        .file("src/main.rs", &main_with("hello"))
        .file("tests/outside.rs", "#[test]\nfn passes() {}\n");
    let release = project.build(&["--release"]).executable("released");
    for _ in 0..2 {
        project.cargo().run(&["test"]);
        Tree::of(&project).assert_right(&release, &["hello"]);
    }
    let dev = project.build(&[]).executable("released");
    Tree::of(&project).assert_right(&dev, &["hello"]);
}

#[test]
fn a_named_directory_has_a_folder_for_each_package() {
    let project = project("named-directory")
        .workspace(&["first", "second"])
        .package("first", "named-first", &[], "")
        .file("first/src/main.rs", &main_with("first"))
        .package("second", "named-second", &[], "")
        .file("second/src/lib.rs", HELLO)
        .file("second/src/main.rs", "skylift::main!();\n");
    let folder = project.root().join("to deploy");
    project.cargo().env("SKYLIFT_OUT_DIR", &folder).run(&["build"]);
    for package in ["named-first", "named-second"] {
        for file in ["template.yaml", "cloudformation.yaml", "app.json", "code/bootstrap"] {
            assert!(folder.join(package).join(file).exists(), "{package}/{file}");
        }
    }
}
