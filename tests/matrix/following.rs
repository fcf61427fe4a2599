//! Several builds in a row: the tree belongs to the last one, and an unchanged package is not built again.

use crate::tree::{Tree, hello_project, main_source, new_project};

#[test]
fn the_program_is_that_of_the_last_build_of_dev_and_release_even_if_nothing_was_compiled() {
    // The test does not need optimised code, which takes time to compile. `debug-assertions` adds the local
    // host to the release build.
    let profile = "[profile.release]\nopt-level = 0\n\n\
                   [profile.release.package.skylift]\ndebug-assertions = true\n";
    let project = new_project("following")
        .package("", "following", &[], profile)
        .file("src/main.rs", &main_source("hello"));
    let builds: [(&[&str], &str); 5] = [
        (&[], "dev"),
        (&["--release"], "release"),
        (&[], "dev"),
        (&["--release"], "release"),
        (&[], "dev"),
    ];
    for (number, (args, profile)) in builds.into_iter().enumerate() {
        let run = project.build(args);
        let tree = Tree::for_project(&project);
        tree.assert_complete(&run.executable("following"), &["hello"]);
        assert_eq!(
            tree.invoke("bootstrap", "hello"),
            format!("hello from {profile}"),
            "after build {number}"
        );
    }
}

#[test]
fn a_build_of_an_unchanged_package_runs_nothing() {
    let project = hello_project("unchanged");
    assert!(project.build(&[]).compiled().contains(&"unchanged".to_owned()));
    for _ in 0..2 {
        assert_eq!(project.build(&[]).compiled(), Vec::<String>::new());
        assert!(!project.cargo().run(&["build", "-v"]).terminal().contains("Running `"));
    }
}

#[test]
fn a_change_of_only_the_metadata_gives_a_new_template() {
    let project = hello_project("metadata-alone");
    project.build(&[]);
    let before = Tree::for_project(&project).template().unwrap();
    assert!(!before.contains("MemorySize: 321"), "{before}");
    project.append("Cargo.toml", "\n[package.metadata.skylift]\nmemory = 321\n");
    let run = project.build(&[]);
    let after = Tree::for_project(&project).template().unwrap();
    assert!(after.contains("MemorySize: 321"), "{after}");
    Tree::for_project(&project).assert_complete(&run.executable("metadata-alone"), &["hello"]);
}

#[test]
fn a_change_of_the_source_gives_a_new_template_and_binary() {
    let project = hello_project("source-changed");
    project.build(&[]);
    let source = main_source("hello");
    project.write("src/main.rs", &source.replace("hello", "welcome"));
    let run = project.build(&[]);
    Tree::for_project(&project).assert_complete(&run.executable("source-changed"), &["welcome"]);
    assert_eq!(Tree::for_project(&project).invoke("bootstrap", "welcome"), "welcome from dev");
}

#[test]
fn check_clippy_test_and_doc_change_neither_template_nor_program() {
    let test = "\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn passes() {}\n}\n";
    let source = format!("{}{test}", main_source("hello"));
    let project = hello_project("other-commands")
        .file("src/main.rs", &source)
        .file("tests/outside.rs", "#[test]\nfn passes() {}\n");
    let binary = project.build(&[]).executable("other-commands");
    let template = Tree::for_project(&project).template();
    let commands: [&[&str]; 5] = [
        &["check"],
        &["check", "--all-targets"],
        &["clippy", "--all-targets"],
        &["test"],
        &["doc", "--no-deps"],
    ];
    for command in commands {
        project.cargo().run(command);
        assert_eq!(
            Tree::for_project(&project).template(),
            template,
            "after `cargo {}`",
            command.join(" ")
        );
        Tree::for_project(&project).assert_complete(&binary, &["hello"]);
        assert_eq!(Tree::for_project(&project).invoke("bootstrap", "hello"), "hello from dev");
    }
    assert_eq!(project.build(&[]).compiled(), Vec::<String>::new());
}
