//! Templates and programs that could be mixed up: binaries of one name, packages of one name, builds that fail, and
//! directories that cannot be written. A template is always beside the program of its own build, or there is none.

use std::fs;

use skylift_tests::cargo::Run;

use crate::tree::{Tree, hello_project, main_source, new_project};

/// Returns the output of a build that failed.
fn failure_output(run: &Run) -> String {
    assert!(!run.succeeded(), "{}", run.terminal());
    run.terminal()
}

/// `bootstrap` is the usual name of a binary for Lambda. Cargo puts both at `<target>/debug/bootstrap`.
#[test]
fn two_packages_with_binaries_of_one_name_have_their_own_programs() {
    let binary = "[[bin]]\nname = \"bootstrap\"\npath = \"src/main.rs\"\n";
    let project = new_project("one-binary-name")
        .workspace(&["first", "second"])
        .package("first", "one-name-first", &[], binary)
        .file("first/src/main.rs", &main_source("first"))
        .package("second", "one-name-second", &[], binary)
        .file("second/src/main.rs", &main_source("second"));
    let packages = [("one-name-first", "first"), ("one-name-second", "second")];
    for (package, _) in packages {
        project.build(&["-p", package]);
    }
    // The same in the other order, and with nothing left to compile.
    for (package, _) in packages.into_iter().rev() {
        project.build(&["-p", package]);
    }
    for (package, function) in packages {
        let tree = Tree::for_package(&project, package);
        tree.assert_handlers(&[function]);
        assert_eq!(tree.invoke("bootstrap", function), format!("{function} from dev"));
    }
}

/// Cargo does not tell such packages apart. Only the second build, which compiles, can notice it.
#[test]
fn two_packages_of_one_name_do_not_publish_into_one_directory() {
    let first = hello_project("same-name");
    let binary = first.build(&[]).executable("same-name");
    let kept = Tree::for_project(&first);
    let copy = first.root().join("../same-name copy");
    let _ = fs::remove_dir_all(&copy);
    for file in ["Cargo.toml", "Cargo.lock", "build.rs", "src/main.rs"] {
        let path = copy.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, first.read(file)).unwrap();
    }
    let manifest = copy.join("Cargo.toml");
    let run = first.cargo().attempt(&["build", "--manifest-path", manifest.to_str().unwrap()]);
    let output = failure_output(&run);
    assert!(output.contains("another package publishes its template in"), "{output}");
    kept.assert_handlers(&["hello"]);
    assert_eq!(kept.invoke("bootstrap", "hello"), "hello from dev");
    fs::remove_dir_all(&copy).unwrap();
    first.write("src/main.rs", &main_source("welcome"));
    first.build(&[]);
    kept.assert_complete(&binary, &["welcome"]);
}

#[test]
fn a_build_that_fails_publishes_nothing_and_a_deleted_binary_changes_nothing() {
    let project = hello_project("failing");
    let tree = Tree::for_project(&project);
    project.build(&[]);
    project.cargo().run(&["clean", "-p", "failing"]);
    tree.assert_handlers(&["hello"]);
    assert_eq!(tree.invoke("bootstrap", "hello"), "hello from dev");

    // An error of rustc after the macros.
    let wrong = format!("{}const NUMBER: u8 = \"text\";\n", main_source("welcome"));
    project.write("src/main.rs", &wrong);
    failure_output(&project.cargo().attempt(&["build"]));
    assert!(tree.is_empty());

    // An error of the linker.
    project.write("src/main.rs", &main_source("welcome"));
    let broken = "-Clink-arg=--no-such-option";
    let linked = project.cargo().attempt(&["rustc", "--", broken]);
    assert!(!linked.succeeded());
    assert!(tree.is_empty());

    let binary = project.build(&[]).executable("failing");
    tree.assert_complete(&binary, &["welcome"]);
}

#[test]
fn outputs_that_cannot_be_written_fail_the_build_and_the_next_build_publishes() {
    let project = hello_project("blocked");
    let tree = Tree::for_project(&project);
    project.build(&[]);
    // A folder in the place of a file can be neither removed nor replaced. The first is found when `main!()`
    // expands, the second only after the binary is linked.
    for (blocked, function) in [("app.json", "welcome"), (".published", "goodbye")] {
        let block = project.outputs("blocked").join(blocked);
        fs::remove_file(&block).unwrap();
        fs::create_dir_all(block.join("folder")).unwrap();
        project.write("src/main.rs", &main_source(function));
        for _ in 0..2 {
            let output = failure_output(&project.cargo().attempt(&["build"]));
            let error = "error: the template cannot be published, because `";
            assert_eq!(output.matches(error).count(), 1, "{output}");
            assert!(output.contains(blocked) && output.contains("SKYLIFT_OUT_DIR"), "{output}");
            assert!(!output.contains("didn't exit successfully"), "{output}");
            assert_eq!(tree.template(), None, "{blocked}");
            assert!(!project.outputs("blocked").join(".new").exists(), "{blocked}");
        }
        fs::remove_dir_all(&block).unwrap();
        let binary = project.build(&[]).executable("blocked");
        tree.assert_complete(&binary, &[function]);
    }
}
