//! Golden templates: `templates/<case>/main.rs`, and every example, with the `template.yaml` that the
//! build step makes of it. Takes every case, gives a diff where the template is another one today.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

use std::path::Path;

use skylift_tests::cases::{self, Case};
use skylift_tests::{build_script, cargo, places};

#[test]
fn every_source_gives_its_golden_template() {
    let cases: Vec<Case> = places::template_cases()
        .into_iter()
        .map(|folder| Case { name: places::name(&folder), source: folder.join("main.rs") })
        .collect();
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    let project = cases::workspace(&scratch, "templates", &cases);
    let run = project.cargo().run(&["check", "--workspace"]);
    let complaints: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let template = run.out_dir(&case.name).join("skylift/template.yaml");
            let template = std::fs::read_to_string(&template)
                .unwrap_or_else(|error| panic!("no template of `{}`: {error}", case.name));
            cases::compare(&case.source.with_file_name("template.yaml"), &template)
        })
        .collect();
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
