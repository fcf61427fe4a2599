//! When a function with an alias gets a new version. Takes a golden template with one line changed, gives the
//! id of the version that the translator makes of it; without SAM, takes what the version is replaced for.

use std::path::Path;

use serde_json::{Value, json};
use skylift_tests::places;

use crate::{templates, toolbox};

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

/// Moto knows no alias in a stack and replaces nothing, so AWS's own schema has to say it.
#[test]
fn without_sam_new_code_and_new_settings_replace_the_version_that_the_alias_points_to() {
    let replaced = &templates::linted()["replaced"];
    assert!(replaced.as_array().unwrap().contains(&json!("Description")), "{replaced}");
    let mut aliases = 0;
    for checked in templates::sound() {
        let Some(plain) = &checked.plain else { continue };
        let resources = plain["Resources"].as_object().unwrap();
        for alias in resources.values().filter(|it| it["Type"] == "AWS::Lambda::Alias") {
            aliases += 1;
            let points_to = &alias["Properties"]["FunctionVersion"]["Fn::GetAtt"];
            let id = &points_to[0];
            assert_eq!(points_to[1], "Version", "{alias}");
            let version = &resources[id.as_str().unwrap()];
            assert_eq!(version["Type"], "AWS::Lambda::Version");
            assert_eq!(version["Properties"]["FunctionName"], alias["Properties"]["FunctionName"]);
            // The one before stays: the alias may go back to it, and it answers until then.
            assert_eq!(
                [&version["DeletionPolicy"], &version["UpdateReplacePolicy"]],
                ["Retain"; 2]
            );
            let function = version["Properties"]["FunctionName"]["Ref"].as_str().unwrap();
            let key = resources[function]["Properties"]["Code"]["S3Key"]["Ref"].as_str().unwrap();
            let description = version["Properties"]["Description"]["Fn::Sub"].as_str().unwrap();
            let hash = description.strip_prefix(&format!("${{{key}}} ")).unwrap_or_default();
            let digits = hash.chars().all(|digit| digit.is_ascii_hexdigit());
            assert!(hash.len() == 16 && digits, "`{}`: {id}: {description}", checked.case);
        }
    }
    assert!(aliases > 5, "there are {aliases} aliases");
}
