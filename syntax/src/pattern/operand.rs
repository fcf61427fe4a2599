//! What the operators of patterns take. Each function tells whether a value is a valid operand.

use std::net::IpAddr;

use crate::tree::{ArgValue, ArgValueKind};

/// Returns whether the operand is a string that is not empty.
pub(super) fn is_text(value: &ArgValue) -> bool {
    matches!(&value.kind, ArgValueKind::Str(text) if !text.is_empty())
}

/// Returns whether the operand is a boolean.
pub(super) fn is_bool(value: &ArgValue) -> bool {
    matches!(value.kind, ArgValueKind::Bool(_))
}

/// Returns whether the operand of `anything-but` is valid: a string, a number, a list of strings, or a
/// list of numbers.
pub(super) fn is_text_number_or_list(value: &ArgValue) -> bool {
    let is_number = |value: &ArgValue| to_number(value).is_some();
    match &value.kind {
        ArgValueKind::List(values) => {
            !values.is_empty() && (values.iter().all(is_string) || values.iter().all(is_number))
        }
        _ => is_string(value) || is_number(value),
    }
}

/// Returns whether the operand of `numeric` is valid: a list of comparison signs and numbers.
pub(super) fn is_comparison(value: &ArgValue) -> bool {
    let ArgValueKind::List(parts) = &value.kind else { return false };
    let is_one_of = |value: &ArgValue, signs: &[&str]| matches!(&value.kind, ArgValueKind::Str(text) if signs.contains(&text.as_str()));
    match parts.as_slice() {
        [sign, operand] => {
            is_one_of(sign, &["=", "<", "<=", ">", ">="]) && to_number(operand).is_some()
        }
        [above, low, below, high] => {
            let is_ascending =
                to_number(low).zip(to_number(high)).is_some_and(|(low, high)| low < high);
            is_one_of(above, &[">", ">="]) && is_one_of(below, &["<", "<="]) && is_ascending
        }
        _ => false,
    }
}

/// Returns the number that a value is, and `None` for a value that is not a number.
#[expect(
    clippy::cast_precision_loss,
    reason = "the services compare numbers as floating-point numbers"
)]
fn to_number(value: &ArgValue) -> Option<f64> {
    match value.kind {
        ArgValueKind::Int(number) => Some(number as f64),
        ArgValueKind::Float(number) => Some(number),
        _ => None,
    }
}

/// Returns whether the operand of `anything-but` in a filter policy of SNS is valid: what Lambda takes, or a prefix or a
/// suffix that the value does not have.
pub(super) fn is_excluded_by_sns(value: &ArgValue) -> bool {
    match &value.kind {
        ArgValueKind::Map(entries) => match entries.as_slice() {
            [(key, operand)] => {
                ["prefix", "suffix"].contains(&key.text.as_str()) && is_text(operand)
            }
            _ => false,
        },
        _ => is_text_number_or_list(value),
    }
}

/// Returns whether the operand of `cidr` is valid: an IP address and the length of its prefix.
pub(super) fn is_cidr(value: &ArgValue) -> bool {
    let ArgValueKind::Str(text) = &value.kind else { return false };
    let Some((address, length)) = text.split_once('/') else { return false };
    let most = match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    length.parse::<u8>().is_ok_and(|length| length <= most)
}

/// Returns whether the operand of `prefix` or `suffix` in a pattern of a rule is valid: a string, or a string whose case
/// does not count.
pub(super) fn is_affix(value: &ArgValue) -> bool {
    match &value.kind {
        ArgValueKind::Map(entries) => match entries.as_slice() {
            [(key, operand)] => key.text == "equals-ignore-case" && is_string(operand),
            _ => false,
        },
        _ => is_string(value),
    }
}

/// Returns whether the operand of `wildcard` is valid: a string without two wildcards side by side.
pub(super) fn is_wildcard(value: &ArgValue) -> bool {
    matches!(&value.kind, ArgValueKind::Str(text) if !text.is_empty() && !text.contains("**"))
}

/// Returns whether the operand of `anything-but` in a pattern of a rule is valid: what Lambda takes, or an operator with
/// one string or several.
pub(super) fn is_excluded_by_eventbridge(value: &ArgValue) -> bool {
    const OPERATORS: [&str; 4] = ["equals-ignore-case", "prefix", "suffix", "wildcard"];
    let ArgValueKind::Map(entries) = &value.kind else { return is_text_number_or_list(value) };
    let [(key, operand)] = entries.as_slice() else { return false };
    let accepts = if key.text == "wildcard" { is_wildcard } else { is_string };
    let fits = match &operand.kind {
        ArgValueKind::List(items) => !items.is_empty() && items.iter().all(accepts),
        _ => accepts(operand),
    };
    OPERATORS.contains(&key.text.as_str()) && fits
}

/// Returns whether the value is a string, also an empty one.
fn is_string(value: &ArgValue) -> bool {
    matches!(value.kind, ArgValueKind::Str(_))
}
