//! The conditions of a statement: operators, and the condition keys that all services have.

use std::net::IpAddr;

use super::report::{certain, typing_mistake};
use crate::aws::arn;
use crate::aws::condition_key::find_meant_variable;
use crate::aws::shape::{Certainty, ShapeProblem};
use crate::aws::value::has_dynamic_reference;
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
pub fn check_condition<'a, T: Written<'a>>(
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
            Content::Map(keys) if has_function(&keys) => {}
            Content::Map(keys) => {
                for WrittenEntry { key, at, value } in &keys {
                    if let Some(near) = find_meant_variable(key) {
                        let message = messages::unknown_condition_key(key, &near);
                        report(at, typing_mistake(message));
                    } else {
                        check_values(operator, *value, report);
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

/// Checks the literal values of a condition key, which is a value or a list of values.
fn check_values<'a, T: Written<'a>>(
    operator: &str,
    value: T,
    report: &mut dyn FnMut(&T::Place, ShapeProblem),
) {
    if let Content::List(items) = value.content() {
        for item in items {
            check_values(operator, item, report);
        }
        return;
    }
    let plain = plain_operator(operator);
    let is = |name: &str| plain.eq_ignore_ascii_case(name);
    let starts_with =
        |name: &str| plain.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
    let text = match value.content() {
        Content::Text(text) => text.to_owned(),
        Content::Integer(number) => number.to_string(),
        Content::Fraction if starts_with("Numeric") => return,
        Content::Fraction => "0.5".to_owned(),
        Content::Boolean => "true".to_owned(),
        _ => return,
    };
    if text.contains("${") || has_dynamic_reference(&text) {
        return;
    }
    let (is_right, expected) = if is("Bool") || is("Null") {
        (matches!(text.to_ascii_lowercase().as_str(), "true" | "false"), "`true` or `false`")
    } else if starts_with("Numeric") {
        (text.parse::<f64>().is_ok_and(f64::is_finite), "a number")
    } else if is("IpAddress") || is("NotIpAddress") {
        (is_ip_range(&text), "an IP address, or a range of them such as `203.0.113.0/24`")
    } else if starts_with("Arn") {
        (text.starts_with(arn::PREFIX) || text.contains(['*', '?']), "an ARN")
    } else {
        return;
    };
    if !is_right {
        let message = messages::value_of_another_type(operator, expected, &value.describe());
        report(&value.place(), certain(message));
    }
}

/// Returns whether a text is an IP address, or a range of addresses in CIDR notation.
fn is_ip_range(text: &str) -> bool {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, bits.parse::<u8>().ok()),
        None => (text, Some(0)),
    };
    let most = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    bits.is_some_and(|bits| bits <= most)
}

/// Returns an operator without the words for sets and for missing keys around it.
fn plain_operator(operator: &str) -> &str {
    let set = SETS.into_iter().find(|set| operator.starts_with(set)).unwrap_or_default();
    let plain = &operator[set.len()..];
    plain.strip_suffix(IF_EXISTS).unwrap_or(plain)
}

/// Returns the problem of an operator that IAM does not have.
fn find_operator_mistake(operator: &str) -> Option<ShapeProblem> {
    let set = SETS.into_iter().find(|set| operator.starts_with(set)).unwrap_or_default();
    let end = if operator.ends_with(IF_EXISTS) { IF_EXISTS } else { "" };
    let plain = plain_operator(operator);
    if OPERATORS.iter().any(|known| known.eq_ignore_ascii_case(plain)) {
        return None;
    }
    let near = suggest::nearest(plain, OPERATORS).map(|near| format!("{set}{near}{end}"));
    let certainty = if near.is_some() { Certainty::TypingMistake } else { Certainty::UnknownName };
    let message = messages::unknown_operator(operator, near.as_deref());
    Some(ShapeProblem { message, certainty })
}
