//! `sam deploy` of every example: takes what was deployed, and compares what the AWS CLI then lists
//! with what the template declares.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::stack::Stack;
use crate::{example, toolbox};

impl Stack {
    /// The declared resources of a type: logical id and properties.
    fn declared(&self, kind: &str) -> Vec<(&String, &Value)> {
        self.resources
            .iter()
            .filter(|(_, resource)| resource["Type"] == kind)
            .map(|(id, resource)| (id, &resource["Properties"]))
            .collect()
    }

    /// A list that the AWS CLI gives.
    fn list(&self, args: &[&str], key: &str) -> Vec<Value> {
        toolbox::json(&mut self.moto.aws(args))[key].as_array().unwrap().clone()
    }

    /// The physical name of the function that a property refers to.
    fn function(&self, reference: &Value) -> &str {
        let id = reference["Ref"].as_str().or_else(|| reference["Fn::GetAtt"][0].as_str());
        &self.ids[id.unwrap_or_else(|| panic!("no function in {reference}"))]
    }

    fn assert_functions(&self) {
        let declared = self.declared("AWS::Lambda::Function");
        let listed = self.list(&["lambda", "list-functions"], "Functions");
        assert_eq!(listed.len(), declared.len());
        for (id, properties) in declared {
            let name = &self.ids[id];
            let found = listed.iter().find(|function| function["FunctionName"] == **name);
            let function = found.unwrap_or_else(|| panic!("`{id}` is not deployed"));
            for key in ["Handler", "Runtime", "MemorySize", "Timeout", "Architectures"] {
                if !properties[key].is_null() {
                    assert_eq!(function[key], properties[key], "`{key}` of `{id}`");
                }
            }
        }
    }

    fn assert_rules(&self) {
        let declared = self.declared("AWS::Events::Rule");
        let listed = self.list(&["events", "list-rules"], "Rules");
        assert_eq!(listed.len(), declared.len());
        for (id, properties) in declared {
            let name = self.ids[id].as_str();
            let name = name.rsplit('/').next().unwrap();
            let found = listed.iter().find(|rule| rule["Name"] == name);
            let rule = found.unwrap_or_else(|| panic!("`{id}` is not deployed"));
            assert_eq!(rule["ScheduleExpression"], properties["ScheduleExpression"]);
            let targets = self.list(&["events", "list-targets-by-rule", "--rule", name], "Targets");
            let function = self.function(&properties["Targets"][0]["Arn"]);
            assert_eq!(targets.len(), 1, "`{id}` has one target");
            assert!(targets[0]["Arn"].as_str().unwrap().ends_with(function), "{targets:?}");
        }
    }

    fn assert_event_source_mappings(&self) {
        let declared = self.declared("AWS::Lambda::EventSourceMapping");
        let listed = self.list(&["lambda", "list-event-source-mappings"], "EventSourceMappings");
        assert_eq!(listed.len(), declared.len());
        for (id, properties) in declared {
            let function = self.function(&properties["FunctionName"]);
            let ends_with = |value: &Value, end: &str| value.as_str().unwrap().ends_with(end);
            assert!(
                listed.iter().any(|mapping| ends_with(&mapping["FunctionArn"], function)),
                "`{id}` is not deployed: {listed:?}"
            );
        }
    }

    fn assert_permissions(&self) {
        let mut declared: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for (_, properties) in self.declared("AWS::Lambda::Permission") {
            let function = self.function(&properties["FunctionName"]);
            declared.entry(function).or_default().push(&properties["Principal"]);
        }
        for (function, mut principals) in declared {
            let answer = toolbox::json(&mut self.moto.aws(&[
                "lambda",
                "get-policy",
                "--function-name",
                function,
            ]));
            let policy: Value = serde_json::from_str(answer["Policy"].as_str().unwrap()).unwrap();
            let statements = policy["Statement"].as_array().unwrap();
            let mut listed: Vec<&Value> =
                statements.iter().map(|statement| &statement["Principal"]["Service"]).collect();
            principals.sort_by_key(ToString::to_string);
            listed.sort_by_key(ToString::to_string);
            assert_eq!(listed, principals, "who may call `{function}`");
        }
    }
}

#[test]
fn what_every_example_declares_is_there_after_sam_deploy() {
    for example in example::all() {
        let stack = Stack::deploy(example);
        stack.assert_functions();
        stack.assert_rules();
        stack.assert_event_source_mappings();
        stack.assert_permissions();
    }
}
