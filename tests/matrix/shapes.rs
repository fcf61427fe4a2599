//! What a package can look like: one binary or several, a library beside them, a workspace, features.

use std::fs;
use std::path::Path;

use skylift_tests::places;

use crate::tree::{HELLO, Tree, hello, main_with, project};

#[test]
fn a_binary_gives_template_application_and_a_link_to_itself() {
    let project = hello("one-binary");
    let run = project.build(&[]);
    let tree = Tree::of(&project);
    tree.assert_right(&run.executable("one-binary"), &["hello"]);
    assert_eq!(tree.answer("bootstrap", "hello"), "hello from dev");
}

#[test]
fn each_of_several_binaries_has_a_link_of_its_own() {
    let project = project("several-binaries")
        .package("", "several-binaries", &[], "")
        .file("src/bin/several-api.rs", &main_with("hello"))
        .file("src/bin/several-worker.rs", &main_with("work"));
    let run = project.build(&[]);
    let tree = Tree::of(&project);
    tree.assert_lists(&["hello", "work"]);
    for (binary, function) in [("several-api", "hello"), ("several-worker", "work")] {
        let link = format!("{binary}/bootstrap");
        assert_eq!(tree.binary(&link), run.executable(binary).canonicalize().unwrap());
        assert_eq!(tree.answer(&link, function), format!("{function} from dev"));
        assert!(tree.template().unwrap().contains(&format!("code/{binary}")), "{binary}");
    }
}

#[test]
fn a_binary_without_functions_beside_the_one_that_has_them_changes_nothing() {
    let project = hello("beside-a-tool")
        .file("src/bin/a-plain-tool.rs", "fn main() {\n    println!(\"a tool\");\n}\n");
    let run = project.build(&[]);
    Tree::of(&project).assert_right(&run.executable("beside-a-tool"), &["hello"]);
    assert!(!Tree::of(&project).has("a-plain-tool/bootstrap"));
}

#[test]
fn functions_of_a_library_beside_the_binary_are_served() {
    let project = project("library-beside")
        .package("", "library-beside", &[], "")
        .file("src/lib.rs", "//! The application.\nmod inner;\n")
        .file("src/inner.rs", HELLO)
        .file("src/main.rs", "skylift::main!();\n");
    let run = project.build(&[]);
    let tree = Tree::of(&project);
    tree.assert_right(&run.executable("library-beside"), &["inner::hello"]);
    assert_eq!(tree.answer("bootstrap", "Hello"), "hello from dev");
}

#[test]
fn every_package_of_a_workspace_has_a_tree_of_its_own() {
    let project = project("workspace")
        .workspace(&["first", "second"])
        .package("first", "workspace-first", &[], "")
        .file("first/src/main.rs", &main_with("first"))
        .package("second", "workspace-second", &[], "")
        .file("second/src/main.rs", &main_with("second"));
    let run = project.build(&["--workspace"]);
    for (package, function) in [("workspace-first", "first"), ("workspace-second", "second")] {
        let tree = Tree::of_package(&project, package);
        tree.assert_right(&run.executable(package), &[function]);
        assert_eq!(tree.answer("bootstrap", function), format!("{function} from dev"));
    }
}

#[test]
fn features_decide_which_functions_there_are() {
    let more = HELLO.replace("hello", "more").replace("use skylift::prelude::*;\n", "");
    let source = format!("{HELLO}\n#[cfg(feature = \"more-of-it\")]{more}\nskylift::main!();\n");
    let project = project("features")
        .package("", "features", &[], "[features]\nmore-of-it = []\n")
        .file("src/main.rs", &source);
    let builds: [(&[&str], &[&str]); 3] =
        [(&[], &["hello"]), (&["--features", "more-of-it"], &["hello", "more"]), (&[], &["hello"])];
    for (args, handlers) in builds {
        let run = project.build(args);
        Tree::of(&project).assert_right(&run.executable("features"), handlers);
        assert_eq!(Tree::of(&project).answer("bootstrap", "hello"), "hello from dev");
    }
}

/// All others are compared by the build step alone, in `codegen`.
#[test]
fn a_build_writes_the_templates_that_are_kept_beside_their_source() {
    let case = places::root().join("tests/templates/function_settings");
    let source = fs::read_to_string(case.join("main.rs")).unwrap();
    let project = project("function_settings")
        .package("", "function_settings", &[], "")
        .file("src/main.rs", &source);
    project.build(&[]);
    for file in ["template.yaml", "cloudformation.yaml"] {
        let read = |folder: &Path| fs::read_to_string(folder.join(file)).unwrap();
        assert_eq!(read(&project.outputs("function_settings")), read(&case), "{file}");
    }
}
