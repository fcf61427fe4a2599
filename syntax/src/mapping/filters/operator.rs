//! The operators of a filter's pattern, such as `{ "prefix": "eu-" }`. The module lists the operators that
//! Lambda documents for event filtering, each with the operands that it takes.

use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::tree::{ArgKey, ArgValue, ArgValueKind};

/// An operator of event filtering.
struct Operator {
    name: &'static str,
    accepts: fn(&ArgValue) -> bool,
    /// The noun for the operator's operands in messages.
    operand: &'static str,
}

const OPERATORS: [Operator; 6] = [
    Operator {
        name: "anything-but",
        accepts: is_text_number_or_list,
        operand: phrases::STRING_NUMBER_OR_LIST,
    },
    Operator { name: "equals-ignore-case", accepts: is_text, operand: phrases::STRING },
    Operator { name: "exists", accepts: is_bool, operand: phrases::BOOLEAN },
    Operator { name: "numeric", accepts: is_comparison, operand: phrases::COMPARISON },
    Operator { name: "prefix", accepts: is_text, operand: phrases::NON_EMPTY_STRING },
    Operator { name: "suffix", accepts: is_text, operand: phrases::NON_EMPTY_STRING },
];

/// Checks the map of an operator in a pattern. The map has to have one entry, whose key is a known operator and
/// whose value is a valid operand.
pub(super) fn check_operator(
    value: &ArgValue,
    entries: &[(ArgKey, ArgValue)],
    errors: &mut Errors,
) {
    let names: Vec<&str> = OPERATORS.iter().map(|operator| operator.name).collect();
    let [(key, operand)] = entries else {
        errors.push(&value.span, messages::not_one_operator(&names));
        return;
    };
    let Some(operator) = OPERATORS.iter().find(|operator| operator.name == key.text) else {
        errors.push(&key.span, messages::unknown_operator(&key.text, &names));
        return;
    };
    if !(operator.accepts)(operand) {
        let message = messages::wrong_operand(operator.name, operator.operand, &operand.describe());
        errors.push(&operand.span, message);
    }
}

/// Returns whether the operand is a string that is not empty.
fn is_text(value: &ArgValue) -> bool {
    matches!(&value.kind, ArgValueKind::Str(text) if !text.is_empty())
}

/// Returns whether the operand is a boolean.
fn is_bool(value: &ArgValue) -> bool {
    matches!(value.kind, ArgValueKind::Bool(_))
}

/// Returns whether the operand of `anything-but` is valid: a string, a number, a list of strings, or a
/// list of numbers.
fn is_text_number_or_list(value: &ArgValue) -> bool {
    let is_string = |value: &ArgValue| matches!(value.kind, ArgValueKind::Str(_));
    let is_number = |value: &ArgValue| to_number(value).is_some();
    match &value.kind {
        ArgValueKind::List(values) => {
            !values.is_empty() && (values.iter().all(is_string) || values.iter().all(is_number))
        }
        _ => is_string(value) || is_number(value),
    }
}

/// Returns whether the operand of `numeric` is valid: a list of comparison signs and numbers.
fn is_comparison(value: &ArgValue) -> bool {
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
    reason = "Lambda compares numbers as floating-point numbers of 64 bits"
)]
fn to_number(value: &ArgValue) -> Option<f64> {
    match value.kind {
        ArgValueKind::Int(number) => Some(number as f64),
        ArgValueKind::Float(number) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::source::testing::{rejected, trigger};

    fn trigger_with_values(values: &str) -> String {
        format!(r#"sqs(filters = {{ "body": {{ "a": [{values}] }} }})"#)
    }

    #[test]
    fn every_operator_that_lambda_documents_is_read() {
        for right in [
            r#""a", 1, -2.5, true, null, """#,
            r#"{ "prefix": "eu-" }, { "suffix": ".png" }"#,
            r#"{ "equals-ignore-case": "order" }"#,
            r#"{ "anything-but": "a" }, { "anything-but": 1 }"#,
            r#"{ "anything-but": ["a", "b"] }, { "anything-but": [1, 2.5] }"#,
            r#"{ "exists": false }"#,
            r#"{ "numeric": ["=", 100] }, { "numeric": ["<=", -1.5] }"#,
            r#"{ "numeric": [">", 0, "<=", 5] }"#,
        ] {
            trigger(&trigger_with_values(right));
        }
    }

    #[test]
    fn an_operator_that_lambda_would_reject_is_an_error() {
        for (wrong, message) in [
            (r#"{ "prefix": 3 }"#, "`prefix` takes a string that is not empty, found a number"),
            (r#"{ "suffix": "" }"#, "`suffix` takes a string that is not empty"),
            (r#"{ "exists": "yes" }"#, "`exists` takes `true` or `false`, found a string"),
            (r#"{ "anything-but": [] }"#, "`anything-but` takes a string, a number, or a list"),
            (r#"{ "anything-but": ["a", 1] }"#, "`anything-but` takes a string, a number"),
            (r#"{ "anything-but": { "prefix": "a" } }"#, "`anything-but` takes a string"),
            (r#"{ "numeric": 3 }"#, "`numeric` takes a comparison"),
            (r#"{ "numeric": ["==", 3] }"#, "`numeric` takes a comparison"),
            (r#"{ "numeric": ["<", 3, ">", 1] }"#, "`numeric` takes a comparison"),
            (r#"{ "numeric": [">", 5, "<", 5] }"#, "`numeric` takes a comparison"),
            (r#"{ "nonsense": 1 }"#, "`nonsense` is not an operator of Lambda's event filtering"),
            (r#"{ "cidr": "10.0.0.0/8" }"#, "`cidr` is not an operator"),
            (
                r#"{ "prefixes": "a" }"#,
                "`prefixes` is not an operator of Lambda's event filtering\n\nhelp: did you mean `prefix`?",
            ),
            (
                r#"{ "prefix": "a", "suffix": "b" }"#,
                "a map in a list of values contains one operator",
            ),
            ("{}", "a map in a list of values contains one operator"),
        ] {
            let found = rejected(&trigger_with_values(wrong));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
