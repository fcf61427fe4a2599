//! When SAM makes a new version of a function with an alias. Takes a golden template with one line changed,
//! gives the id of the version that the translator makes of it.

use std::path::Path;

use serde_json::Value;
use skylift_tests::places;

use crate::toolbox;

/// The id of the version of the function `Page`.
fn version(template: &str, name: &str) -> String {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("version-{name}.yaml"));
    std::fs::write(&file, template).unwrap();
    let plain: Value = toolbox::tool("translation").arg(&file).json();
    let resources = plain["Resources"].as_object().unwrap();
    let mut versions = resources.keys().filter(|id| id.starts_with("PageVersion"));
    let version = versions.next().expect("the function has a version").clone();
    assert_eq!(versions.next(), None);
    version
}

/// The variable changes with every setting, as the tests of the build step show.
#[test]
fn a_changed_setting_makes_a_new_version_by_the_variable_that_stands_for_all() {
    let golden = places::root().join("tests/templates/provisioned/template.yaml");
    let before = std::fs::read_to_string(golden).unwrap();
    let (begin, of_page) = before.split_once("\n  Page:\n").unwrap();
    let (_, value) = of_page.split_once("SKYLIFT_SETTINGS: ").unwrap();
    let value = value.lines().next().unwrap();
    let with = |of_page: String| format!("{begin}\n  Page:\n{of_page}");
    let as_it_was = version(&before, "before");
    let changed = with(of_page.replace(value, "'0123456789abcdef'"));
    assert_ne!(version(&changed, "changed"), as_it_was);
    // Why there is the variable: SAM does not look at a timeout.
    let timeout = with(of_page.replacen("      Handler:", "      Timeout: 7\n      Handler:", 1));
    assert_ne!(timeout, before);
    assert_eq!(version(&timeout, "timeout"), as_it_was);
}
