//! `filters = [{ "body": { "kind": ["order"] } }]`: the patterns of event filtering. What Lambda would
//! refuse is an error, and so is what no record of the source could match: a queue's messages that match
//! no pattern are deleted. AWS: "Control which events Lambda sends to your function".

mod operator;

use skylift_model::aws::limits;
use skylift_model::aws::node::Node;
use skylift_model::suggest;

use super::records::Records;
use crate::errors::Errors;
use crate::read;
use crate::tree::{Key, Kind, Value};

/// The word for several ways to match.
const OR: &str = "$or";

/// As few ways as there have to be.
const LEAST_WAYS: usize = 2;

/// Reads one pattern or a list of them.
pub(super) fn read(value: &Value, records: Records, errors: &mut Errors) -> Vec<Node> {
    let patterns = read::list(value);
    if let Some(beyond) = patterns.get(limits::FILTERS) {
        let (count, most) = (patterns.len(), limits::FILTERS);
        errors
            .push(&beyond.place, format!("{count} filters, of which Lambda takes {most}"))
            .help("a pattern may name several values, and several ways by `$or`");
    }
    if patterns.is_empty() {
        errors.push(&value.place, "no filters: leave `filters` out for every record");
    }
    patterns.iter().filter_map(|pattern| filter(pattern, records, errors)).collect()
}

fn filter(pattern: &Value, records: Records, errors: &mut Errors) -> Option<Node> {
    errors.scope(|errors| {
        let node = Node::Map(read::object(pattern, errors)?);
        fields(pattern, Some(records), errors);
        let length = node.json_len();
        if length > limits::FILTER_LEN {
            let most = limits::FILTER_LEN;
            errors.push(
                &pattern.place,
                format!("this pattern has {length} characters of JSON, Lambda takes {most}"),
            );
        }
        Some(node)
    })
}

/// A field is compared with each value of a list, or has fields of its own. `records` says which fields
/// there are, where that is known: in the record itself.
fn fields(pattern: &Value, records: Option<Records>, errors: &mut Errors) {
    let Kind::Map(entries) = &pattern.kind else { return };
    if entries.is_empty() {
        errors
            .push(&pattern.place, "a pattern without a field, which Lambda refuses")
            .help("write a field with what it may be: `{ \"kind\": [\"order\"] }`");
    }
    for (key, value) in entries {
        if key.text == OR {
            ways(value, records, errors);
        } else {
            if let Some(records) = records {
                known(key, records, errors);
            }
            field(key, value, errors);
        }
    }
}

fn field(key: &Key, value: &Value, errors: &mut Errors) {
    match &value.kind {
        Kind::Map(_) => fields(value, None, errors),
        Kind::List(values) if values.is_empty() => {
            errors
                .push(&value.place, format!("`{}` is compared with no values", key.text))
                .help("write what it may be, `[\"order\"]`, or `[null]` for null");
        }
        Kind::List(values) => {
            for value in values {
                compared(value, errors);
            }
        }
        _ => {
            let (name, found) = (&key.text, value.describe());
            errors
                .push(
                    &value.place,
                    format!("a pattern compares `{name}` with a list of values, found {found}"),
                )
                .help("write it in brackets: `[…]`");
        }
    }
}

/// What a field is compared with: a value, or an operator.
fn compared(value: &Value, errors: &mut Errors) {
    match &value.kind {
        Kind::Map(entries) => operator::check(value, entries, errors),
        Kind::List(_) => {
            errors
                .push(&value.place, "a pattern compares with single values, found a list")
                .help("leave the inner brackets out");
        }
        _ => {}
    }
}

/// `$or` is over patterns of its place.
fn ways(value: &Value, records: Option<Records>, errors: &mut Errors) {
    let ways = match &value.kind {
        Kind::List(ways) if ways.len() >= LEAST_WAYS => ways.as_slice(),
        _ => &[],
    };
    if ways.is_empty() || !ways.iter().all(|way| matches!(way.kind, Kind::Map(_))) {
        errors
            .push(&value.place, format!("`{OR}` takes a list of {LEAST_WAYS} patterns or more"))
            .help(format!("write `\"{OR}\": [{{ \"a\": [1] }}, {{ \"b\": [2] }}]`"));
        return;
    }
    for way in ways {
        fields(way, records, errors);
    }
}

/// A pattern about a field that no record has matches none.
fn known(key: &Key, records: Records, errors: &mut Errors) {
    let Records { source, fields } = records;
    if fields.contains(&key.text.as_str()) {
        return;
    }
    let message =
        errors.push(&key.place, format!("a record of `{source}` has no field `{}`", key.text));
    message.help(match suggest::nearest(&key.text, fields.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("a record has {}", suggest::list(fields.iter().copied())),
    });
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::node::{Map, Node};

    use crate::source::testing::{mapping, refused, trigger};

    #[test]
    fn as_many_filters_are_read_as_lambda_takes() {
        let filters = |count| vec![r#"{ "body": { "a": [1] } }"#; count].join(", ");
        let read = mapping(&format!("filters = [{}]", filters(10))).filters;
        let body = Map::new().with("a", vec![Node::Int(1)]);
        assert_eq!(read, vec![Node::from(Map::new().with("body", body)); 10]);
        let message = refused(&format!("sqs(filters = [{}])", filters(11)));
        assert!(message.starts_with("11 filters, of which Lambda takes 10"), "{message}");
    }

    #[test]
    fn a_pattern_is_as_long_as_lambda_takes_it() {
        let pattern =
            |fill: usize| format!(r#"sqs(filters = {{ "body": ["{}"] }})"#, "a".repeat(fill));
        // `{"body":[""]}` has 13 characters.
        trigger(&pattern(4_096 - 13));
        let message = refused(&pattern(4_096 - 12));
        assert_eq!(message, "this pattern has 4097 characters of JSON, Lambda takes 4096");
    }

    #[test]
    fn what_is_no_pattern_says_what_one_is() {
        for (filters, message) in [
            ("[]", "no filters: leave `filters` out for every record"),
            ("[3]", "expected a map: `{ \"Key\": value }`, found a number"),
            (
                r#"{ "body": { "kind": "order" } }"#,
                "a pattern compares `kind` with a list of values, found a string\n\nhelp: write it in brackets: `[…]`",
            ),
            (
                r#"{ "$or": [{ "body": { "a": [1] } }, { "body": 2 }] }"#,
                "a pattern compares `body` with a list of values, found a number\n\nhelp: write it in brackets: `[…]`",
            ),
            ("{}", "a pattern without a field, which Lambda refuses"),
            (r#"{ "body": {} }"#, "a pattern without a field, which Lambda refuses"),
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
            let found = refused(&format!("sqs(filters = {filters})"));
            assert!(found.starts_with(message), "{filters}: {found}");
        }
    }

    /// A trigger with one more argument.
    fn filtered(trigger: &str, pattern: &str) -> String {
        trigger.replace(')', &format!(", filters = {pattern})")).replace("(, ", "(")
    }

    #[test]
    fn a_pattern_is_about_fields_that_the_sources_records_have() {
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
            let found = refused(&filtered(of, &pattern));
            assert!(found.starts_with(message), "{of}: {found}");
        }
        let found = refused(r#"sqs(filters = { "$or": [{ "body": [1] }, { "bdy": [2] }] })"#);
        assert!(found.starts_with("a record of `sqs` has no field `bdy`"), "{found}");
    }
}
