//! What is right compiles: the source of every golden template, and `ui/<attribute>/pass/<case>.rs`. Takes
//! every case, runs the build step and then rustc on it, gives what rustc says. What the build step
//! makes of the golden cases is compared in `codegen`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use skylift_tests::cases::Package;
use skylift_tests::rustc::{Crates, in_parallel};
use skylift_tests::{cases, places};

#[test]
fn the_source_of_every_golden_template_compiles() {
    let said = in_parallel(&places::template_cases(), |case| {
        let (name, file) = (places::name(case), case.join("main.rs"));
        let source = fs::read_to_string(&file).unwrap();
        let package = tempfile::tempdir().unwrap();
        let binary = Path::new("src/main.rs");
        let out = Package { name: &name, binary, source: &source }.run_step(package.path());
        let output = crates().check(&name, &file, &out);
        println!("test {name} ... {}", if output.status.success() { "ok" } else { "FAILED" });
        if output.status.success() { Vec::new() } else { output.stderr }
    });
    assert!(said.iter().all(Vec::is_empty), "{}", String::from_utf8_lossy(&said.concat()));
}

#[test]
fn what_is_right_compiles_without_a_message() {
    let said = in_parallel(&cases::ui("pass", |_| true), |case| {
        let package = tempfile::tempdir().unwrap();
        let out = cases::run_step(package.path(), case);
        let file = places::root().join("tests").join(case);
        let output = crates().check(&crate_name(case), &file, &out);
        let is_right = output.status.success() && output.stderr.is_empty();
        println!("test {} ... {}", case.display(), if is_right { "ok" } else { "FAILED" });
        assert_eq!(is_right, output.status.success(), "{}: a warning", case.display());
        output.stderr
    });
    assert!(said.iter().all(Vec::is_empty), "{}", String::from_utf8_lossy(&said.concat()));
}

fn crates() -> &'static Crates {
    static FOUND: OnceLock<Crates> = OnceLock::new();
    FOUND.get_or_init(|| Crates::find(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiles")))
}

/// A name that no other case has.
fn crate_name(case: &Path) -> String {
    case.with_extension("").to_str().unwrap().replace('/', "_")
}
