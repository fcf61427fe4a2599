//! The compiler's messages about mistakes: each `ui/<attribute>/fail/<case>.rs` has its messages in
//! `<case>.stderr`. trybuild compiles the cases. Its packages have no build script, so the build step runs here
//! first, for each case as a package, and an environment variable gives the macros the folder of its notes.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use skylift_tests::{cases, workspace};
use tempfile::TempDir;

/// The variable with the cases, in the process whose environment has the folder of their notes.
const CASES: &str = "SKYLIFT_UI_CASES";

/// The prefix of cases about a package without a build step.
const WITHOUT_STEP: &str = "no_build_step";

#[test]
fn every_mistake_in_an_item_has_its_message_at_the_token_that_is_wrong() {
    let name = "every_mistake_in_an_item_has_its_message_at_the_token_that_is_wrong";
    let wanted = |attribute: &str| !["feature", "main"].contains(&attribute);
    compile_groups(name, "mistakes", || vec![cases::ui_cases("fail", wanted)]);
}

/// The package of these cases enables no feature of `skylift`.
#[test]
fn every_missing_feature_has_one_message_where_it_is_needed() {
    let name = "every_missing_feature_has_one_message_where_it_is_needed";
    compile_groups(name, "featureless", || {
        vec![cases::ui_cases("fail", |attribute| attribute == "feature")]
    });
}

/// Problems of a whole application are in its index, so each case needs its own index.
#[test]
fn every_mistake_in_an_application_has_its_message() {
    let name = "every_mistake_in_an_application_has_its_message";
    compile_groups(name, "mistakes", || {
        let cases = cases::ui_cases("fail", |attribute| attribute == "main");
        cases.into_iter().map(|case| vec![case]).collect()
    });
}

/// Compiles each group of cases with the notes of that group.
///
/// A running process cannot change its environment safely. The test named `test` therefore runs itself again for
/// each group, with the folder of the notes in the environment. `package` is the folder of the package whose
/// dependencies the cases use.
fn compile_groups(test: &str, package: &str, groups: impl FnOnce() -> Vec<Vec<PathBuf>>) {
    if let Some(cases) = env::var_os(CASES) {
        let runner = trybuild::TestCases::new();
        env::split_paths(&cases).for_each(|case| runner.compile_fail(case));
        return;
    }
    let mut failed = false;
    for cases in groups() {
        let notes = write_notes(&cases);
        let mut again = Command::new(env::current_exe().unwrap());
        again.args([test, "--exact", "--nocapture"]).args(case_filters());
        again.env(CASES, env::join_paths(&cases).unwrap()).env("SKYLIFT_NOTES", notes.path());
        // That package has fewer dependencies. Its folder links to the cases.
        again.env("CARGO_MANIFEST_DIR", workspace::root().join("tests").join(package));
        if env::var_os("SKYLIFT_BLESS").is_some() {
            again.env("TRYBUILD", "overwrite");
        }
        failed |= !again.status().unwrap().success();
    }
    assert!(!failed, "see above; `cargo xtask bless` writes the present messages");
}

/// Returns the arguments `trybuild=…` of the command line, which select cases by name.
fn case_filters() -> impl Iterator<Item = String> {
    env::args().filter(|argument| argument.starts_with("trybuild="))
}

/// Runs the build step on each case and merges its notes and index into one folder.
fn write_notes(cases: &[PathBuf]) -> TempDir {
    let merged = tempfile::tempdir().unwrap();
    fs::create_dir(merged.path().join("notes")).unwrap();
    for case in cases.iter().filter(|case| !workspace::file_name(case).starts_with(WITHOUT_STEP)) {
        let package = tempfile::tempdir().unwrap();
        let out = cases::run_build_step(package.path(), case).join("skylift");
        for note in workspace::list_folder(&out.join("notes")) {
            let into = merged.path().join("notes").join(note.file_name().unwrap());
            assert!(!into.exists(), "{}: another case has the same item", case.display());
            fs::rename(note, into).unwrap();
        }
        let mut index = fs::read_to_string(out.join("index")).unwrap();
        if cases.len() > 1 {
            // These are problems of a single case as an application, such as one without functions.
            let lines = index.lines().filter(|line| !line.starts_with("problem\t"));
            index = lines.flat_map(|line| [line, "\n"]).collect();
        }
        fs::write(merged.path().join("index"), index).unwrap();
    }
    merged
}
