//! Golden templates: `templates/<case>/main.rs` and the `template.yaml` that the build step makes of
//! it. Takes every case, gives a diff where the template is another one today.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

use std::path::Path;

use skylift_tests::cases::{self, Case};
use skylift_tests::places;

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
