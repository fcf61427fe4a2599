//! `cloudformation.yaml` against what AWS's own translator makes of `template.yaml`. Takes both of every
//! example and every golden case, gives each place where they differ; those that may are on a list.

mod accepted;
mod difference;
mod grants;
mod normal;

use serde_json::{Value, json};

use crate::templates::{self, Checked};
use accepted::{ACCEPTED, Accepted};
use difference::Difference;

/// Both forms of an application, in normal form.
struct Pair {
    case: &'static str,
    ours: Value,
    sams: Value,
}

fn pairs() -> Vec<Pair> {
    let pair = |checked: &'static Checked| {
        let ours = normal::template(checked.plain.as_ref()?);
        Some(Pair { case: &checked.case, ours, sams: normal::template(&checked.translated()) })
    };
    let pairs: Vec<Pair> = templates::sound().iter().filter_map(pair).collect();
    assert!(pairs.len() > 40, "there are templates to compare");
    pairs
}

impl Pair {
    fn differences(&self) -> Vec<Difference> {
        difference::between(&self.ours, &self.sams)
    }
}

#[test]
fn without_sam_the_application_is_the_one_that_sam_makes() {
    let (mut found, mut needed) = (Vec::new(), vec![false; ACCEPTED.len()]);
    for pair in pairs() {
        for difference in pair.differences() {
            let mut entries = ACCEPTED.iter().zip(&mut needed);
            match entries.find(|(accepted, _)| accepted.is(&difference)) {
                Some((_, needed)) => *needed = true,
                None => found.push(format!("`{}`: {difference}", pair.case)),
            }
        }
    }
    assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
    for (accepted, needed) in ACCEPTED.iter().zip(needed) {
        let Accepted { kind, path, because, .. } = accepted;
        assert!(needed, "{path:?} of {kind} may differ for nothing ({because})");
    }
}

/// The list of what may differ is not asked.
#[test]
fn without_sam_nobody_may_do_more_or_less() {
    let mut seen = 0;
    for pair in pairs() {
        let granted: Vec<String> = pair
            .differences()
            .iter()
            .filter(|difference| grants::changes(difference))
            .map(ToString::to_string)
            .collect();
        assert!(granted.is_empty(), "`{}`: {}", pair.case, granted.join("\n"));
        let resources = pair.ours["Resources"].as_object().unwrap().values();
        seen += resources.filter(|it| grants::is_permission(it["Type"].as_str().unwrap())).count();
    }
    assert!(seen > 200, "there are {seen} permissions and policies to compare");
}

#[test]
fn every_template_is_written_without_sam_too() {
    let missing: Vec<&str> = templates::sound()
        .iter()
        .filter(|checked| checked.plain.is_none())
        .map(|checked| checked.case.as_str())
        .collect();
    assert!(missing.is_empty(), "no `cloudformation.yaml` of {missing:?}");
}

/// The places of all values that have none below them, as JSON pointers.
fn leaves(value: &Value, pointer: &str, into: &mut Vec<String>) {
    let mut below = |key: &str, value: &Value| {
        let key = key.replace('~', "~0").replace('/', "~1");
        leaves(value, &format!("{pointer}/{key}"), into);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| below(key, value)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(number, value)| below(&number.to_string(), value));
        }
        _ => into.push(pointer.to_owned()),
    }
}

/// Another value of the same type.
fn another(value: &Value) -> Value {
    match value {
        Value::Bool(yes) => json!(!yes),
        Value::Number(number) => json!(number.as_f64().unwrap() + 1.0),
        Value::String(text) => json!(format!("{text}x")),
        _ => json!("x"),
    }
}

/// Each value of each resource is changed on its own, as a mistake of the build step would change it.
#[test]
fn a_change_of_any_value_of_any_resource_is_found_out() {
    let (mut changed, mut unnoticed) = (0, Vec::new());
    for pair in pairs() {
        for (id, resource) in pair.ours["Resources"].as_object().unwrap() {
            let mut places = Vec::new();
            leaves(resource, "", &mut places);
            for place in places {
                let mut ours = resource.clone();
                let value = ours.pointer_mut(&place).unwrap();
                *value = another(value);
                changed += 1;
                let sams = pair.sams["Resources"].get(id);
                let differences = difference::of_resource(id, Some(&ours), sams);
                let permission = grants::is_permission(resource["Type"].as_str().unwrap());
                let granted = differences.iter().any(grants::changes);
                if differences.iter().all(accepted::any)
                    || permission && place.starts_with("/Properties/") && !granted
                {
                    unnoticed.push(format!("`{}`: {id}{place}", pair.case));
                }
            }
        }
    }
    assert!(unnoticed.is_empty(), "nobody notices\n{}", unnoticed.join("\n"));
    assert!(changed > 5_000, "{changed} values were changed");
}

#[test]
fn a_resource_too_much_and_one_that_is_missing_are_found_out() {
    for pair in pairs() {
        let resources = pair.ours["Resources"].as_object().unwrap();
        for (id, resource) in resources {
            for (ours, sams) in [(Some(resource), None), (None, Some(resource))] {
                let differences = difference::of_resource(id, ours, sams);
                assert!(differences.iter().any(|it| !accepted::any(it)), "{id}");
                let granted = differences.iter().any(grants::changes);
                assert!(granted || !grants::is_permission(resource["Type"].as_str().unwrap()));
            }
        }
    }
}
