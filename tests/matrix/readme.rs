//! Follows README.md as a reader would. Takes its package, outside of this workspace, and its commands, and compares
//! their output with the one in README.md.

use std::process::Command;

use skylift_tests::program::Program;
use skylift_tests::{markdown, workspace};

use crate::tree::{self, Tree};

/// The default address of the local host. The test uses another port, because a program may already have this one.
const DEFAULT_ADDRESS: &str = "127.0.0.1:9000";

#[test]
fn the_commands_of_the_readme_build_its_package_and_print_its_output() {
    let readme = workspace::read_repository_file("README.md");
    let root = format!("\"{}/", workspace::root().display());
    let manifest = markdown::code_block(&readme, "# Cargo.toml").replace("\"../skylift/", &root);
    // Unlike a reader's folder, the folder of the tests is inside of Skylift's workspace.
    let project = tree::new_project("tour")
        .file("Cargo.toml", &format!("{manifest}\n[workspace]\n"))
        .file("build.rs", &markdown::code_block(&readme, "// build.rs"))
        .file("src/main.rs", &markdown::code_block(&readme, "// src/main.rs"));
    let binary = project.build(&[]).executable("tour");
    Tree::for_project(&project).assert_complete(&binary, &["quote", "submit", "work"]);

    let (start, request, response) = parse_console_block(&readme);
    let words: Vec<&str> = start.split(' ').collect();
    assert_eq!(words[0], "cargo");
    let mut command = project.cargo().env("SKYLIFT_PORT", "0").command(&words[1..]);
    let mut server = Program::start(&mut command);
    let address = format!("127.0.0.1:{}", server.wait_for_port());
    let log = server.log();
    for variable in ["JOBS_QUEUE_URL", "PRINTED_TABLE_NAME"] {
        assert!(readme.contains(&format!("`{variable}`")), "README.md names `{variable}`");
        assert!(log.contains(&format!("`{variable}` is not set")), "{log}");
    }
    assert!(request.contains(DEFAULT_ADDRESS), "{request}");
    let output = Command::new("sh")
        .args(["-c", &request.replace(DEFAULT_ADDRESS, &address)])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), response, "{}", server.log());
    assert!(server.interrupt().success());
}

/// Parses the block `console`. Returns its two commands and the output of the second.
fn parse_console_block(readme: &str) -> (&str, &str, String) {
    let (_, rest) = readme.split_once("\n```console\n").unwrap();
    let (block, _) = rest.split_once("\n```").unwrap();
    let mut lines = block.lines();
    let mut command = || lines.next().and_then(|line| line.strip_prefix("$ ")).unwrap();
    let (start, request) = (command(), command());
    (start, request, lines.flat_map(|line| [line, "\n"]).collect())
}
