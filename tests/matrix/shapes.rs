//! Kinds of packages: with one binary or several, with a library, in a workspace, and with features.

use skylift_tests::workspace;

use crate::tree::{HELLO, Tree, hello_project, main_source, new_project};

#[test]
fn a_binary_has_a_template_an_app_json_and_a_program() {
    let project = hello_project("one-binary");
    let run = project.build(&[]);
    let tree = Tree::for_project(&project);
    tree.assert_complete(&run.executable("one-binary"), &["hello"]);
    assert_eq!(tree.invoke("bootstrap", "hello"), "hello from dev");
}

#[test]
fn each_of_several_binaries_has_its_own_program_and_code_key() {
    let project = new_project("several-binaries")
        .package("", "several-binaries", &[], "")
        .file("src/bin/several-api.rs", &main_source("hello"))
        .file("src/bin/several-worker.rs", &main_source("work"));
    let run = project.build(&[]);
    let tree = Tree::for_project(&project);
    tree.assert_handlers(&["hello", "work"]);
    for (binary, function) in [("several-api", "hello"), ("several-worker", "work")] {
        let program = format!("{binary}/bootstrap");
        assert!(tree.has_copy(&program, &run.executable(binary)), "{binary}");
        assert_eq!(tree.invoke(&program, function), format!("{function} from dev"));
        assert!(tree.template().unwrap().contains(&format!("code/{binary}")), "{binary}");
    }
    // Without SAM, a parameter for each binary has the key of its code in S3.
    let plain =
        workspace::read_file(&project.outputs("several-binaries").join("cloudformation.yaml"));
    for (key, function) in [("CodeKeySeveralApi", "Hello"), ("CodeKeySeveralWorker", "Work")] {
        assert_eq!(plain.matches(&format!("\n  {key}:\n    Type: String\n")).count(), 1, "{plain}");
        let (_, resource) = plain.split_once(&format!("\n  {function}:\n")).expect("the function");
        let (_, code) = resource.split_once("S3Key: ").expect("the key of its code");
        assert!(code.starts_with(&format!("!Ref {key}\n")), "{plain}");
    }
    assert!(!plain.contains("\n  CodeKey:\n"), "{plain}");
}

#[test]
fn a_second_binary_without_functions_changes_nothing() {
    let project = hello_project("beside-a-tool")
        .file("src/bin/a-plain-tool.rs", "fn main() {\n    println!(\"a tool\");\n}\n");
    let run = project.build(&[]);
    Tree::for_project(&project).assert_complete(&run.executable("beside-a-tool"), &["hello"]);
    assert!(!Tree::for_project(&project).has_program("a-plain-tool/bootstrap"));
}

#[test]
fn the_binary_serves_the_functions_of_the_library_of_its_package() {
    let project = new_project("library-beside")
        .package("", "library-beside", &[], "")
        .file("src/lib.rs", "//! The application.\nmod inner;\n")
        .file("src/inner.rs", HELLO)
        .file("src/main.rs", "skylift::main!();\n");
    let run = project.build(&[]);
    let tree = Tree::for_project(&project);
    tree.assert_complete(&run.executable("library-beside"), &["inner::hello"]);
    assert_eq!(tree.invoke("bootstrap", "Hello"), "hello from dev");
}

#[test]
fn every_package_of_a_workspace_has_its_own_tree() {
    let project = new_project("workspace")
        .workspace(&["first", "second"])
        .package("first", "workspace-first", &[], "")
        .file("first/src/main.rs", &main_source("first"))
        .package("second", "workspace-second", &[], "")
        .file("second/src/main.rs", &main_source("second"));
    let run = project.build(&["--workspace"]);
    for (package, function) in [("workspace-first", "first"), ("workspace-second", "second")] {
        let tree = Tree::for_package(&project, package);
        tree.assert_complete(&run.executable(package), &[function]);
        assert_eq!(tree.invoke("bootstrap", function), format!("{function} from dev"));
    }
}

#[test]
fn features_decide_which_functions_exist() {
    let more = HELLO.replace("hello", "more").replace("use skylift::prelude::*;\n", "");
    let source = format!("{HELLO}\n#[cfg(feature = \"more-of-it\")]{more}\nskylift::main!();\n");
    let project = new_project("features")
        .package("", "features", &[], "[features]\nmore-of-it = []\n")
        .file("src/main.rs", &source);
    let builds: [(&[&str], &[&str]); 3] =
        [(&[], &["hello"]), (&["--features", "more-of-it"], &["hello", "more"]), (&[], &["hello"])];
    for (args, handlers) in builds {
        let run = project.build(args);
        Tree::for_project(&project).assert_complete(&run.executable("features"), handlers);
        assert_eq!(Tree::for_project(&project).invoke("bootstrap", "hello"), "hello from dev");
    }
}

/// The tests of `codegen` compare the other golden templates, with the build step alone.
#[test]
fn a_build_writes_the_golden_templates() {
    let case = workspace::root().join("tests/templates/function_settings");
    let source = workspace::read_file(&case.join("main.rs"));
    let project = new_project("function_settings")
        .package("", "function_settings", &[], "")
        .file("src/main.rs", &source);
    project.build(&[]);
    for file in ["template.yaml", "cloudformation.yaml"] {
        let written = workspace::read_file(&project.outputs("function_settings").join(file));
        assert_eq!(written, workspace::read_file(&case.join(file)), "{file}");
    }
}
