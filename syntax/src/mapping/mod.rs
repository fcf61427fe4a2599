//! What the mappings of every source take: `batch_window = "5s"`, `filters = [{…}]`, `enabled = false`,
//! `kms_key = "arn:…"`, `metrics`.

pub(crate) mod stream;

use skylift_model::limits;
use skylift_model::mapping::Mapping;
use skylift_model::node::Node;
use skylift_model::value::{self, Named};

use crate::errors::Errors;
use crate::place::Place;
use crate::read;
use crate::tree::{Args, Kind, Value};

/// Reads the arguments that every mapping has.
pub(crate) fn read(args: &Args, errors: &mut Errors) -> Mapping {
    let filters = args.get("filters").map(|value| filters(value, errors)).unwrap_or_default();
    let kms_key = args.get("kms_key").and_then(|value| kms_key(value, errors));
    if let Some(key) = args.find("kms_key").filter(|_| args.find("filters").is_none()) {
        errors
            .push(&key.place, "`kms_key` encrypts the filters, and there are none")
            .help("leave it out");
    }
    Mapping {
        batch_window: args.get("batch_window").and_then(|value| read::seconds(value, errors)),
        enabled: args.get("enabled").and_then(|value| read::boolean(value, errors)).unwrap_or(true),
        filters,
        kms_key,
        metrics: args.flag("metrics", errors).unwrap_or_default(),
    }
}

fn filters(value: &Value, errors: &mut Errors) -> Vec<Node> {
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
    patterns.iter().filter_map(|pattern| filter(pattern, errors)).collect()
}

fn filter(pattern: &Value, errors: &mut Errors) -> Option<Node> {
    let before = errors.len();
    let node = Node::Map(read::object(pattern, errors)?);
    check_pattern(pattern, errors);
    let length = node.json_len();
    if length > limits::FILTER_LEN {
        let most = limits::FILTER_LEN;
        errors.push(
            &pattern.place,
            format!("this pattern has {length} characters of JSON, Lambda takes {most}"),
        );
    }
    (errors.len() == before).then_some(node)
}

/// A field of a pattern is compared with each value of a list, or has fields of its own.
fn check_pattern(pattern: &Value, errors: &mut Errors) {
    let Kind::Map(entries) = &pattern.kind else { return };
    for (key, value) in entries {
        match &value.kind {
            Kind::Map(_) => check_pattern(value, errors),
            Kind::List(ways) if key.text == "$or" => {
                for way in ways {
                    check_pattern(way, errors);
                }
            }
            Kind::List(_) => {}
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
}

/// The ARN of a key, or what gives one when the stack is deployed.
fn kms_key(value: &Value, errors: &mut Errors) -> Option<value::Value> {
    let key = read::value(value, errors)?;
    let wrong = match &key {
        value::Value::Literal(arn) => arn.split(':').nth(2) != Some("kms"),
        value::Value::Resource(_) => true,
        value::Value::Param(_) | value::Value::Import(_) | value::Value::Ssm(_) => false,
    };
    if wrong {
        return read::expected("the ARN of a KMS key, or `param(\"…\")`", value, errors);
    }
    Some(key)
}

/// What a name alone does not tell: a path to a `#[resource]`, an ARN, or a parameter. `what` is what
/// an ARN is expected of.
pub(crate) fn named(value: &Value, what: &str, errors: &mut Errors) -> Option<Named> {
    match &value.kind {
        Kind::Path(segments, _) => segments.last().cloned().map(Named::Declared),
        Kind::Str(_) => {
            let text = read::text(value, errors)?;
            if !text.starts_with("arn:") {
                errors.push(&value.place, format!("`{text}` is not the ARN of {what}"));
                return None;
            }
            Some(Named::Arn(text.to_owned()))
        }
        Kind::Call(function, args) if function.text == "param" => {
            read::param(function, args, value, errors).map(Named::Param)
        }
        _ => read::expected(
            &format!("the path of a `#[resource]`, the ARN of {what} in quotes, or `param(\"…\")`"),
            value,
            errors,
        ),
    }
}

/// Where the value of a key stands; all arguments where the key was not written.
pub(crate) fn place<'a>(args: &'a Args, key: &str) -> &'a Place {
    args.find(key).map_or(&args.place, |value| &value.place)
}

#[cfg(test)]
mod tests {
    use skylift_model::node::{Map, Node};
    use skylift_model::source::Trigger;
    use skylift_model::value::Value;

    use super::Mapping;
    use crate::source::testing::{refused, trigger};

    fn mapping(arguments: &str) -> Mapping {
        match trigger(&format!("sqs({arguments})")) {
            Trigger::Sqs(sqs) => sqs.mapping,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_argument_is_read() {
        assert_eq!(mapping(""), Mapping::default());
        let read = mapping(
            r#"batch_window = "5s", enabled = false, filters = [{ "body": { "a": [1] } }], kms_key = param("Key"), metrics"#,
        );
        assert_eq!(read.batch_window.unwrap().get(), 5);
        assert!(!read.enabled && read.metrics);
        let body = Map::new().with("a", vec![Node::Int(1)]);
        assert_eq!(read.filters, [Node::from(Map::new().with("body", body))]);
        assert!(matches!(read.kms_key, Some(Value::Param(name)) if name.as_str() == "Key"));
    }

    #[test]
    fn as_many_filters_are_read_as_lambda_takes() {
        let filters = |count| vec![r#"{ "body": { "a": [1] } }"#; count].join(", ");
        assert_eq!(mapping(&format!("filters = [{}]", filters(10))).filters.len(), 10);
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
        ] {
            assert_eq!(refused(&format!("sqs(filters = {filters})")), message);
        }
    }

    #[test]
    fn a_key_encrypts_filters_and_is_one_of_kms() {
        let with =
            |key: &str| refused(&format!(r#"sqs(filters = {{ "body": [1] }}, kms_key = {key})"#));
        for wrong in [r#""arn:aws:s3:::key""#, r#""alias/key""#, "Key"] {
            let message = with(wrong);
            assert!(message.starts_with("expected the ARN of a KMS key"), "{message}");
        }
        let message = refused(r#"sqs(kms_key = param("Key"))"#);
        assert!(
            message.starts_with("`kms_key` encrypts the filters, and there are none"),
            "{message}"
        );
    }
}
