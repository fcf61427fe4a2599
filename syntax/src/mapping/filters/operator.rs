//! The operators of a pattern, `{ "prefix": "eu-" }`: those that Lambda documents for event filtering,
//! each with what it takes.

use skylift_model::suggest;

use crate::errors::Errors;
use crate::tree::{Key, Kind, Value};

/// An operator.
struct Operator {
    name: &'static str,
    takes: fn(&Value) -> bool,
    /// What it takes, for people.
    what: &'static str,
}

const OPERATORS: [Operator; 6] = [
    Operator {
        name: "anything-but",
        takes: is_anything,
        what: "a string, a number, or a list of one of the two",
    },
    Operator { name: "equals-ignore-case", takes: is_text, what: "a string" },
    Operator { name: "exists", takes: is_truth, what: "`true` or `false`" },
    Operator {
        name: "numeric",
        takes: is_comparison,
        what: "a comparison, `[\"=\", 5]`, or a range from a smaller to a larger number, `[\">\", 0, \"<=\", 5]`",
    },
    Operator { name: "prefix", takes: is_text, what: "a string that is not empty" },
    Operator { name: "suffix", takes: is_text, what: "a string that is not empty" },
];

/// Finds what Lambda would refuse in the braces of an operator.
pub(super) fn check(value: &Value, entries: &[(Key, Value)], errors: &mut Errors) {
    let names = || OPERATORS.iter().map(|operator| operator.name);
    let [(key, operand)] = entries else {
        errors.push(&value.place, "an operator stands alone in its braces").help(format!(
            "write each in braces of its own; the operators are {}",
            suggest::list(names())
        ));
        return;
    };
    let Some(operator) = OPERATORS.iter().find(|operator| operator.name == key.text) else {
        let message = errors.push(
            &key.place,
            format!("`{}` is not an operator of Lambda's event filtering", key.text),
        );
        message.help(match suggest::nearest(&key.text, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the operators are {}", suggest::list(names())),
        });
        return;
    };
    if !(operator.takes)(operand) {
        let Operator { name, what, .. } = operator;
        errors.push(&operand.place, format!("`{name}` takes {what}, found {}", operand.describe()));
    }
}

fn is_text(value: &Value) -> bool {
    matches!(&value.kind, Kind::Str(text) if !text.is_empty())
}

fn is_truth(value: &Value) -> bool {
    matches!(value.kind, Kind::Bool(_))
}

fn is_anything(value: &Value) -> bool {
    let is_string = |value: &Value| matches!(value.kind, Kind::Str(_));
    let is_number = |value: &Value| number(value).is_some();
    match &value.kind {
        Kind::List(values) => {
            !values.is_empty() && (values.iter().all(is_string) || values.iter().all(is_number))
        }
        _ => is_string(value) || is_number(value),
    }
}

fn is_comparison(value: &Value) -> bool {
    let Kind::List(parts) = &value.kind else { return false };
    let is = |value: &Value, known: &[&str]| matches!(&value.kind, Kind::Str(text) if known.contains(&text.as_str()));
    match parts.as_slice() {
        [operator, operand] => {
            is(operator, &["=", "<", "<=", ">", ">="]) && number(operand).is_some()
        }
        [above, low, below, high] => {
            let rises = number(low).zip(number(high)).is_some_and(|(low, high)| low < high);
            is(above, &[">", ">="]) && is(below, &["<", "<="]) && rises
        }
        _ => false,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "Lambda compares numbers of 64 bits with a fraction"
)]
fn number(value: &Value) -> Option<f64> {
    match value.kind {
        Kind::Int(number) => Some(number as f64),
        Kind::Float(number) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::source::testing::{refused, trigger};

    fn with(values: &str) -> String {
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
            trigger(&with(right));
        }
    }

    #[test]
    fn an_operator_that_lambda_would_refuse_is_an_error() {
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
            (r#"{ "prefix": "a", "suffix": "b" }"#, "an operator stands alone in its braces"),
            ("{}", "an operator stands alone in its braces"),
        ] {
            let found = refused(&with(wrong));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
