//! The values that differ between environments. It takes the values of one property in all environments, and returns the
//! node that has the right one: `!FindInMap` of a mapping, or `!If` where a mapping cannot have the value.

use std::collections::{BTreeSet, HashMap};

use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node};
use skylift_model::environment;

use crate::lower::text::camel_case;

/// The beginning of the names of the conditions that are true in one environment.
const CONDITION: &str = "EnvironmentIs";

/// The beginning of a dynamic reference, which CloudFormation does not resolve in a mapping.
const DYNAMIC_REFERENCE: &str = "{{resolve:";

/// Returns the name of the condition that is true in this environment.
pub(super) fn condition_name(environment: &str) -> String {
    format!("{CONDITION}{}", camel_case(environment))
}

/// The values that differ between environments, and the names under which the template has them.
pub(super) struct EnvironmentValues {
    /// The names of the environments, the default one first.
    names: Vec<String>,
    /// The keys of the mappings, in their order, each with its value in each environment.
    keys: Vec<(String, Vec<Node>)>,
    /// The indexes of the keys, by key.
    by_key: HashMap<String, usize>,
    /// The indexes of the environments for which the template needs a condition.
    conditions: BTreeSet<usize>,
}

impl EnvironmentValues {
    pub(super) fn new(names: Vec<String>) -> Self {
        Self { names, keys: Vec::new(), by_key: HashMap::new(), conditions: BTreeSet::new() }
    }

    /// Returns the node with the value of each environment. Values are `None` in environments that do not have the
    /// property. `wanted` is the name for the key of the mapping.
    pub(super) fn choose(&mut self, wanted: &str, values: &[Option<&Node>]) -> Node {
        let literals: Option<Vec<Node>> =
            values.iter().map(|value| value.filter(|it| is_literal(it)).cloned()).collect();
        match literals {
            Some(literals) => self.find_in_map(wanted, literals),
            None => self.choose_by_condition(values),
        }
    }

    /// Returns a lookup of these values in a mapping. The same property and values have one key.
    fn find_in_map(&mut self, wanted: &str, values: Vec<Node>) -> Node {
        let mut key = wanted.to_owned();
        let mut number = 2;
        let index = loop {
            match self.by_key.get(&key) {
                Some(index) if self.keys[*index].1 == values => break *index,
                Some(_) => {
                    key = format!("{wanted}{number}");
                    number += 1;
                }
                None => {
                    self.by_key.insert(key.clone(), self.keys.len());
                    self.keys.push((key.clone(), values));
                    break self.keys.len() - 1;
                }
            }
        };
        let parts = vec![
            Node::from(mapping_name(index)),
            Node::reference(environment::PARAMETER),
            Node::from(key),
        ];
        Node::Tag("FindInMap", Box::new(parts.into()))
    }

    /// Returns whether the mappings have a key with these values.
    pub(super) fn has(&self, key: &str, values: &[Option<&Node>]) -> bool {
        let known = self.by_key.get(key).map(|index| &self.keys[*index].1);
        known.is_some_and(|known| known.iter().map(Some).eq(values.iter().copied()))
    }

    /// Returns a choice by the conditions of the environments whose value is not that of the default one.
    fn choose_by_condition(&mut self, values: &[Option<&Node>]) -> Node {
        let no_value = Node::reference("AWS::NoValue");
        let value = |value: Option<&Node>| value.cloned().unwrap_or_else(|| no_value.clone());
        let first = values.first().copied().flatten();
        let mut chosen = value(first);
        for (index, other) in values.iter().enumerate().rev().filter(|(_, it)| **it != first) {
            self.conditions.insert(index);
            let condition = condition_name(&self.names[index]);
            let parts = vec![Node::from(condition), value(*other), chosen];
            chosen = Node::Tag("If", Box::new(parts.into()));
        }
        chosen
    }

    /// Returns the mappings with all values, for the section of the template.
    pub(super) fn mappings(&self) -> Map {
        let mut mappings = Map::new();
        for (chunk, keys) in self.keys.chunks(limits::MAPPING_ATTRIBUTES).enumerate() {
            let mut mapping = Map::new();
            for (environment, name) in self.names.iter().enumerate() {
                let mut values = Map::new();
                for (key, all) in keys {
                    values.push(key.as_str(), all[environment].clone());
                }
                mapping.push(name.as_str(), values);
            }
            mappings.push(mapping_name(chunk * limits::MAPPING_ATTRIBUTES), mapping);
        }
        mappings
    }

