//! New versions of functions with an alias. With SAM: changes one line of a golden template and compares the ids of the
//! version that the translator creates. Without SAM: checks the properties for which CloudFormation replaces a version.

use std::path::Path;

use serde_json::{Value, json};
use skylift_tests::workspace;

use crate::{templates, toolbox};

/// Translates a template and returns the id of the version of the function `Page`.
fn version_id(template: &str, name: &str) -> String {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("version-{name}.yaml"));
    std::fs::write(&file, template).unwrap();
    let plain: Value = toolbox::tool("translation").arg(&file).json();
    let resources = plain["Resources"].as_object().unwrap();
    let mut versions = resources.keys().filter(|id| id.starts_with("PageVersion"));
    let version = versions.next().expect("the function has a version").clone();
    assert_eq!(versions.next(), None);
    version
}

/// The tests of the build step show that the variable changes with every setting.
#[test]
fn a_changed_setting_creates_a_new_version_because_a_variable_has_the_hash_of_all_settings() {
    let before =
        workspace::read_file(&workspace::root().join("tests/templates/provisioned/template.yaml"));
    let (begin, of_page) = before.split_once("\n  Page:\n").unwrap();
    let (_, value) = of_page.split_once("SKYLIFT_SETTINGS: ").unwrap();
    let value = value.lines().next().unwrap();
    let replace_page = |of_page: String| format!("{begin}\n  Page:\n{of_page}");
    let original = version_id(&before, "before");
    let changed = replace_page(of_page.replace(value, "'0123456789abcdef'"));
    assert_ne!(version_id(&changed, "changed"), original);
    // This is the reason for the variable: SAM ignores a changed timeout.
    let timeout =
        replace_page(of_page.replacen("      Handler:", "      Timeout: 7\n      Handler:", 1));
    assert_ne!(timeout, before);
    assert_eq!(version_id(&timeout, "timeout"), original);
}

/// Moto supports no aliases in stacks and replaces nothing, so this test reads AWS's schema.
#[test]
fn without_sam_new_code_and_new_settings_replace_the_version_of_the_alias() {
    let replaced = &templates::lint_results()["replaced"];
    assert!(replaced.as_array().unwrap().contains(&json!("Description")), "{replaced}");
    let mut aliases = 0;
    for checked in templates::valid_templates() {
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
            // The old version is retained: it handles requests until the alias moves, and the alias may return to it.
            assert_eq!(
                [&version["DeletionPolicy"], &version["UpdateReplacePolicy"]],
                ["Retain"; 2]
            );
            let function = version["Properties"]["FunctionName"]["Ref"].as_str().unwrap();
            let key = resources[function]["Properties"]["Code"]["S3Key"]["Ref"].as_str().unwrap();
            // The `version_description` of the user comes first.
            let own = format!("${{{key}}} ");
            for description in descriptions(version, plain) {
                let hash = description.rsplit_once(&own).map_or("", |(_, hash)| hash);
                let digits = hash.chars().all(|digit| digit.is_ascii_hexdigit());
                assert!(hash.len() == 16 && digits, "`{}`: {id}: {description}", checked.case);
            }
        }
    }
    assert!(aliases > 5, "only {aliases} aliases were checked");
}

/// Returns the description of a version, in each environment if the application has environments.
fn descriptions(version: &Value, template: &Value) -> Vec<String> {
    let description = &version["Properties"]["Description"]["Fn::Sub"];
    if let Some(text) = description.as_str() {
        return vec![text.to_owned()];
    }
    let (text, variables) = (description[0].as_str().unwrap(), description[1].as_object().unwrap());
    let [(variable, looked_up)] = variables.iter().collect::<Vec<_>>()[..] else {
        panic!("{description}")
    };
    let lookup = &looked_up["Fn::FindInMap"];
    assert_eq!(lookup[1], json!({ "Ref": "Environment" }));
    let environments = template["Mappings"][lookup[0].as_str().unwrap()].as_object().unwrap();
    let values = environments.values().map(|it| it[lookup[2].as_str().unwrap()].as_str().unwrap());
    values.map(|value| text.replace(&format!("${{{variable}}}"), value)).collect()
}
