//! The differences between two templates. Takes both in normal form. Gives the path and both values of each difference,
//! as deep as both sides have objects, or lists of the same length.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::{Map, Value};

/// A difference between two templates.
#[derive(Debug, Clone)]
pub(super) struct Difference {
    /// The type of the resource, or the section of the template that is not `Resources`.
    pub(super) kind: String,
    /// The logical id of the resource; empty in other sections.
    pub(super) id: String,
    /// The keys that lead to the difference.
    pub(super) path: Vec<String>,
    pub(super) ours: Option<Value>,
    pub(super) sams: Option<Value>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |value: &Option<Value>| match value {
            Some(value) => format!("{value:#}").replace('\n', "\n    "),
            None => "nothing".to_owned(),
        };
        let place = if self.id.is_empty() {
            self.kind.clone()
        } else {
            format!("{} ({})", self.id, self.kind)
        };
        writeln!(f, "{place}, at `{}`:", self.path.join(" > "))?;
        write!(f, "    ours:  {}\n    SAM's: {}", side(&self.ours), side(&self.sams))
    }
}

/// Finds all differences between two templates.
pub(super) fn compare_templates(ours: &Value, sams: &Value) -> Vec<Difference> {
    let mut differences = Vec::new();
    for section in keys_of_both(ours, sams) {
        let (ours, sams) = (ours.get(&section), sams.get(&section));
        if section == "Resources" {
            let none = Value::Object(Map::new());
            let (ours, sams) = (ours.unwrap_or(&none), sams.unwrap_or(&none));
            for id in keys_of_both(ours, sams) {
                differences.extend(compare_resources(&id, ours.get(&id), sams.get(&id)));
            }
        } else {
            let mut at = DifferencePath { kind: &section, id: "", path: Vec::new() };
            compare_values(ours, sams, &mut at, &mut differences);
        }
    }
    differences
}

/// Finds all differences between the resources of two templates with the same logical id.
pub(super) fn compare_resources(
    id: &str,
    ours: Option<&Value>,
    sams: Option<&Value>,
) -> Vec<Difference> {
    let kind = sams.or(ours).and_then(|resource| resource["Type"].as_str()).unwrap_or_default();
    let mut at = DifferencePath { kind, id, path: Vec::new() };
    let mut differences = Vec::new();
    match (ours, sams) {
        // A resource of only one side is a single difference, and not one for each property.
        (Some(_), Some(_)) => compare_values(ours, sams, &mut at, &mut differences),
        _ => at.push(ours, sams, &mut differences),
    }
    differences
}

struct DifferencePath<'a> {
    kind: &'a str,
    id: &'a str,
    path: Vec<String>,
}

impl DifferencePath<'_> {
    fn push(&self, ours: Option<&Value>, sams: Option<&Value>, into: &mut Vec<Difference>) {
        into.push(Difference {
            kind: self.kind.to_owned(),
            id: self.id.to_owned(),
            path: self.path.clone(),
            ours: ours.cloned(),
            sams: sams.cloned(),
        });
    }
}

fn compare_values(
    ours: Option<&Value>,
    sams: Option<&Value>,
    at: &mut DifferencePath<'_>,
    into: &mut Vec<Difference>,
) {
    if ours == sams {
        return;
    }
    let null = Value::Null;
    let (one, other) = (ours.unwrap_or(&null), sams.unwrap_or(&null));
    let below: Vec<(String, Option<&Value>, Option<&Value>)> = match (one, other) {
        (Value::Array(ours), Value::Array(sams)) if ours.len() == sams.len() => {
            let pairs = ours.iter().zip(sams).enumerate();
            pairs
                .map(|(number, (one, other))| (number.to_string(), Some(one), Some(other)))
                .collect()
        }
        _ if has_comparable_fields(ours) && has_comparable_fields(sams) => {
            let keys = keys_of_both(one, other).into_iter();
            keys.map(|key| (key.clone(), one.get(&key), other.get(&key))).collect()
        }
        _ => Vec::new(),
    };
    if below.is_empty() {
        at.push(ours, sams, into);
    }
    for (key, ours, sams) in below {
        at.path.push(key);
        compare_values(ours, sams, at, into);
        at.path.pop();
    }
}

/// Returns whether to compare the fields of a value: those of an object that has some, or none if the value is missing.
/// An intrinsic function is compared as one value.
fn has_comparable_fields(value: Option<&Value>) -> bool {
    let Some(value) = value else { return true };
    value.as_object().is_some_and(|fields| {
        let intrinsic =
            |key: &String| key == "Ref" || key == "Condition" || key.starts_with("Fn::");
        !(fields.is_empty() || fields.len() == 1 && fields.keys().all(intrinsic))
    })
}

fn keys_of_both(ours: &Value, sams: &Value) -> BTreeSet<String> {
    let all = [ours, sams].into_iter().filter_map(Value::as_object);
    all.flat_map(Map::keys).cloned().collect()
}
