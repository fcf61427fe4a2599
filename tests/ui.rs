//! What rustc says of a mistake: `ui/<attribute>/fail/<case>.rs` with the messages in `<case>.stderr`
//! beside it, and `ui/<attribute>/pass/<case>.rs` without a message. Each case is a package with a
//! build step, since half of the errors come from there; a runner of files alone cannot show them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

use std::fs;
use std::path::{Path, PathBuf};

use skylift_tests::cargo::Run;
use skylift_tests::cases::{self, Case};
use skylift_tests::places;

/// The cases of all attributes under `fail` or `pass`, in order.
fn cases(kind: &str) -> Vec<Case> {
    let ui = places::root().join("tests/ui");
    let mut cases = Vec::new();
    for attribute in entries(&ui) {
        let folder = attribute.join(kind);
        for source in if folder.is_dir() { entries(&folder) } else { Vec::new() } {
            if source.extension().is_some_and(|extension| extension == "rs") {
                let stem = places::name(&source.with_extension(""));
                let name = format!("{}-{kind}-{stem}", places::name(&attribute)).replace('_', "-");
                cases.push(Case { name, source });
            }
        }
    }
    cases
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn check(kind: &str, cases: &[Case]) -> Run {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    let project = cases::workspace(&scratch, &format!("ui-{kind}"), cases);
    project.cargo().attempt(&["check", "--workspace", "--keep-going"])
}

/// The messages on a case, its path as a user of that file would see it.
fn messages(run: &Run, case: &Case) -> String {
    let path = case.source.strip_prefix(places::root().join("tests")).unwrap();
    let messages = run.messages_on(&case.name).concat();
    messages.replace(&format!("{}/src/main.rs", case.name), path.to_str().unwrap())
}

#[test]
fn every_mistake_has_its_message_at_the_token_that_is_wrong() {
    let cases = cases("fail");
    let run = check("fail", &cases);
    let mut complaints = Vec::new();
    for case in &cases {
        let found = messages(&run, case);
        if found.contains("error") {
            complaints.extend(cases::compare(&case.source.with_extension("stderr"), &found));
        } else {
            complaints.push(format!("`{}` has no error\n{}", case.name, run.terminal()));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn what_is_right_compiles_without_a_message() {
    let cases = cases("pass");
    let run = check("pass", &cases);
    let messages: String = cases.iter().map(|case| messages(&run, case)).collect();
    assert!(run.succeeded() && messages.is_empty(), "{messages}{}", run.terminal());
}
