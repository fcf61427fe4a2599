//! Golden templates: `templates/<case>/main.rs` with the templates that a build of it writes, with SAM and
//! without. Takes every case, gives a diff where a template is another one today.

#![allow(clippy::unwrap_used, reason = "all of this is tests")]

use std::path::Path;

use skylift_tests::cases::{self, Case};
use skylift_tests::places;

/// With SAM, and without, where plain CloudFormation carries all of the application.
const TEMPLATES: [&str; 2] = ["template.yaml", "cloudformation.yaml"];

#[test]
fn every_source_gives_its_golden_templates() {
    let cases: Vec<Case> = places::template_cases()
        .into_iter()
        .map(|folder| Case { name: places::name(&folder), source: folder.join("main.rs") })
        .collect();
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    let project = cases::workspace(&scratch, "templates", &cases);
    let run = project.cargo().run(&["check", "--workspace"]);
    let complaints: Vec<String> = cases
        .iter()
        .flat_map(|case| {
            let written = run.out_dir(&case.name).join("skylift");
            assert!(written.join(TEMPLATES[0]).is_file(), "no template of `{}`", case.name);
            let kept = case.source.parent().unwrap();
            TEMPLATES.map(|file| {
                let text = std::fs::read_to_string(written.join(file)).unwrap_or_default();
                cases::compare(&kept.join(file), &text)
            })
        })
        .flatten()
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
