//! Compares `cloudformation.yaml` with AWS's translation of `template.yaml`. Takes both templates of every example and
//! golden case, and gives each difference that is not on the list of accepted ones.

mod accepted;
mod difference;
mod grants;
mod normal_form;

use serde_json::{Value, json};

use crate::templates::{self, Checked};
use accepted::{ACCEPTED, AcceptedDifference};
use difference::Difference;

/// The plain templates of an application, ours and that of SAM, in normal form.
struct TemplatePair {
    case: &'static str,
    ours: Value,
    sams: Value,
}

fn template_pairs() -> Vec<TemplatePair> {
    let pair = |checked: &'static Checked| {
        let ours = normal_form::normalize_template(checked.plain.as_ref()?);
        Some(TemplatePair {
            case: &checked.case,
            ours,
            sams: normal_form::normalize_template(&checked.translated()),
        })
    };
    let pairs: Vec<TemplatePair> = templates::valid_templates().iter().filter_map(pair).collect();
    assert!(pairs.len() > 40, "only {} applications were compared", pairs.len());
    pairs
}

impl TemplatePair {
    fn differences(&self) -> Vec<Difference> {
        difference::compare_templates(&self.ours, &self.sams)
    }
}

#[test]
fn the_plain_template_is_equivalent_to_the_translation_of_sam() {
    let (mut found, mut needed) = (Vec::new(), vec![false; ACCEPTED.len()]);
    for pair in template_pairs() {
        for difference in pair.differences() {
            let mut entries = ACCEPTED.iter().zip(&mut needed);
            match entries.find(|(accepted, _)| accepted.accepts(&difference)) {
                Some((_, needed)) => *needed = true,
                None => found.push(format!("`{}`: {difference}", pair.case)),
            }
        }
    }
    assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
    for (accepted, needed) in ACCEPTED.iter().zip(needed) {
        let AcceptedDifference { kind, path, because, .. } = accepted;
        assert!(needed, "{path:?} of {kind} never differs, but is on the list ({because})");
    }
}

/// This test ignores the list of accepted differences.
#[test]
fn the_plain_template_grants_the_same_access_as_the_translation_of_sam() {
    let mut seen = 0;
    for pair in template_pairs() {
        let granted: Vec<String> = pair
            .differences()
            .iter()
            .filter(|difference| grants::changes_access(difference))
            .map(ToString::to_string)
            .collect();
        assert!(granted.is_empty(), "`{}`: {}", pair.case, granted.join("\n"));
        let resources = pair.ours["Resources"].as_object().unwrap().values();
        seen +=
            resources.filter(|it| grants::is_permission_type(it["Type"].as_str().unwrap())).count();
    }
    assert!(seen > 200, "only {seen} permissions and policies were compared");
}

#[test]
fn every_application_has_a_plain_template() {
    let missing: Vec<&str> = templates::valid_templates()
        .iter()
        .filter(|checked| checked.plain.is_none())
        .map(|checked| checked.case.as_str())
        .collect();
    assert!(missing.is_empty(), "{missing:?} have no `cloudformation.yaml`");
}

/// Collects the JSON pointers of all values that contain no other values.
fn collect_leaves(value: &Value, pointer: &str, into: &mut Vec<String>) {
    let mut below = |key: &str, value: &Value| {
        let key = key.replace('~', "~0").replace('/', "~1");
        collect_leaves(value, &format!("{pointer}/{key}"), into);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| below(key, value)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(number, value)| below(&number.to_string(), value));
        }
        _ => into.push(pointer.to_owned()),
    }
}

/// Returns another value of the same type.
fn changed_value(value: &Value) -> Value {
    match value {
        Value::Bool(yes) => json!(!yes),
        Value::Number(number) => json!(number.as_f64().unwrap() + 1.0),
        Value::String(text) => json!(format!("{text}x")),
        _ => json!("x"),
    }
}

/// The test changes each value of each resource alone, as a mistake in the build step could.
#[test]
fn a_change_of_any_value_of_any_resource_is_found() {
    let (mut changed, mut unnoticed) = (0, Vec::new());
    for pair in template_pairs() {
        for (id, resource) in pair.ours["Resources"].as_object().unwrap() {
            let mut pointers = Vec::new();
            collect_leaves(resource, "", &mut pointers);
            for pointer in pointers {
                let mut ours = resource.clone();
                let value = ours.pointer_mut(&pointer).unwrap();
                *value = changed_value(value);
                changed += 1;
                let sams = pair.sams["Resources"].get(id);
                let differences = difference::compare_resources(id, Some(&ours), sams);
                let permission = grants::is_permission_type(resource["Type"].as_str().unwrap());
                let granted = differences.iter().any(grants::changes_access);
                if differences.iter().all(accepted::is_accepted)
                    || permission && pointer.starts_with("/Properties/") && !granted
                {
                    unnoticed.push(format!("`{}`: {id}{pointer}", pair.case));
                }
            }
        }
    }
    assert!(unnoticed.is_empty(), "these changes are not found\n{}", unnoticed.join("\n"));
    assert!(changed > 5_000, "only {changed} values were changed");
}

#[test]
fn an_additional_and_a_missing_resource_are_found() {
    for pair in template_pairs() {
        let resources = pair.ours["Resources"].as_object().unwrap();
        for (id, resource) in resources {
            for (ours, sams) in [(Some(resource), None), (None, Some(resource))] {
                let differences = difference::compare_resources(id, ours, sams);
                assert!(differences.iter().any(|it| !accepted::is_accepted(it)), "{id}");
                let granted = differences.iter().any(grants::changes_access);
                assert!(granted || !grants::is_permission_type(resource["Type"].as_str().unwrap()));
            }
        }
    }
}
