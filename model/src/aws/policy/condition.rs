//! The conditions of a statement: operators, and the condition keys that all services have.

use super::report::{certain, typing_mistake};
use crate::aws::condition_key::find_meant_variable;
use crate::aws::shape::{Certainty, ShapeProblem};
use crate::aws::written::{Content, Written, WrittenEntry, has_function};
use crate::messages::policy as messages;
use crate::suggest;

/// The operators. IAM: "IAM JSON policy elements: Condition operators".
const OPERATORS: [&str; 27] = [
    "ArnEquals",
    "ArnLike",
    "ArnNotEquals",
    "ArnNotLike",
    "BinaryEquals",
    "Bool",
    "DateEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateNotEquals",
    "IpAddress",
    "NotIpAddress",
    "Null",
    "NumericEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericNotEquals",
    "StringEquals",
    "StringEqualsIgnoreCase",
    "StringLike",
    "StringNotEquals",
    "StringNotEqualsIgnoreCase",
    "StringNotLike",
];

/// The beginning of an operator on a key with several values.
const SETS: [&str; 2] = ["ForAllValues:", "ForAnyValue:"];

/// The end of an operator that also matches if the key is missing.
const IF_EXISTS: &str = "IfExists";

/// Checks the value of `Condition`: operators with maps from condition keys to values.
pub(super) fn check_condition<'a, T: Written<'a>>(
    value: T,
    report: &mut dyn FnMut(&T::Place, ShapeProblem),
) {
    let Content::Map(operators) = value.content() else { return };
    if has_function(&operators) {
        return;
    }
    for WrittenEntry { key: operator, at, value } in operators {
        if matches!(value.content(), Content::Unchecked) {
            continue;
        }
        if let Some(problem) = find_operator_mistake(operator) {
            report(&at, problem);
        }
        match value.content() {
            Content::Map(keys) => {
                for WrittenEntry { key, at, .. } in &keys {
                    if let Some(near) = find_meant_variable(key) {
                        let message = messages::unknown_condition_key(key, &near);
                        report(at, typing_mistake(message));
                    }
                }
            }
            Content::Text(_) | Content::Integer(_) | Content::Boolean | Content::List(_) => {
                let message = messages::operator_without_keys(operator, &value.describe());
                report(&value.place(), certain(message));
            }
            _ => {}
        }
    }
}

/// Returns the problem of an operator that IAM does not have.
fn find_operator_mistake(operator: &str) -> Option<ShapeProblem> {
    let set = SETS.into_iter().find(|set| operator.starts_with(set)).unwrap_or_default();
    let plain = &operator[set.len()..];
    let end = if plain.ends_with(IF_EXISTS) { IF_EXISTS } else { "" };
    let plain = plain.strip_suffix(end).unwrap_or(plain);
    if OPERATORS.iter().any(|known| known.eq_ignore_ascii_case(plain)) {
        return None;
    }
    let near = suggest::nearest(plain, OPERATORS).map(|near| format!("{set}{near}{end}"));
    let certainty = if near.is_some() { Certainty::TypingMistake } else { Certainty::UnknownName };
    let message = messages::unknown_operator(operator, near.as_deref());
    Some(ShapeProblem { message, certainty })
}
