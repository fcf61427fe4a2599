//! Compares how the build step and aws-sam-translator translate the properties of functions. Takes the cases of the
//! build step's own tests, which have the expected output, and runs the translator on the same input.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;
use skylift_tests::workspace;

use crate::toolbox;

/// Returns the results of `properties.py`, which runs once.
fn translator_results() -> &'static Value {
    static TRANSLATED: OnceLock<Value> = OnceLock::new();
    TRANSLATED.get_or_init(|| {
        let folder = workspace::root().join("codegen/src/lower/function/properties/cases");
        toolbox::tool("properties").args(workspace::list_folder(&folder)).json()
    })
}

#[test]
fn the_table_has_exactly_the_properties_that_the_translator_knows() {
    let listed = skylift_codegen::function_properties();
    let ours: BTreeSet<&str> = listed.iter().map(|(name, _)| *name).collect();
    let known = translator_results()["properties"].as_array().unwrap();
    let known: BTreeSet<&str> = known.iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(ours, known);
}

#[test]
fn every_case_has_the_same_output_from_the_translator() {
    let cases = translator_results()["cases"].as_object().unwrap();
    let differs = |(name, case): (&String, &Value)| {
        let (sam, plain) = (&case["sam"], &case["plain"]);
        (sam != plain).then(|| format!("{name}\ntranslator: {sam:#}\nours: {plain:#}"))
    };
    let differences: Vec<String> = cases.iter().filter_map(differs).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The normal form removes allowed differences, but nothing that grants access.
#[test]
fn the_grants_of_a_case_are_compared() {
    let case = |name: &str| &translator_results()["cases"][name]["sam"];
    let grants = case("a bucket")["FRole"]["Properties"]["grants"].as_array().unwrap();
    assert_eq!(grants.len(), 4);
    let managed = &case("a network")["FRole"]["Properties"]["managed"];
    assert_eq!(managed[0], "service-role/AWSLambdaVPCAccessExecutionRole");
    let trust = &case("a role that another service takes")["FRole"]["Properties"];
    assert!(trust["AssumeRolePolicyDocument"]["Statement"][0].is_object());
    let permissions = case("a URL for everybody").as_object().unwrap().values();
    assert_eq!(permissions.filter(|it| it["Type"] == "AWS::Lambda::Permission").count(), 2);
}
