//! The key `filters = [{ "body": { "kind": ["order"] } }]`: the patterns of event filtering. A pattern that
//! Lambda would reject is an error, and so is a pattern that no record of the source can match: a message of a
//! queue that matches no pattern is deleted. AWS: "Control which events Lambda sends to your function".
// See decision 0037.

mod change;

use skylift_model::aws::limits;
use skylift_model::aws::node::Node;

use super::record_fields::RecordFields;
use crate::errors::Errors;
use crate::messages;
use crate::pattern::{LAMBDA, check_pattern};
use crate::readers::{read_json_object, read_list};
use crate::tree::{ArgKey, ArgValue, ArgValueKind};

/// Reads the value of `filters`: one pattern or a list of patterns. `records` are the fields that the records
/// of the source have.
pub(super) fn read_filters(
    value: &ArgValue,
    records: RecordFields,
    errors: &mut Errors,
) -> Vec<Node> {
    let patterns = read_list(value);
    if let Some(first_beyond) = patterns.get(limits::FILTERS) {
        let message = messages::too_many_filters(patterns.len(), limits::FILTERS);
        errors.push(&first_beyond.span, message);
    }
    if patterns.is_empty() {
        errors.push(&value.span, messages::no_filters());
    }
    patterns.iter().filter_map(|pattern| read_pattern(pattern, records, errors)).collect()
}

/// Reads one pattern of a filter. Returns `None` after an error was recorded.
fn read_pattern(pattern: &ArgValue, records: RecordFields, errors: &mut Errors) -> Option<Node> {
    errors.scope(|errors| {
        let node = Node::Map(read_json_object(pattern, errors)?);
        let check_field = |key: &ArgKey, value: &ArgValue, errors: &mut Errors| {
            check_record_field(key, value, records, errors);
        };
        check_pattern(pattern, &LAMBDA, &check_field, errors);
        let length = node.json_len();
        if length > limits::FILTER_LEN {
            errors.push(&pattern.span, messages::pattern_too_long(length, limits::FILTER_LEN));
        }
        Some(node)
    })
}

