//! The dialects of patterns: each service that compares JSON with patterns has its own operators.

use super::operand;
use crate::messages::phrases;
use crate::tree::ArgValue;

/// An operator of patterns, such as `prefix` in `{ "prefix": "eu-" }`.
pub(crate) struct Operator {
    pub(super) name: &'static str,
    pub(super) accepts: fn(&ArgValue) -> bool,
    /// The noun for the operator's operands in messages.
    pub(super) operand: &'static str,
}

/// The patterns of one service.
pub(crate) struct Dialect {
    /// The name of the service.
    pub(super) service: &'static str,
    /// What the service calls its patterns.
    pub(super) patterns: &'static str,
    pub(super) operators: &'static [Operator],
}

/// The filters of event source mappings. AWS: "Control which events Lambda sends to your function".
pub(crate) const LAMBDA: Dialect = Dialect {
    service: "Lambda",
    patterns: "Lambda's event filtering",
    operators: &[
        Operator {
            name: "anything-but",
            accepts: operand::is_text_number_or_list,
            operand: phrases::STRING_NUMBER_OR_LIST,
        },
        EQUALS_IGNORE_CASE,
        EXISTS,
        NUMERIC,
        PREFIX,
        SUFFIX,
    ],
};

/// The filter policies of subscriptions. AWS: "Amazon SNS subscription filter policies".
pub(crate) const SNS: Dialect = Dialect {
    service: "SNS",
    patterns: "SNS's filter policies",
    operators: &[
        Operator {
            name: "anything-but",
            accepts: operand::is_excluded_by_sns,
            operand: phrases::STRING_NUMBER_LIST_OR_AFFIX,
        },
        Operator { name: "cidr", accepts: operand::is_cidr, operand: phrases::CIDR_BLOCK },
        EQUALS_IGNORE_CASE,
        EXISTS,
        NUMERIC,
        PREFIX,
        SUFFIX,
    ],
};

/// The patterns of rules. AWS: "Comparison operators for use in event patterns in Amazon EventBridge".
pub(crate) const EVENTBRIDGE: Dialect = Dialect {
    service: "EventBridge",
    patterns: "EventBridge's event patterns",
    operators: &[
        Operator {
            name: "anything-but",
            accepts: operand::is_excluded_by_eventbridge,
            operand: phrases::STRING_NUMBER_LIST_OR_OPERATOR,
        },
        Operator { name: "cidr", accepts: operand::is_cidr, operand: phrases::CIDR_BLOCK },
        EQUALS_IGNORE_CASE,
        EXISTS,
        NUMERIC,
        Operator {
            name: "prefix",
            accepts: operand::is_affix,
            operand: phrases::STRING_OR_CASELESS,
        },
        Operator {
            name: "suffix",
            accepts: operand::is_affix,
            operand: phrases::STRING_OR_CASELESS,
        },
        Operator { name: "wildcard", accepts: operand::is_wildcard, operand: phrases::WILDCARD },
    ],
};

const EQUALS_IGNORE_CASE: Operator =
    Operator { name: "equals-ignore-case", accepts: operand::is_text, operand: phrases::STRING };

const EXISTS: Operator =
    Operator { name: "exists", accepts: operand::is_bool, operand: phrases::BOOLEAN };

const NUMERIC: Operator =
    Operator { name: "numeric", accepts: operand::is_comparison, operand: phrases::COMPARISON };

const PREFIX: Operator =
    Operator { name: "prefix", accepts: operand::is_text, operand: phrases::NON_EMPTY_STRING };

const SUFFIX: Operator =
    Operator { name: "suffix", accepts: operand::is_text, operand: phrases::NON_EMPTY_STRING };

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
