//! Every case of `cases/` is what a user writes and what comes of it; `tests/tools` gives the same cases to
//! aws-sam-translator. `SKYLIFT_BLESS=1` writes down what comes of them today.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use skylift_model::aws::keys;
use skylift_model::node::{Map, Node};

use super::table::{How, TABLE};
use super::{Lowered, Made, NotCarried, lower, merge_shared};

fn node(value: &Value) -> Node {
    match value {
        Value::Null => Node::Null,
        Value::Bool(truth) => Node::Bool(*truth),
        Value::Number(number) => Node::Int(number.as_i64().unwrap()),
        Value::String(text) => Node::from(text),
        Value::Array(items) => Node::Seq(items.iter().map(node).collect()),
        Value::Object(_) => map(value).into(),
    }
}

fn map(value: &Value) -> Map {
    let entries = value.as_object().unwrap().iter();
    entries.fold(Map::new(), |map, (key, value)| map.with(key, node(value)))
}

fn json(node: impl Into<Node>) -> Value {
    serde_json::to_value(node.into()).unwrap()
}

/// What refuses nothing.
fn carried(id: &str, sam: &Map) -> Lowered {
    let lowered = lower(id, sam);
    assert_eq!(lowered.not_carried, []);
    lowered
}

/// The resources of one function, with a version that is published by SAM's name for it, and a role that has
/// what the properties need and nothing else.
fn assemble(id: &str, lowered: Lowered, resources: &mut Map) -> Vec<Made> {
    let mut properties = lowered.properties;
    if !lowered.code.is_empty() {
        properties.set("Code", lowered.code);
    }
    if lowered.role.own.is_none() {
        properties.set("Role", Node::attribute(format!("{id}Role"), "Arn"));
        let statement = |(actions, arn): (&[&str], Node)| {
            let actions = actions.iter().map(|action| Node::from(*action)).collect::<Vec<_>>();
            Node::from(Map::new().with("Action", actions).with("Resource", arn))
        };
        let statements: Vec<Node> = lowered.role.calls.into_iter().map(statement).collect();
        let managed: Vec<Node> = lowered.role.managed.into_iter().map(Node::from).collect();
        let mut role = lowered.role.properties;
        role.set("Statements", statements);
        role.set("Managed", managed);
        let role = Map::new().with("Type", "AWS::IAM::Role").with("Properties", role);
        resources.set(format!("{id}Role"), role);
    }
    let function = Map::new().with("Type", "AWS::Lambda::Function").with("Properties", properties);
    resources.set(id, function);
    if let Some(alias) = &lowered.alias {
        let version = format!("{id}Version");
        let mut properties = Map::new().with("FunctionName", Node::reference(id));
        properties.set_some("FunctionScalingConfig", lowered.version.scaling.clone());
        let node = Map::new()
            .with("Type", "AWS::Lambda::Version")
            .with("DeletionPolicy", lowered.version.policy())
            .with("Properties", properties);
        let number = Node::attribute(&version, "Version");
        resources.set(version, node);
        resources.set(alias.id.as_str(), alias.resource(id, number));
    }
    let (shared, own): (Vec<_>, Vec<_>) =
        lowered.resources.into_iter().partition(|made| made.what.is_shared());
    for made in own {
        assert_eq!(resources.get(&made.id), None);
        resources.set(made.id, made.node);
    }
    shared
}

fn plain(sam: &Value) -> Value {
    let (mut resources, mut conditions, mut shared) = (Map::new(), Map::new(), Vec::new());
    for (id, properties) in sam.as_object().unwrap() {
        let lowered = carried(id, &map(properties));
        conditions.merge(lowered.conditions.clone());
        shared.extend(assemble(id, lowered, &mut resources));
    }
    for made in merge_shared(shared) {
        resources.set(made.id, made.node);
    }
    json!({ "Resources": json(resources), "Conditions": json(conditions) })
}

#[test]
fn every_case_gives_what_is_written_down() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/lower/function/properties/cases");
    let mut cases = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut file: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
        for (name, case) in &mut file {
            cases += 1;
            let plain = plain(&case["sam"]);
            if std::env::var_os("SKYLIFT_BLESS").is_some() {
                case["plain"] = plain;
            } else {
                assert_eq!(plain, case["plain"], "{name}");
            }
        }
        if std::env::var_os("SKYLIFT_BLESS").is_some() {
            let text = serde_json::to_string_pretty(&file).unwrap();
            std::fs::write(&path, text + "\n").unwrap();
        }
    }
    assert!(cases > 40);
}