    /// Returns the conditions that the choices use, for the section of the template.
    pub(super) fn conditions(&self) -> Map {
        let mut conditions = Map::new();
        for index in &self.conditions {
            let name = &self.names[*index];
            let parts = vec![Node::reference(environment::PARAMETER), Node::from(name)];
            conditions.push(condition_name(name), Node::Tag("Equals", Box::new(parts.into())));
        }
        conditions
    }
}

/// Returns the name of the mapping that has the key with this index.
fn mapping_name(index: usize) -> String {
    match index / limits::MAPPING_ATTRIBUTES {
        0 => environment::MAPPING.to_owned(),
        further => format!("{}{}", environment::MAPPING, further + 1),
    }
}

/// Returns whether a mapping can have a value: a text, a number, a boolean, or a list of these.
pub(super) fn is_literal(node: &Node) -> bool {
    match node {
        Node::Str(text) => !text.contains(DYNAMIC_REFERENCE),
        Node::Bool(_) | Node::Int(_) | Node::Float(_) => true,
        Node::Seq(items) => {
            !items.is_empty()
                && items.iter().all(|it| !matches!(it, Node::Seq(_)) && is_literal(it))
        }
        Node::Null | Node::Map(_) | Node::Tag(..) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn values() -> EnvironmentValues {
        EnvironmentValues::new(["default", "pre-prod", "prod"].map(str::to_owned).to_vec())
    }

    fn to_json(node: impl serde::Serialize) -> serde_json::Value {
        serde_json::to_value(node).unwrap()
    }

    fn find(mapping: &str, key: &str) -> serde_json::Value {
        json!({ "Fn::FindInMap": [mapping, { "Ref": "Environment" }, key] })
    }

    #[test]
    fn literal_values_are_looked_up_and_equal_ones_share_a_key() {
        let mut all = values();
        let nodes = [Node::Int(1), Node::Int(2), Node::Int(3)];
        let [one, two, three] = nodes.each_ref().map(Some);
        assert_eq!(
            to_json(all.choose("ATimeout", &[one, two, two])),
            find("Environments", "ATimeout")
        );
        assert_eq!(
            to_json(all.choose("ATimeout", &[one, two, two])),
            find("Environments", "ATimeout")
        );
        assert_eq!(
            to_json(all.choose("ATimeout", &[one, two, three])),
            find("Environments", "ATimeout2")
        );
        assert!(all.has("ATimeout", &[one, two, two]) && !all.has("ATimeout", &[one, two, three]));
        assert_eq!(
            to_json(all.mappings()),
            json!({ "Environments": {
                "default": { "ATimeout": 1, "ATimeout2": 1 },
                "pre-prod": { "ATimeout": 2, "ATimeout2": 2 },
                "prod": { "ATimeout": 2, "ATimeout2": 3 },
            } })
        );
        assert!(all.conditions().is_empty());
    }

    #[test]
    fn other_values_are_chosen_by_conditions() {
        let mut all = values();
        let (text, param) = (Node::from("a"), Node::reference("Level"));
        let chosen = all.choose("X", &[None, Some(&text), Some(&param)]);
        assert_eq!(
            to_json(chosen),
            json!({ "Fn::If": [
                "EnvironmentIsPreProd",
                "a",
                { "Fn::If": ["EnvironmentIsProd", { "Ref": "Level" }, { "Ref": "AWS::NoValue" }] },
            ] })
        );
        let secret = Node::from("{{resolve:ssm:/a}}");
        let chosen = all.choose("X", &[Some(&secret), Some(&secret), Some(&text)]);
        let parts = json!({ "Fn::If": ["EnvironmentIsProd", "a", "{{resolve:ssm:/a}}"] });
        assert_eq!(to_json(chosen), parts);
        let equals = |name: &str| json!({ "Fn::Equals": [{ "Ref": "Environment" }, name] });
        assert_eq!(
            to_json(all.conditions()),
            json!({ "EnvironmentIsPreProd": equals("pre-prod"), "EnvironmentIsProd": equals("prod") })
        );
        assert!(all.mappings().is_empty());
    }

    #[test]
    fn a_mapping_has_as_many_keys_as_cloudformation_accepts() {
        let mut all = values();
        let (one, two) = (Node::Int(1), Node::Int(2));
        let mut last = Node::Null;
        for number in 0..=limits::MAPPING_ATTRIBUTES {
            last = all.choose(&format!("K{number}"), &[Some(&one), Some(&two), Some(&two)]);
        }
        assert_eq!(to_json(last), find("Environments2", "K200"));
        let mappings = to_json(all.mappings());
        assert_eq!(mappings["Environments"]["prod"].as_object().unwrap().len(), 200);
        assert_eq!(mappings["Environments2"]["prod"], json!({ "K200": 2 }));
    }
}
