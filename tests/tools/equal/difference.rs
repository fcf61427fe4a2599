//! Where two templates differ. Takes both in normal form, gives each place that is not the same in both, as
//! far down as objects and lists of one length go.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::{Map, Value};

/// A place where two templates differ.
#[derive(Debug, Clone)]
pub(super) struct Difference {
    /// The type of the resource, or the section of the template that is not `Resources`.
    pub(super) kind: String,
    /// The logical id of the resource; empty in other sections.
    pub(super) id: String,
    /// The keys that lead there.
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
        let of = if self.id.is_empty() {
            self.kind.clone()
        } else {
            format!("{} ({})", self.id, self.kind)
        };
        writeln!(f, "{of}, at `{}`:", self.path.join(" > "))?;
        write!(f, "    ours:  {}\n    SAM's: {}", side(&self.ours), side(&self.sams))
    }
}

/// Every difference between two templates.
pub(super) fn between(ours: &Value, sams: &Value) -> Vec<Difference> {
    let mut differences = Vec::new();
    for section in keys(ours, sams) {
        let (ours, sams) = (ours.get(&section), sams.get(&section));
        if section == "Resources" {
            let none = Value::Object(Map::new());
            let (ours, sams) = (ours.unwrap_or(&none), sams.unwrap_or(&none));
            for id in keys(ours, sams) {
                differences.extend(of_resource(&id, ours.get(&id), sams.get(&id)));
            }
        } else {
            let mut at = Place { kind: &section, id: "", path: Vec::new() };
            compare(ours, sams, &mut at, &mut differences);
        }
    }
    differences
}

/// Every difference between what two templates have under one logical id.
pub(super) fn of_resource(id: &str, ours: Option<&Value>, sams: Option<&Value>) -> Vec<Difference> {
    let kind = sams.or(ours).and_then(|resource| resource["Type"].as_str()).unwrap_or_default();
    let mut at = Place { kind, id, path: Vec::new() };
    let mut differences = Vec::new();
    match (ours, sams) {
        // One that the other has not is one difference and not one a property.
        (Some(_), Some(_)) => compare(ours, sams, &mut at, &mut differences),
        _ => at.push(ours, sams, &mut differences),
    }
    differences
}

struct Place<'a> {
    kind: &'a str,
    id: &'a str,
    path: Vec<String>,
}

impl Place<'_> {
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

fn compare(
    ours: Option<&Value>,
    sams: Option<&Value>,
    at: &mut Place<'_>,
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
        _ if descends(ours) && descends(sams) => {
            let keys = keys(one, other).into_iter();
            keys.map(|key| (key.clone(), one.get(&key), other.get(&key))).collect()
        }
        _ => Vec::new(),
    };
    if below.is_empty() {
        at.push(ours, sams, into);
    }
    for (key, ours, sams) in below {
        at.path.push(key);
        compare(ours, sams, at, into);
        at.path.pop();
    }
}

/// Whether the differences are those of the fields: of an object with any, or of nothing at all. An
/// intrinsic is one value.
fn descends(value: Option<&Value>) -> bool {
    let Some(value) = value else { return true };
    value.as_object().is_some_and(|fields| {
        let intrinsic =
            |key: &String| key == "Ref" || key == "Condition" || key.starts_with("Fn::");
        !fields.is_empty() && !(fields.len() == 1 && fields.keys().all(intrinsic))
    })
}

fn keys(ours: &Value, sams: &Value) -> BTreeSet<String> {
    let all = [ours, sams].into_iter().filter_map(Value::as_object);
    all.flat_map(Map::keys).cloned().collect()
}
