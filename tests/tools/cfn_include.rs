//! Includes every plain template in a stack of the AWS CDK, as the guide shows. Takes the templates of the examples and
//! the golden cases. What the CDK makes of a template is compared with the template.

use std::path::Path;

use serde_json::Value;

use crate::templates::{self, Checked};
use crate::toolbox;

/// Brings a part of a template into the form in which the CDK writes it: sorted tags and dependencies, and attributes as lists.
fn normalize(node: Value) -> Value {
    match node {
        Value::Object(map) => {
            let entries = map.into_iter().map(|(key, value)| {
                let value = match (key.as_str(), normalize(value)) {
                    ("Fn::GetAtt", Value::String(text)) => {
                        let (id, attribute) = text.split_once('.').unwrap();
                        Value::from(vec![id, attribute])
                    }
                    ("Tags", Value::Array(mut tags)) => {
                        tags.sort_by_key(|tag| tag["Key"].to_string());
                        tags.into()
                    }
                    ("DependsOn", Value::Array(mut ids)) => {
                        ids.sort_by_key(ToString::to_string);
                        ids.into()
                    }
                    (_, value) => value,
                };
                (key, value)
            });
            Value::Object(entries.collect())
        }
        Value::Array(items) => items.into_iter().map(normalize).collect(),
        plain => plain,
    }
}

#[test]
fn the_cdk_includes_every_plain_template_as_it_is() {
    // The CDK takes nested stacks only with their own resources of the template.
    let with_plain = |it: &&Checked| it.plain.is_some() && it.template.ends_with("template.yaml");
    let all: Vec<&Checked> = templates::valid_templates().iter().filter(with_plain).collect();
    let files = all.iter().map(|it| it.template.with_file_name("cloudformation.yaml"));
    let files: Vec<_> = files.collect();
    let modules = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cdk");
    let made = toolbox::run_json(toolbox::cdk_command("cfn_include.py").arg(&modules).args(&files));
    assert!(all.len() > 70, "{}", all.len());
    for (checked, file) in all.into_iter().zip(files) {
        let included = normalize(made[file.to_str().unwrap()].clone());
        let written = normalize(checked.plain.clone().unwrap());
        for section in written.as_object().unwrap().keys() {
            let parts = [&included[section], &written[section]];
            let [Value::Object(included), Value::Object(written)] = parts else {
                assert_eq!(parts[0], parts[1], "{} {section}", checked.case);
                continue;
            };
            assert!(included.keys().eq(written.keys()), "{} {section}", checked.case);
            for (name, value) in written {
                assert_eq!(included[name], *value, "{} {section}.{name}", checked.case);
            }
        }
    }
}
