//! README.md as its reader follows it. Takes the package that it shows, outside of this workspace, and
//! the commands below it, and gives what they print.

use std::process::Command;

use skylift_tests::program::Program;
use skylift_tests::{markdown, workspace};

use crate::tree::{self, Tree};

/// The port where the local host listens unless `SKYLIFT_PORT` says otherwise. Another program may have it.
const PORT: &str = "127.0.0.1:9000";

#[test]
fn the_commands_of_the_readme_build_its_package_and_print_what_it_says() {
    let readme = markdown::read("README.md");
    let root = format!("\"{}/", workspace::root().display());
    let manifest = markdown::block(&readme, "# Cargo.toml").replace("\"../skylift/", &root);
    // The folder of the tests is within the workspace of Skylift, that of a reader is not.
    let project = tree::new_project("tour")
        .file("Cargo.toml", &format!("{manifest}\n[workspace]\n"))
        .file("build.rs", &markdown::block(&readme, "// build.rs"))
        .file("src/main.rs", &markdown::block(&readme, "// src/main.rs"));
    let binary = project.build(&[]).executable("tour");
    Tree::for_project(&project).assert_complete(&binary, &["quote", "submit", "work"]);

    let (start, request, answer) = console(&readme);
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
    assert!(request.contains(PORT), "{request}");
    let output =
        Command::new("sh").args(["-c", &request.replace(PORT, &address)]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), answer, "{}", server.log());
    assert!(server.interrupt().success());
}

/// The two commands of the block `console`, and what the second one prints.
fn console(readme: &str) -> (&str, &str, String) {
    let (_, rest) = readme.split_once("\n```console\n").unwrap();
    let (block, _) = rest.split_once("\n```").unwrap();
    let mut lines = block.lines();
    let mut command = || lines.next().and_then(|line| line.strip_prefix("$ ")).unwrap();
    let (start, request) = (command(), command());
    (start, request, lines.map(|line| format!("{line}\n")).collect())
}
