//! What rustc says of a mistake: `ui/<attribute>/fail/<case>.rs` with its message in `<case>.stderr`
//! beside it. trybuild compiles them; since its packages have no build script, the build step runs here
//! first, once for each case as for a package of its own, and the macros are told where its notes lie.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use skylift_tests::{cases, places};
use tempfile::TempDir;

/// The cases, in the process that has the notes of them in its environment.
const CASES: &str = "SKYLIFT_UI_CASES";

/// The cases that show what a package without a build step gets begin so.
const WITHOUT_STEP: &str = "no_build_step";

#[test]
fn every_mistake_in_an_item_has_its_message_at_the_token_that_is_wrong() {
    let name = "every_mistake_in_an_item_has_its_message_at_the_token_that_is_wrong";
    compile(name, || vec![cases::ui("fail", |attribute| attribute != "main")]);
}

/// What is wrong with an application as a whole comes from its index, so each case has its own.
#[test]
fn every_mistake_in_an_application_has_its_message() {
    let name = "every_mistake_in_an_application_has_its_message";
    compile(name, || {
        let cases = cases::ui("fail", |attribute| attribute == "main");
        cases.into_iter().map(|case| vec![case]).collect()
    });
}

/// Compiles each group of cases beside the notes of that group.
///
/// The environment of a running process cannot be changed safely: the test named `test` runs itself
/// again for each group, with the notes in the environment from the start.
fn compile(test: &str, groups: impl FnOnce() -> Vec<Vec<PathBuf>>) {
    if let Some(cases) = env::var_os(CASES) {
        let runner = trybuild::TestCases::new();
        env::split_paths(&cases).for_each(|case| runner.compile_fail(case));
        return;
    }
    let mut failed = false;
    for cases in groups() {
        let notes = notes(&cases);
        let mut again = Command::new(env::current_exe().unwrap());
        again.args([test, "--exact", "--nocapture"]).args(filters());
        again.env(CASES, env::join_paths(&cases).unwrap()).env("SKYLIFT_NOTES", notes.path());
        // That package depends on less, and has the cases in its folder too.
        again.env("CARGO_MANIFEST_DIR", places::root().join("tests/mistakes"));
        if env::var_os("SKYLIFT_BLESS").is_some() {
            again.env("TRYBUILD", "overwrite");
        }
        failed |= !again.status().unwrap().success();
    }
    assert!(!failed, "see above; `cargo xtask bless` writes the messages of today");
}

/// `trybuild=…` on the command line picks cases by name.
fn filters() -> impl Iterator<Item = String> {
    env::args().filter(|argument| argument.starts_with("trybuild="))
}

/// Runs the build step on each case and puts what it left for the macros into one folder.
fn notes(cases: &[PathBuf]) -> TempDir {
    let merged = tempfile::tempdir().unwrap();
    fs::create_dir(merged.path().join("notes")).unwrap();
    for case in cases.iter().filter(|case| !places::name(case).starts_with(WITHOUT_STEP)) {
        let package = tempfile::tempdir().unwrap();
        let out = cases::run_step(package.path(), case).join("skylift");
        for note in places::entries(&out.join("notes")) {
            let into = merged.path().join("notes").join(note.file_name().unwrap());
            assert!(!into.exists(), "{}: another case has this item too", case.display());
            fs::rename(note, into).unwrap();
        }
        let mut index = fs::read_to_string(out.join("index")).unwrap();
        if cases.len() > 1 {
            // One application has no function, and it is not the one that the others belong to.
            let lines = index.lines().filter(|line| !line.starts_with("problem\t"));
            index = lines.flat_map(|line| [line, "\n"]).collect();
        }
        fs::write(merged.path().join("index"), index).unwrap();
    }
    merged
}
