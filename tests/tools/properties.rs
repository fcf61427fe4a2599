//! The properties of functions in front of aws-sam-translator. Takes the cases by which the build step's own
//! tests know what each property becomes, gives what the translator makes of the same, and compares.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::OnceLock;

use serde_json::Value;
use skylift_tests::places;

use crate::toolbox;

/// What `properties.py` found, in one run.
fn translated() -> &'static Value {
    static TRANSLATED: OnceLock<Value> = OnceLock::new();
    TRANSLATED.get_or_init(|| {
        let folder = places::root().join("codegen/src/lower/function/properties/cases");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<PathBuf> = files.collect();
        files.sort();
        toolbox::tool("properties").args(files).json()
    })
}

#[test]
fn every_property_that_the_translator_knows_stands_in_the_table_and_no_other() {
    let listed = skylift_codegen::function_properties();
    let ours: BTreeSet<&str> = listed.iter().map(|(name, _)| *name).collect();
    let known = translated()["properties"].as_array().unwrap();
    let known: BTreeSet<&str> = known.iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(ours, known);
}

#[test]
fn every_case_becomes_what_the_translator_makes_of_it() {
    let cases = translated()["cases"].as_object().unwrap();
    let differs = |(name, case): (&String, &Value)| {
        let (sam, plain) = (&case["sam"], &case["plain"]);
        (sam != plain).then(|| format!("{name}\ntranslator: {sam:#}\nours: {plain:#}"))
    };
    let differences: Vec<String> = cases.iter().filter_map(differs).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Normalising takes away what differs for a reason, and nothing that grants anything.
#[test]
fn what_a_case_grants_is_compared() {
    let case = |name: &str| &translated()["cases"][name]["sam"];
    let grants = case("a bucket")["FRole"]["Properties"]["grants"].as_array().unwrap();
    assert_eq!(grants.len(), 4);
    let managed = &case("a network")["FRole"]["Properties"]["managed"];
    assert_eq!(managed[0], "service-role/AWSLambdaVPCAccessExecutionRole");
    let trust = &case("a role that another service takes")["FRole"]["Properties"];
    assert!(trust["AssumeRolePolicyDocument"]["Statement"][0].is_object());
    let permissions = case("a URL for everybody").as_object().unwrap().values();
    assert_eq!(permissions.filter(|it| it["Type"] == "AWS::Lambda::Permission").count(), 2);
}
