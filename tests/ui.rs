//! What rustc says of a mistake: `ui/<attribute>/fail/<case>.rs` with its message in `<case>.stderr`
//! beside it, and `ui/<attribute>/pass/<case>.rs` without a message. trybuild compiles the mistakes,
//! rustc by itself what is right. Neither runs a build script: the build step runs here first, once for
//! each case as for a package of its own, and the macros are told where its notes lie.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use skylift_tests::cases::Package;
use skylift_tests::places;
use skylift_tests::rustc::{Crates, in_parallel};
use tempfile::TempDir;

/// The cases, in the process that has the notes of them in its environment.
const CASES: &str = "SKYLIFT_UI_CASES";

/// The cases that show what a package without a build step gets begin so.
const WITHOUT_STEP: &str = "no_build_step";

#[test]
fn every_mistake_in_an_item_has_its_message_at_the_token_that_is_wrong() {
    let name = "every_mistake_in_an_item_has_its_message_at_the_token_that_is_wrong";
    compile(name, || vec![cases("fail", |attribute| attribute != "main")]);
}

/// What is wrong with an application as a whole comes from its index, so each case has its own.
#[test]
fn every_mistake_in_an_application_has_its_message() {
    let name = "every_mistake_in_an_application_has_its_message";
    compile(name, || {
        let cases = cases("fail", |attribute| attribute == "main");
        cases.into_iter().map(|case| vec![case]).collect()
    });
}

#[test]
fn what_is_right_compiles_without_a_message() {
    let crates = Crates::find(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("right"));
    let said = in_parallel(&cases("pass", |_| true), |case| {
        let package = tempfile::tempdir().unwrap();
        let out = run_step(package.path(), case);
        let name = case.with_extension("").to_str().unwrap().replace('/', "_");
        let output = crates.check(&name, &places::root().join("tests").join(case), &out);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        println!("test {} ... {}", case.display(), if said.is_empty() { "ok" } else { "FAILED" });
        assert_eq!(output.status.success(), said.is_empty(), "{}: {said}", case.display());
        said
    });
    assert!(said.iter().all(String::is_empty), "{}", said.concat());
}

/// The cases below the folder `kind` of some attributes, as paths from this package, in order.
fn cases(kind: &str, wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let package = places::root().join("tests");
    let attributes = entries(&package.join("ui"));
    let mut cases = Vec::new();
    for attribute in attributes.iter().filter(|folder| wanted(&places::name(folder))) {
        let folder = attribute.join(kind);
        let files = if folder.is_dir() { entries(&folder) } else { Vec::new() };
        let sources = files.iter().filter(|file| file.extension().is_some_and(|it| it == "rs"));
        cases.extend(sources.map(|file| file.strip_prefix(&package).unwrap().to_path_buf()));
    }
    assert!(!cases.is_empty(), "there are no cases of `{kind}`");
    cases
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
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
        again.env("CARGO_MANIFEST_DIR", package_of_mistakes());
        if env::var_os("SKYLIFT_BLESS").is_some() {
            again.env("TRYBUILD", "overwrite");
        }
        failed |= !again.status().unwrap().success();
    }
    assert!(!failed, "see above; `cargo xtask bless` writes the messages of today");
}

/// The package that trybuild takes the dependencies from: what the cases use and nothing else, since
/// trybuild compiles all of it once more. Of the clients only those of buckets and of work that goes on
/// later are there, as in an application that needs no more. It is in the same folder every time: where
/// that changes, some dependencies are compiled again.
fn package_of_mistakes() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mistakes");
        let features = [
            "bucket", "dynamodb", "http", "kinesis", "metrics", "resume", "s3", "schedule", "sqs",
        ];
        let manifest = format!(
            "[package]\nname = \"skylift-tests\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\
             skylift = {{ path = '{}', default-features = false, features = {features:?} }}\n",
            places::root().join("runtime").display()
        );
        fs::create_dir_all(package.join("src")).unwrap();
        fs::write(package.join("Cargo.toml"), manifest).unwrap();
        fs::write(package.join("src/lib.rs"), "").unwrap();
        // trybuild looks for the cases here.
        let cases = package.join("ui");
        if !cases.exists() {
            std::os::unix::fs::symlink(places::root().join("tests/ui"), cases).unwrap();
        }
        package
    })
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
        let out = run_step(package.path(), case).join("skylift");
        for note in entries(&out.join("notes")) {
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

/// Runs the build step on a package whose binary is a case, and gives the folder that is `OUT_DIR`.
fn run_step(package: &Path, case: &Path) -> PathBuf {
    let source = fs::read_to_string(places::root().join("tests").join(case)).unwrap();
    // The lines of the case stay where they are: messages name them.
    let source = format!("{source}\nskylift::main!();\n");
    Package { name: "case", binary: case, source: &source }.run_step(package)
}