/// Checks that a record of the source can have this field, and that a field with few values is compared with one of
/// them, because a pattern about anything else matches nothing.
fn check_record_field(key: &ArgKey, value: &ArgValue, records: RecordFields, errors: &mut Errors) {
    let RecordFields { source, fields, values } = records;
    if !fields.contains(&key.text.as_str()) {
        errors.push(&key.span, messages::unknown_record_field(source, &key.text, fields));
    }
    if source == change::FIELD && key.text == change::FIELD {
        change::check_change(value, errors);
    }
    let known = values.iter().find(|(field, _)| *field == key.text);
    let (Some((field, known)), ArgValueKind::List(compared)) = (known, &value.kind) else { return };
    for value in compared {
        match &value.kind {
            ArgValueKind::Str(text) if !known.contains(&text.as_str()) => {
                errors.push(&value.span, messages::impossible_field_value(field, text, known));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::node::{Map, Node};

    use crate::source::testing::{mapping, rejected, trigger};

    #[test]
    fn filters_are_limited_to_the_number_that_lambda_accepts() {
        let filters = |count| vec![r#"{ "body": { "a": [1] } }"#; count].join(", ");
        let read = mapping(&format!("filters = [{}]", filters(20))).filters;
        let body = Map::new().with("a", vec![Node::Int(1)]);
        assert_eq!(read, vec![Node::from(Map::new().with("body", body)); 20]);
        let message = rejected(&format!("sqs(filters = [{}])", filters(21)));
        assert!(message.starts_with("21 filters, Lambda takes 20"), "{message}");
    }

    #[test]
    fn a_pattern_is_at_most_as_long_as_lambda_accepts() {
        let pattern =
            |fill: usize| format!(r#"sqs(filters = {{ "body": ["{}"] }})"#, "a".repeat(fill));
        // `{"body":[""]}` has 13 characters.
        trigger(&pattern(4_096 - 13));
        let message = rejected(&pattern(4_096 - 12));
        assert_eq!(message, "this pattern has 4097 characters of JSON, Lambda takes 4096");
    }

    #[test]
    fn an_invalid_pattern_is_rejected() {
        for (filters, message) in [
            ("[]", "`filters` is empty: leave it out to get every record"),
            ("[3]", "expected a map: `{ \"Key\": value }`, found a number"),
            (
                r#"{ "body": { "kind": "order" } }"#,
                "a pattern compares `kind` with a list of values, found a string\n\nhelp: write it in brackets: `[…]`",
            ),
            (
                r#"{ "$or": [{ "body": { "a": [1] } }, { "body": 2 }] }"#,
                "a pattern compares `body` with a list of values, found a number\n\nhelp: write it in brackets: `[…]`",
            ),
            ("{}", "a pattern without a field, which Lambda rejects"),
            (r#"{ "body": {} }"#, "a pattern without a field, which Lambda rejects"),
            (r#"{ "body": { "a": [] } }"#, "`a` is compared with no values"),
            (
                r#"{ "body": { "a": [[1]] } }"#,
                "a pattern compares with single values, found a list",
            ),
            (r#"{ "body": { "a": [1], "a": [2] } }"#, "`a` is set twice"),
            (
                r#"{ "body": { "$or": [{ "a": [1] }] } }"#,
                "`$or` takes a list of 2 patterns or more",
            ),
            (r#"{ "$or": [1, 2] }"#, "`$or` takes a list of 2 patterns or more"),
            (r#"{ "$or": { "body": [1] } }"#, "`$or` takes a list of 2 patterns or more"),
        ] {
            let found = rejected(&format!("sqs(filters = {filters})"));
            assert!(found.starts_with(message), "{filters}: {found}");
        }
    }

    /// Returns the trigger with `filters` as one more argument.
    fn filtered(trigger: &str, pattern: &str) -> String {
        trigger.replace(')', &format!(", filters = {pattern})")).replace("(, ", "(")
    }

    #[test]
    fn a_pattern_names_fields_of_the_sources_records() {
        for (right, of) in [
            (r#"[{ "body": { "kind": ["order", "refund"] } }]"#, "sqs()"),
            (
                r#"{ "body": ["text"], "messageAttributes": { "a": { "stringValue": ["b"] } } }"#,
                "sqs()",
            ),
            (r#"[{ "data": { "amount": [{ "numeric": [">", 100] }] } }]"#, "kinesis()"),
            (r#"{ "data": { "body": [1] }, "partitionKey": [{ "prefix": "a" }] }"#, "kinesis()"),
            (
                r#"[{ "eventName": ["INSERT"], "dynamodb": { "NewImage": { "kind": { "S": ["order"] } } } }]"#,
                "dynamodb(table = Orders)",
            ),
            (
                r#"{ "$or": [{ "eventName": ["REMOVE"] }, { "userIdentity": { "type": ["Service"] } }] }"#,
                "dynamodb(table = Orders)",
            ),
        ] {
            trigger(&filtered(of, right));
        }
        for (wrong, of, message) in [
            ("bdy", "sqs()", "a record of `sqs` has no field `bdy`\n\nhelp: did you mean `body`?"),
            (
                "body",
                "kinesis()",
                "a record of `kinesis` has no field `body`\n\nhelp: a record has `data`, `partitionKey`,",
            ),
            (
                "body",
                "dynamodb(table = Orders)",
                "a record of `dynamodb` has no field `body`\n\nhelp: a record has `dynamodb`, `eventName`,",
            ),
            (
                "event_name",
                "dynamodb(table = Orders)",
                "a record of `dynamodb` has no field `event_name`\n\nhelp: did you mean `eventName`?",
            ),
        ] {
            let pattern = format!(r#"{{ "{wrong}": {{ "a": [1] }} }}"#);
            let found = rejected(&filtered(of, &pattern));
            assert!(found.starts_with(message), "{of}: {found}");
        }
        let pattern = |name: &str| {
            format!(r#"dynamodb(table = Orders, filters = {{ "eventName": ["MODIFY", {name}] }})"#)
        };
        trigger(&pattern(r#""INSERT", { "prefix": "REM" }"#));
        let found = rejected(&pattern(r#""INSRT""#));
        assert_eq!(
            found,
            "`eventName` of a record is never `INSRT`\n\nhelp: did you mean `INSERT`?"
        );
        let found = rejected(r#"sqs(filters = { "$or": [{ "body": [1] }, { "bdy": [2] }] })"#);
        assert!(found.starts_with("a record of `sqs` has no field `bdy`"), "{found}");
    }
}
