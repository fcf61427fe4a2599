//! Sources that have to compile: those of the golden templates, and `ui/<attribute>/pass/<case>.rs`. Runs the
//! build step and then rustc on each case, and gives rustc's messages. The tests of `codegen` compare the
//! templates of the golden cases.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

use std::path::Path;
use std::sync::OnceLock;

use skylift_tests::cases::Package;
use skylift_tests::rustc::{Crates, map_in_parallel};
use skylift_tests::{cases, workspace};

#[test]
fn the_source_of_every_golden_template_compiles() {
    let messages = map_in_parallel(&workspace::template_cases(), |case| {
        let (name, file) = (workspace::file_name(case), case.join("main.rs"));
        let source = workspace::read_file(&file);
        let package = tempfile::tempdir().unwrap();
        let binary = Path::new("src/main.rs");
        cases::copy_other_files(case, package.path());
        let out = Package { name: &name, binary, source: &source }.run_build_step(package.path());
        let output = crates().check(&name, &file, &out);
        println!("test {name} ... {}", if output.status.success() { "ok" } else { "FAILED" });
        if output.status.success() { Vec::new() } else { output.stderr }
    });
    assert!(messages.iter().all(Vec::is_empty), "{}", String::from_utf8_lossy(&messages.concat()));
}

#[test]
fn every_pass_case_compiles_without_a_message() {
    let messages = map_in_parallel(&cases::ui_cases("pass", |_| true), |case| {
        let package = tempfile::tempdir().unwrap();
        let out = cases::run_build_step(package.path(), case);
        let file = workspace::root().join("tests").join(case);
        let output = crates().check(&crate_name(case), &file, &out);
        let is_clean = output.status.success() && output.stderr.is_empty();
        println!("test {} ... {}", case.display(), if is_clean { "ok" } else { "FAILED" });
        assert_eq!(is_clean, output.status.success(), "{}: a warning", case.display());
        output.stderr
    });
    assert!(messages.iter().all(Vec::is_empty), "{}", String::from_utf8_lossy(&messages.concat()));
}

/// A handler that takes a view of a table for a whole one, and a whole one for a view. The packages of the cases in `ui`
/// have no client of tables.
const VIEWS: &str = r#"
use skylift::prelude::*;

#[resource(table(key = "tenant", sort = "id"))]
pub struct Orders;

#[resource(table(of = Orders, key = "acme"))]
pub struct OrdersOfAcme;

#[function]
async fn read(view: Reader<OrdersOfAcme>, orders: Reader<Orders>) -> Result<(), Error> {
    view.scan().all().await?;
    view.query("other").all().await?;
    view.get(("acme", "1")).await?;
    orders.items().all().await?;
    Ok(())
}

skylift::main!();
"#;

#[test]
fn a_view_of_a_table_has_neither_scans_nor_queries_by_another_key() {
    let package = tempfile::tempdir().unwrap();
    let binary = Path::new("src/main.rs");
    let case = Package { name: "views", binary, source: VIEWS };
    let out = case.run_build_step(package.path());
    let output = crates().check("mistaken_views", &package.path().join(binary), &out);
    let shown = String::from_utf8_lossy(&output.stderr);
    let errors: Vec<&str> = shown.split("\n\n").filter(|it| it.contains("error")).collect();
    let view = "`OrdersOfAcme` is a view of the items with one partition key";
    assert_eq!(errors.iter().filter(|it| it.contains(view)).count(), 2, "{shown}");
    for (text, count) in [
        ("IAM cannot limit this call to the partition key of the view", 2),
        ("help: `items()` queries all items of the view", 2),
        ("expected `&str`, found `(&str, &str)`", 1),
        ("`Orders` is no view of a table", 1),
    ] {
        assert_eq!(shown.matches(text).count(), count, "{text}: {shown}");
    }
}

fn crates() -> &'static Crates {
    static FOUND: OnceLock<Crates> = OnceLock::new();
    FOUND.get_or_init(|| Crates::find(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiles")))
}

/// Returns a unique name for the crate of a case.
fn crate_name(case: &Path) -> String {
    case.with_extension("").to_str().unwrap().replace('/', "_")
}
