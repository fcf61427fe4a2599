//! Invents a value of a type: tries one plan after another, until the type can be read.

use serde::de::DeserializeOwned;

use super::attempt::attempt;
use super::deserializer::{Given, Plan, TEXTS};
use super::error::ProbeError;

/// The greatest number of fields that are added or changed for one type.
const MAX_STEPS: usize = 60;

/// The kinds of values that a key can have.
const KEY_KINDS: [Given; 3] = [Given::Text, Given::Number, Given::Bytes];

/// The further kinds of values that are tried for a field.
const OTHER_KINDS: [Given; 3] = [Given::Bool, Given::List, Given::Map];

/// Invents an object of a type. If the type does not name its fields, the object has these fields and the ones that
/// the type turns out to need. Returns `None` if no invented value can be read.
pub(super) fn invent<T: DeserializeOwned>(fields: &[(&str, Given)]) -> Option<T> {
    let named = fields.iter().map(|(name, given)| ((*name).to_owned(), *given));
    let mut plan = Plan { fields: named.collect(), ..Plan::default() };
    for _ in 0..MAX_STEPS {
        match attempt(&plan) {
            Ok(value) => return Some(value),
            Err(ProbeError::Missing(name)) if is_new(&plan, &name) => {
                plan.fields.push((name, Given::Text));
            }
            Err(_) => change_kinds::<T>(&mut plan, fields.len())?,
        }
    }
    None
}

fn is_new(plan: &Plan, name: &str) -> bool {
    plan.fields.iter().all(|(known, _)| known != name)
}

/// Returns whether reading by this plan succeeds, or fails only because of a field that the plan does not have yet.
fn gets_further<T: DeserializeOwned>(plan: &Plan) -> bool {
    match attempt::<T>(plan) {
        Ok(_) => true,
        Err(ProbeError::Missing(name)) => is_new(plan, &name),
        Err(_) => false,
    }
}

/// Changes the kind of one field, or of two of the first `named` fields, so that reading gets further. Returns `None`
/// if no change helps.
fn change_kinds<T: DeserializeOwned>(plan: &mut Plan, named: usize) -> Option<()> {
    let forms = (1..TEXTS.len()).map(Given::Form);
    let kinds: Vec<Given> = KEY_KINDS.into_iter().chain(OTHER_KINDS).chain(forms).collect();
    // The field that was added last is the first suspect.
    for index in (0..plan.fields.len()).rev() {
        let before = plan.fields[index].1;
        for given in &kinds {
            plan.fields[index].1 = *given;
            if gets_further::<T>(plan) {
                return Some(());
            }
        }
        plan.fields[index].1 = before;
    }
    for first in 0..named {
        for second in first + 1..named {
            let before = (plan.fields[first].1, plan.fields[second].1);
            for one in KEY_KINDS {
                for other in KEY_KINDS {
                    (plan.fields[first].1, plan.fields[second].1) = (one, other);
                    if gets_further::<T>(plan) {
                        return Some(());
                    }
                }
            }
            (plan.fields[first].1, plan.fields[second].1) = before;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Deserialize, Serialize)]
    struct Base {
        id: String,
        count: u16,
        tags: Vec<u8>,
        from: std::net::Ipv4Addr,
    }

    #[derive(Deserialize, Serialize)]
    struct Whole {
        #[serde(flatten)]
        base: Base,
        #[serde(alias = "Name")]
        name: Option<String>,
        kind: Kind,
        inner: Box<Base>,
        address: std::net::Ipv4Addr,
        next: Option<Box<Whole>>,
    }

    #[derive(Deserialize, Serialize)]
    enum Kind {
        Of(u8),
    }

    #[derive(Deserialize)]
    struct Named {
        #[serde(alias = "other")]
        a: String,
        b: Option<u8>,
    }

    #[test]
    fn a_value_of_any_type_is_invented() {
        let named: Named = invent(&[]).unwrap();
        assert_eq!((named.a.as_str(), named.b), ("1", Some(1)));
        let all: HashMap<String, u8> = invent(&[("id", Given::Number)]).unwrap();
        assert_eq!(all["id"], 1);
        let flattened: Whole = invent(&[("id", Given::Number)]).unwrap();
        assert_eq!((flattened.base.id.as_str(), flattened.base.count), ("1", 1));
        assert_eq!(flattened.address.to_string(), "127.0.0.1");
    }

    #[test]
    fn a_type_that_reads_nothing_has_no_invented_value() {
        #[derive(Deserialize)]
        enum Nothing {}
        assert!(invent::<Nothing>(&[]).is_none());
    }
}
