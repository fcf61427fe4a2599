//! Patterns that a service compares JSON with: the filters of event source mappings, the filter policies of SNS and
//! the patterns of EventBridge rules. Takes a pattern and the [`Dialect`] of the service, and records an error for
//! everything that the service would reject.

mod dialect;
mod operand;

pub(crate) use dialect::{Dialect, EVENTBRIDGE, LAMBDA, SNS};

use crate::errors::Errors;
use crate::messages;
use crate::tree::{ArgKey, ArgValue, ArgValueKind};

/// The key in a pattern for a list of alternative patterns.
pub(crate) const OR: &str = "$or";

/// The smallest number of alternatives that `$or` takes.
const MIN_ALTERNATIVES: usize = 2;

/// A further check of each field at the top of a pattern.
type CheckField<'a> = &'a dyn Fn(&ArgKey, &ArgValue, &mut Errors);

/// Checks the fields of a pattern: each field is compared with the values of a list, or has fields of its own.
/// `check_top_field` checks each field at the top, also those in the alternatives of `$or`.
pub(crate) fn check_pattern(
    pattern: &ArgValue,
    dialect: &Dialect,
    check_top_field: CheckField<'_>,
    errors: &mut Errors,
) {
    let ArgValueKind::Map(entries) = &pattern.kind else { return };
    if entries.is_empty() {
        errors.push(&pattern.span, messages::pattern_without_field(dialect.service));
    }
    for (key, value) in entries {
        if key.text == OR {
            check_alternatives(value, dialect, check_top_field, errors);
        } else {
            check_top_field(key, value, errors);
            check_field(key, value, dialect, errors);
        }
    }
}

/// Checks the value of one field in a pattern.
fn check_field(key: &ArgKey, value: &ArgValue, dialect: &Dialect, errors: &mut Errors) {
    match &value.kind {
        ArgValueKind::Map(_) => check_pattern(value, dialect, &|_, _, _| {}, errors),
        ArgValueKind::List(values) if values.is_empty() => {
            errors.push(&value.span, messages::field_without_values(&key.text));
        }
        ArgValueKind::List(values) => check_values(values, dialect, errors),
        _ => {
            let message = messages::field_without_list(&key.text, &value.describe());
            errors.push(&value.span, message);
        }
    }
}

/// Checks the values that a field of a pattern is compared with.
pub(crate) fn check_values(values: &[ArgValue], dialect: &Dialect, errors: &mut Errors) {
    for value in values {
        check_compared_value(value, dialect, errors);
    }
}

/// Checks one value that a field of a pattern is compared with: a single value or an operator.
fn check_compared_value(value: &ArgValue, dialect: &Dialect, errors: &mut Errors) {
    match &value.kind {
        ArgValueKind::Map(entries) => check_operator(value, entries, dialect, errors),
        ArgValueKind::List(_) => errors.push(&value.span, messages::nested_list_in_pattern()),
        _ => {}
    }
}

/// Checks the map of an operator in a pattern. The map has to have one entry, whose key is an operator of the service
/// and whose value is a valid operand.
fn check_operator(
    value: &ArgValue,
    entries: &[(ArgKey, ArgValue)],
    dialect: &Dialect,
    errors: &mut Errors,
) {
    let names: Vec<&str> = dialect.operators.iter().map(|operator| operator.name).collect();
    let [(key, operand)] = entries else {
        errors.push(&value.span, messages::not_one_operator(&names));
        return;
    };
    let Some(operator) = dialect.operators.iter().find(|operator| operator.name == key.text) else {
        errors.push(&key.span, messages::unknown_operator(&key.text, dialect.patterns, &names));
        return;
    };
    if !(operator.accepts)(operand) {
        let message = messages::wrong_operand(operator.name, operator.operand, &operand.describe());
        errors.push(&operand.span, message);
    }
}

/// Checks the patterns in the list of `$or`. These patterns are about the same part of the JSON as the pattern that
/// contains `$or`.
fn check_alternatives(
    value: &ArgValue,
    dialect: &Dialect,
    check_top_field: CheckField<'_>,
    errors: &mut Errors,
) {
    let patterns = match &value.kind {
        ArgValueKind::List(patterns) if patterns.len() >= MIN_ALTERNATIVES => patterns.as_slice(),
        _ => &[],
    };
    let are_maps = patterns.iter().all(|it| matches!(it.kind, ArgValueKind::Map(_)));
    if patterns.is_empty() || !are_maps {
        errors.push(&value.span, messages::too_few_alternatives(OR, MIN_ALTERNATIVES));
        return;
    }
    for pattern in patterns {
        check_pattern(pattern, dialect, check_top_field, errors);
    }
}
