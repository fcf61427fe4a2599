//! Messages about the patterns that a service compares JSON with.

use skylift_model::message::Message;

use super::{did_you_mean, list};

/// Reports that a pattern of a service, or a map in it, has no field.
pub(crate) fn pattern_without_field(service: &str) -> Message {
    Message::new(format!("a pattern without a field, which {service} rejects"))
        .with_help("write a field with its values: `{ \"kind\": [\"order\"] }`")
}

/// Reports that a pattern compares a field with an empty list.
pub(crate) fn field_without_values(field: &str) -> Message {
    Message::new(format!("`{field}` is compared with no values"))
        .with_help("list its values, such as `[\"order\"]`, or write `[null]` for null")
}

/// Reports that a pattern compares a field with a value that is not in a list. `found` describes the value.
pub(crate) fn field_without_list(field: &str, found: &str) -> Message {
    Message::new(format!("a pattern compares `{field}` with a list of values, found {found}"))
        .with_help("write it in brackets: `[…]`")
}

/// Reports that a list of values in a pattern contains a list.
pub(crate) fn nested_list_in_pattern() -> Message {
    Message::new("a pattern compares with single values, found a list")
        .with_help("leave the inner brackets out")
}

/// Reports that `$or` in a pattern does not have enough patterns. `or` is the key, and `least` is the number
/// that it needs.
pub(crate) fn too_few_alternatives(or: &str, least: usize) -> Message {
    Message::new(format!("`{or}` takes a list of {least} patterns or more"))
        .with_help(format!("write `\"{or}\": [{{ \"a\": [1] }}, {{ \"b\": [2] }}]`"))
}

/// Reports that a map in a list of values does not have exactly one operator. `operators` are the known
/// operators.
pub(crate) fn not_one_operator(operators: &[&str]) -> Message {
    Message::new("a map in a list of values contains one operator")
        .with_help(format!("write a map for each operator; {}", list_operators(operators)))
}

/// Reports that a pattern has an unknown operator. `patterns` is what the service calls its patterns, and `operators`
/// are the known operators.
pub(crate) fn unknown_operator(name: &str, patterns: &str, operators: &[&str]) -> Message {
    Message::new(format!("`{name}` is not an operator of {patterns}")).with_help(did_you_mean(
        name,
        operators,
        list_operators,
    ))
}

/// Returns the help that lists the known operators.
fn list_operators(operators: &[&str]) -> String {
    format!("the operators are {}", list(operators))
}

/// Reports that an operator of a pattern has a wrong operand. `operand` is the noun for the right operands, and
/// `found` describes the wrong one.
pub(crate) fn wrong_operand(operator: &str, operand: &str, found: &str) -> Message {
    format!("`{operator}` takes {operand}, found {found}").into()
}
