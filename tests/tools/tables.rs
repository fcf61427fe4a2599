//! The tables of AWS's names in the model, which `cargo xtask tables` makes from the data of the tools. Makes them again,
//! so that a new version of a tool is seen, and compares what the model reads in them with the data.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;
use skylift_model::aws::shape::Shape;
use skylift_model::aws::{iam_action, iam_service, managed_policy, resource_type};
use skylift_tests::workspace;

use crate::toolbox;

/// Returns the output of `tables.py`, which runs once.
fn made() -> &'static Value {
    static MADE: OnceLock<Value> = OnceLock::new();
    MADE.get_or_init(|| toolbox::run_json(&mut toolbox::tables_command()))
}

#[test]
fn the_tables_are_those_of_the_tools() {
    for (name, text) in made()["tables"].as_object().unwrap() {
        let file = workspace::root().join("model/src/aws/tables").join(name);
        let is_same = workspace::read_file(&file) == text.as_str().unwrap();
        assert!(is_same, "`{name}` differs from the data of the tools: run `cargo xtask tables`");
    }
}

#[test]
fn the_model_reads_every_action_of_iam() {
    let actions = made()["actions"].as_object().unwrap();
    let services: BTreeSet<&str> = iam_service::services().collect();
    assert_eq!(services, actions.keys().map(String::as_str).collect());
    for (service, names) in actions {
        let names = names.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned());
        assert_eq!(iam_action::list_actions(service).unwrap(), names.collect(), "{service}");
    }
}

#[test]
fn the_model_reads_every_managed_policy_with_its_path() {
    let policies = made()["policies"].as_object().unwrap();
    let known = managed_policy::table_policies().map(|(path, name)| (name, path.to_owned()));
    let known: BTreeSet<(String, String)> = known.collect();
    let made =
        policies.iter().map(|(name, path)| (name.clone(), path.as_str().unwrap().to_owned()));
    assert_eq!(known, made.collect());
}

#[test]
fn the_model_reads_every_resource_type() {
    let types = made()["types"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
    let known: BTreeSet<&str> =
        resource_type::resource_types().iter().map(String::as_str).collect();
    assert_eq!(known, types.collect());
}

#[test]
fn every_property_of_a_function_has_a_shape() {
    let shape = Shape::of_type("AWS::Serverless::Function").unwrap();
    for (property, _) in skylift_codegen::function_properties() {
        assert!(shape.property(property).is_some(), "{property}");
    }
}
