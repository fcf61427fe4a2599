//! One build after another: the tree follows the last one, and nothing runs that need not.

use std::fs;

use crate::tree::{Tree, hello, main_with, project};

#[test]
fn the_link_follows_dev_and_release_builds_even_where_nothing_is_left_to_compile() {
    // Optimisation is not what this is about, and takes its time. The local host is left out of a
    // release unless asked for, as here.
    let profile = "[profile.release]\nopt-level = 0\n\n\
                   [profile.release.package.skylift]\ndebug-assertions = true\n";
    let project = project("following")
        .package("", "following", &[], profile)
        .file("src/main.rs", &main_with("hello"));
    let builds: [(&[&str], &str); 5] = [
        (&[], "dev"),
        (&["--release"], "release"),
        (&[], "dev"),
        (&["--release"], "release"),
        (&[], "dev"),
    ];
    for (number, (args, profile)) in builds.into_iter().enumerate() {
        let run = project.build(args);
        let tree = Tree::of(&project);
        tree.assert_right(&run.executable("following"), &["hello"]);
        assert_eq!(
            tree.answer("bootstrap", "hello"),
            format!("hello from {profile}"),
            "after build {number}"
        );
    }
}

#[test]
fn an_unchanged_build_reruns_nothing() {
    let project = hello("unchanged");
    assert!(project.build(&[]).compiled().contains(&"unchanged".to_owned()));
    for _ in 0..2 {
        assert_eq!(project.build(&[]).compiled(), Vec::<String>::new());
        assert!(!project.cargo().run(&["build", "-v"]).terminal().contains("Running `"));
    }
}

#[test]
fn a_change_of_the_metadata_alone_gives_a_new_template() {
    let project = hello("metadata-alone");
    project.build(&[]);
    let before = Tree::of(&project).template().unwrap();
    assert!(!before.contains("MemorySize: 321"), "{before}");
    let manifest = fs::read_to_string(project.root().join("Cargo.toml")).unwrap();
    project.write("Cargo.toml", &format!("{manifest}\n[package.metadata.skylift]\nmemory = 321\n"));
    let run = project.build(&[]);
    let after = Tree::of(&project).template().unwrap();
    assert!(after.contains("MemorySize: 321"), "{after}");
    Tree::of(&project).assert_right(&run.executable("metadata-alone"), &["hello"]);
}

#[test]
fn a_change_of_the_source_gives_a_new_template_and_binary() {
    let project = hello("source-changed");
    project.build(&[]);
    let source = main_with("hello");
    project.write("src/main.rs", &source.replace("hello", "welcome"));
    let run = project.build(&[]);
    Tree::of(&project).assert_right(&run.executable("source-changed"), &["welcome"]);
    assert_eq!(Tree::of(&project).answer("bootstrap", "welcome"), "welcome from dev");
}

#[test]
fn tests_clippy_check_and_doc_leave_template_and_link_as_they_are() {
    let test = "\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn passes() {}\n}\n";
    let source = format!("{}{test}", main_with("hello"));
    let project = hello("other-commands")
        .file("src/main.rs", &source)
        .file("tests/outside.rs", "#[test]\nfn passes() {}\n");
    let binary = project.build(&[]).executable("other-commands");
    let template = Tree::of(&project).template();
    let commands: [&[&str]; 5] = [
        &["check"],
        &["check", "--all-targets"],
        &["clippy", "--all-targets"],
        &["test"],
        &["doc", "--no-deps"],
    ];
    for command in commands {
        project.cargo().run(command);
        assert_eq!(Tree::of(&project).template(), template, "after `cargo {}`", command.join(" "));
        Tree::of(&project).assert_right(&binary, &["hello"]);
        assert_eq!(Tree::of(&project).answer("bootstrap", "hello"), "hello from dev");
    }
    assert_eq!(project.build(&[]).compiled(), Vec::<String>::new());
}
