//! Golden templates: `templates/<case>/main.rs`, and every example, with the `template.yaml` that the
//! build step makes of it. Takes every case, gives a diff where the template is another one today, and
//! what rustc says where the case does not compile.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

use std::path::Path;

use skylift_tests::cases::{self, Package};
use skylift_tests::rustc::{Crates, in_parallel};
use skylift_tests::{build_script, cargo, places};

#[test]
fn every_source_compiles_and_gives_its_golden_template() {
    let crates = Crates::find(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("templates"));
    let complaints = in_parallel(&places::template_cases(), |case| {
        let name = places::name(case);
        let source = std::fs::read_to_string(case.join("main.rs")).unwrap();
        let package = tempfile::tempdir().unwrap();
        let binary = Path::new("src/main.rs");
        let out = Package { name: &name, binary, source: &source }.run_step(package.path());
        let checked = crates.check(&name, &package.path().join(binary), &out);
        if !checked.status.success() {
            return Some(format!("{name}:\n{}", String::from_utf8_lossy(&checked.stderr)));
        }
        let template = std::fs::read_to_string(out.join("skylift/template.yaml"))
            .unwrap_or_else(|error| panic!("no template of `{name}`: {error}"));
        cases::compare(&case.join("template.yaml"), &template)
    });
    let complaints: Vec<String> = complaints.into_iter().flatten().collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_example_gives_the_template_that_is_kept_beside_it() {
    let packages = cargo::metadata(places::root())["packages"].clone();
    let complaints: Vec<String> = places::examples()
        .into_iter()
        .filter_map(|name| {
            let folder = places::root().join("examples").join(&name);
            let target = tempfile::tempdir().unwrap();
            let out = target.path().join(format!("debug/build/{name}-0123456789abcdef/out"));
            let mut environment = build_script::environment(&name, &folder, &out);
            let package =
                packages.as_array().unwrap().iter().find(|it| it["name"] == name.as_str());
            let description = package.unwrap()["description"].as_str().unwrap().to_owned();
            environment.insert("CARGO_PKG_DESCRIPTION".to_owned(), description);
            let errors = skylift_codegen::Build::new().run_in(&environment);
            assert!(errors.is_empty(), "{name}: {errors:?}");
            let template = std::fs::read_to_string(out.join("skylift/template.yaml"))
                .unwrap_or_else(|error| panic!("no template of `{name}`: {error}"));
            cases::compare(&folder.join("template.yaml"), &template)
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
