//! Publishing and unpublishing of outputs: the template and the programs always belong to the same sources.

use std::fs;

use skylift_tests::cargo::Run;
use skylift_tests::project::Project;

use crate::tree::{HELLO, Tree, hello_project, main_source, new_project};

/// Returns the architecture that this machine does not have.
fn other_architecture() -> &'static str {
    if std::env::consts::ARCH == "aarch64" { "x86_64" } else { "arm64" }
}

/// Creates a project with two binaries, the first with a function of this name.
fn project_with_two_binaries(name: &str, function: &str) -> Project {
    new_project(name)
        .package("", name, &[], "")
        .file(&format!("src/bin/{name}-one.rs"), &main_source(function))
        .file(&format!("src/bin/{name}-two.rs"), &main_source("work"))
}

fn failure_output(run: &Run) -> String {
    assert!(!run.succeeded(), "{}", run.terminal());
    run.terminal()
}

#[test]
fn a_function_for_another_architecture_has_a_template_but_no_program() {
    let project = hello_project("other-architecture");
    let binary = project.build(&[]).executable("other-architecture");
    let attribute = format!("#[function(architecture = {})]", other_architecture());
    project.write("src/main.rs", &main_source("hello").replace("#[function]", &attribute));
    for _ in 0..2 {
        let run = project.build(&[]);
        assert!(run.terminal().contains("asks for"), "{}", run.terminal());
        let tree = Tree::for_project(&project);
        tree.assert_handlers(&["hello"]);
        assert!(!tree.has_program("bootstrap"));
        assert!(binary.exists(), "the binary is built for this machine");
    }
    project.write("src/main.rs", &main_source("hello"));
    let run = project.build(&[]);
    Tree::for_project(&project).assert_complete(&run.executable("other-architecture"), &["hello"]);
}

#[test]
fn a_failed_check_with_other_features_is_undone_by_the_next_build() {
    let wrong = "\n#[cfg(feature = \"more\")]\n#[function(memory = 1)]\nasync fn more() -> Result<(), Error> {\n    Ok(())\n}\n";
    let project = new_project("other-features")
        .package("", "other-features", &[], "[features]\nmore = []\n")
        .file("src/main.rs", &format!("{}{wrong}", main_source("hello")));
    let binary = project.build(&[]).executable("other-features");
    failure_output(&project.cargo().attempt(&["check", "--all-features"]));
    project.build(&[]);
    Tree::for_project(&project).assert_complete(&binary, &["hello"]);
}

#[test]
fn a_build_of_one_binary_removes_the_program_of_an_older_build_of_the_other() {
    let project = project_with_two_binaries("one-of-two", "hello");
    project.build(&[]);
    let tree = Tree::for_project(&project);
    assert!(
        tree.has_program("one-of-two-one/bootstrap")
            && tree.has_program("one-of-two-two/bootstrap")
    );

    project.write("src/bin/one-of-two-one.rs", &main_source("welcome"));
    project.build(&["--bin", "one-of-two-two"]);
    tree.assert_handlers(&["welcome", "work"]);
    assert!(
        tree.has_program("one-of-two-two/bootstrap")
            && !tree.has_program("one-of-two-one/bootstrap")
    );

    project.build(&[]);
    assert_eq!(tree.invoke("one-of-two-one/bootstrap", "Welcome"), "welcome from dev");
    assert_eq!(tree.invoke("one-of-two-two/bootstrap", "Work"), "work from dev");
}

#[test]
fn the_program_of_a_deleted_binary_is_removed() {
    let project = project_with_two_binaries("fewer-binaries", "hello");
    project.build(&[]);
    fs::remove_file(project.root().join("src/bin/fewer-binaries-two.rs")).unwrap();
    let run = project.build(&[]);
    let tree = Tree::for_project(&project);
    tree.assert_complete(&run.executable("fewer-binaries-one"), &["hello"]);
    assert!(!tree.has_program("fewer-binaries-one") && !tree.has_program("fewer-binaries-two"));

    project.write("src/bin/fewer-binaries-two.rs", &main_source("work"));
    project.build(&[]);
    tree.assert_handlers(&["hello", "work"]);
    assert!(tree.has_program("fewer-binaries-two/bootstrap") && !tree.has_program("bootstrap"));
}

#[test]
fn metadata_that_is_not_a_table_removes_the_template() {
    let project = hello_project("metadata-no-table");
    project.build(&[]);
    project.append("Cargo.toml", "\n[package.metadata]\nskylift = true\n");
    let terminal = failure_output(&project.cargo().attempt(&["build"]));
    assert!(terminal.contains("`package.metadata.skylift` is not a table"), "{terminal}");
    assert_eq!(Tree::for_project(&project).template(), None);
}

#[test]
fn cargo_test_does_not_replace_the_program_of_a_release_build() {
    let project = new_project("released")
        .package("", "released", &[], "[profile.release]\nopt-level = 0\n")
        .file("src/main.rs", &main_source("hello"))
        .file("tests/outside.rs", "#[test]\nfn passes() {}\n");
    let release = project.build(&["--release"]).executable("released");
    for _ in 0..2 {
        project.cargo().run(&["test"]);
        Tree::for_project(&project).assert_complete(&release, &["hello"]);
    }
    let dev = project.build(&[]).executable("released");
    Tree::for_project(&project).assert_complete(&dev, &["hello"]);
}

#[test]
fn the_directory_of_skylift_out_dir_has_a_folder_for_each_package() {
    let project = new_project("named-directory")
        .workspace(&["first", "second"])
        .package("first", "named-first", &[], "")
        .file("first/src/main.rs", &main_source("first"))
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

/// The source of a function that reads the name of a bucket from a variable that another tool sets.
const RUNTIME_ALONE: &str = r#"use skylift::prelude::*;

#[resource(bucket(existing = env("BUCKET_NAME")))]
pub struct Uploads;

#[function]
async fn named() -> Result<String, Error> {
    <Uploads as skylift::resource::Resource>::name()
}

skylift::main!();
"#;

#[test]
fn a_package_without_templates_has_its_program_and_reads_the_variables_of_another_tool() {
    let project = new_project("runtime-alone")
        .package("", "runtime-alone", &[], "[package.metadata.skylift]\ntemplates = false\n")
        .file("src/main.rs", RUNTIME_ALONE);
    let binary = project.build(&[]).executable("runtime-alone");
    let tree = Tree::for_project(&project);
    assert_eq!(tree.template(), None);
    assert!(tree.has_copy("bootstrap", &binary));
    let outputs = project.outputs("runtime-alone");
    assert!(!outputs.join("cloudformation.yaml").exists());
    for file in ["app.json", "functions/Named/policy.json", "functions/Named/environment.json"] {
        assert!(outputs.join(file).is_file(), "{file}");
    }
    let bucket = [("BUCKET_NAME", "uploads-of-acme")];
    assert_eq!(tree.invoke_with("bootstrap", "Named", &bucket), "uploads-of-acme");

    // With templates, the name has to be one that they can contain.
    let manifest = fs::read_to_string(project.root().join("Cargo.toml")).unwrap();
    project.write("Cargo.toml", &manifest.replace("templates = false", "templates = true"));
    let terminal = failure_output(&project.cargo().attempt(&["build"]));
    assert!(terminal.contains("`env(\"BUCKET_NAME\")` names a resource that another tool"));
    assert!(!outputs.join("app.json").exists());
}
