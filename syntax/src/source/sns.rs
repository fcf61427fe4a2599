//! The source `sns`, or `sns(topic = Orders, filter = { "kind": ["placed"] }, filter_scope = message_body,
//! dead_letters = Lost)`. Reads a trigger on a topic.

use skylift_model::aws::limits;
use skylift_model::aws::node::Node;
use skylift_model::aws::value::{ArnReference, ResourceReference};
use skylift_model::resource::ResourceKind;
use skylift_model::source::dead_letters;
use skylift_model::source::sns::{FilterScope, Sns};

use super::dead_letters::read_dead_letters;
use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::messages::{self, FamiliarWords, phrases};
use crate::pattern::{OR, SNS, check_pattern};
use crate::readers::{check_arn_kind, read_json_object, read_reference, read_word};
use crate::tree::{ArgKey, ArgValue, ArgValueKind, Args};

/// The values of `filter_scope`.
const SCOPES: &[(&str, FilterScope)] = &[
    ("message_attributes", FilterScope::MessageAttributes),
    ("message_body", FilterScope::MessageBody),
];

/// AWS's words for the keys of every subscription.
const WORDS: &[FamiliarWords] = &[
    (&["filterpolicy"], "write `filter = { … }`"),
    (&["filterpolicyscope"], "write `filter_scope = message_body`"),
    (&["redrivepolicy", "dlq"], "write `dead_letters = Lost`, the path of a queue"),
];

impl SourceGrammar for Sns {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &["sns", "topic", "notification", "subscription"],
            "write `trigger = sns(topic = News)`",
        )],
        keys: &[(
            &["retries", "maxeventage"],
            "it is a key of the function: `#[function(trigger = sns(…), retries = 1)]`",
        )],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let sns = read_subscription(args, read_dead_letters, errors)?;
        if let Some(message) = sns.check_fifo() {
            errors.push(args.span_of("topic"), message);
        }
        Some(sns)
    }
}

/// Reads a subscription to a topic, whatever is subscribed. `read_dead_letters` reads the queue for what cannot be
/// delivered. Returns `None` after an error was recorded.
pub(crate) fn read_subscription(
    args: &Args,
    read_dead_letters: fn(&ArgValue, &mut Errors) -> Option<ArnReference>,
    errors: &mut Errors,
) -> Option<Sns> {
    args.explain(WORDS);
    let topic = args.take_main("topic", read_reference, errors);
    let topic = topic.unwrap_or(Some(ResourceReference::Own));
    let scope = |value: &ArgValue, errors: &mut Errors| {
        read_word(value, phrases::FILTER_SCOPE, SCOPES, errors)
    };
    let filter_scope = args.take("filter_scope", scope, errors);
    let filter = |value: &ArgValue, errors: &mut Errors| {
        read_filter(value, filter_scope.unwrap_or(FilterScope::MessageAttributes), errors)
    };
    let filter = args.take("filter", filter, errors);
    if filter_scope.is_some() && !args.has_key("filter") {
        errors.push(args.span_of("filter_scope"), messages::scope_without_filter());
    }
    let dead_letters = args.take(dead_letters::KEY, read_dead_letters, errors);
    let sns = Sns { topic: topic?, filter, filter_scope, dead_letters };
    match &sns.topic {
        ResourceReference::Arn(arn) => {
            let span = args.span_of("topic");
            check_arn_kind(ResourceKind::Topic, arn, span, errors).then_some(sns)
        }
        _ => Some(sns),
    }
}

/// Reads the value of `filter`: a filter policy that compares this part of a message. Returns `None` after an error was
/// recorded.
fn read_filter(value: &ArgValue, scope: FilterScope, errors: &mut Errors) -> Option<Node> {
    errors.scope(|errors| {
        let node = Node::Map(read_json_object(value, errors)?);
        let check_field = |key: &ArgKey, value: &ArgValue, errors: &mut Errors| {
            let is_nested = matches!(value.kind, ArgValueKind::Map(_));
            if is_nested && scope == FilterScope::MessageAttributes {
                errors.push(&value.span, messages::nested_attribute_filter(&key.text));
            }
        };
        check_pattern(value, &SNS, &check_field, errors);
        let PolicySize { keys, combinations } = PolicySize::of(value);
        if keys > limits::SNS_FILTER_KEYS {
            let message = messages::too_many_filter_keys(keys, limits::SNS_FILTER_KEYS);
            errors.push(&value.span, message);
        } else if combinations > limits::SNS_FILTER_COMBINATIONS {
            let limit = limits::SNS_FILTER_COMBINATIONS;
            errors.push(&value.span, messages::too_many_filter_combinations(combinations, limit));
        }
        Some(node)
    })
}

/// The size of a filter policy as SNS counts it. AWS: "Filter policy constraints in Amazon SNS".
struct PolicySize {
    /// The number of keys that are compared with values.
    keys: usize,
    /// The product of the numbers of values of all keys. A nested key counts once more for each level above it.
    combinations: usize,
}

impl PolicySize {
    fn of(policy: &ArgValue) -> Self {
        Self::of_map(policy, 1)
    }

    /// Returns the size of a map on this level of the policy, counted from 1. AWS does not say how it counts the
    /// alternatives of `$or`, so only the largest one counts.
    fn of_map(map: &ArgValue, level: usize) -> Self {
        let mut size = Self { keys: 0, combinations: 1 };
        let ArgValueKind::Map(entries) = &map.kind else { return size };
        for (key, value) in entries {
            let part = match &value.kind {
                ArgValueKind::List(alternatives) if key.text == OR => {
                    let sizes = || alternatives.iter().map(|it| Self::of_map(it, level));
                    Self {
                        keys: sizes().map(|it| it.keys).max().unwrap_or_default(),
                        combinations: sizes().map(|it| it.combinations).max().unwrap_or(1),
                    }
                }
                ArgValueKind::List(values) => {
                    Self { keys: 1, combinations: values.len().max(1).saturating_mul(level) }
                }
                _ => Self::of_map(value, level + 1),
            };
            size.keys += part.keys;
            size.combinations = size.combinations.saturating_mul(part.combinations);
        }
        size
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::node::Map;
    use skylift_model::aws::value::ArnReference;
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{rejected, trigger};

    fn sns(arguments: &str) -> Sns {
        match trigger(&format!("sns({arguments})")) {
            Trigger::Sns(sns) => sns,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_argument_is_read() {
        let bare = sns("");
        assert_eq!(bare.topic, ResourceReference::Own);
        assert!(bare.filter.is_none() && bare.filter_scope.is_none());
        assert!(bare.dead_letters.is_none());
        let read = sns(
            r#"topic = Orders, filter = { "order": { "kind": ["placed"] } }, filter_scope = message_body, dead_letters = Lost"#,
        );
        assert_eq!(read.topic, ResourceReference::Declared("Orders".to_owned()));
        let kind = Map::new().with("kind", vec![Node::from("placed")]);
        assert_eq!(read.filter, Some(Map::new().with("order", kind).into()));
        assert_eq!(read.filter_scope, Some(FilterScope::MessageBody));
        assert_eq!(read.dead_letters, Some(ArnReference::Declared("Lost".to_owned())));
        let arn = "arn:aws:sns:eu-west-1:123456789012:news";
        assert_eq!(sns(&format!("topic = {arn:?}")).topic, ResourceReference::Arn(arn.to_owned()));
    }

    #[test]
    fn a_filter_has_the_operators_and_the_limits_of_sns() {
        for filter in [
            r#"{ "kind": ["a", 1, true, null, { "exists": false }, { "anything-but": { "prefix": "x" } }] }"#,
            r#"{ "address": [{ "cidr": "10.0.0.0/24" }, { "cidr": "2001:db8::/32" }] }"#,
            r#"{ "a": [1], "b": [2], "c": [3], "d": [4], "$or": [{ "e": [5] }, { "e": [6] }] }"#,
        ] {
            assert!(sns(&format!("filter = {filter}")).filter.is_some(), "{filter}");
        }
        let values = |count: usize| vec!["1"; count].join(", ");
        sns(&format!(r#"filter = {{ "a": [{}], "b": [{}] }}"#, values(15), values(10)));
        // 4 values on the third level, 3 on the second and 3 on the first: 216 combinations.
        let nested =
            r#"{ "a": { "b": { "c": [1, 2, 3, 4] } }, "d": { "e": [1, 2, 3] }, "f": [1, 2, 3] }"#;
        let found = rejected(&format!("sns(filter = {nested}, filter_scope = message_body)"));
        assert!(found.starts_with("the values of this filter have 216 combinations"), "{found}");
        for (wrong, message) in [
            (
                format!(r#"{{ "a": [{}], "b": [{}] }}"#, values(15), values(11)),
                "the values of this filter have 165 combinations, SNS takes 150",
            ),
            (
                r#"{ "a": [1], "b": [1], "c": [1], "d": [1], "e": [1], "f": [1] }"#.to_owned(),
                "this filter compares 6 keys, SNS takes 5",
            ),
            (
                r#"{ "order": { "kind": ["placed"] } }"#.to_owned(),
                "the attributes of a message have no fields, and `order` is compared with some\n\nhelp: add `filter_scope = message_body` to compare the JSON of the message",
            ),
            (
                r#"{ "address": [{ "cidr": "10.0.0.0/33" }] }"#.to_owned(),
                "`cidr` takes a block of IP addresses such as `\"10.0.0.0/24\"`, found a string",
            ),
            (
                r#"{ "a": [{ "wildcard": "b*" }] }"#.to_owned(),
                "`wildcard` is not an operator of SNS's filter policies",
            ),
            ("{}".to_owned(), "a pattern without a field, which SNS rejects"),
        ] {
            let found = rejected(&format!("sns(filter = {wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }

    #[test]
    fn every_argument_is_checked() {
        for (wrong, message) in [
            ("topic = 3", "expected the path of a `#[resource]`, a name in quotes"),
            (
                r#"topic = "news.fifo""#,
                "SNS does not deliver the messages of a FIFO topic to functions",
            ),
            (
                r#"topic = "arn:aws:sqs:eu-west-1:123456789012:a""#,
                "`arn:aws:sqs:eu-west-1:123456789012:a` is not the ARN of a topic",
            ),
            (
                "filter_scope = message_body",
                "`filter_scope` says what `filter` compares, and there is no `filter`",
            ),
            (r#"filter = { "a": [1] }, filter_scope = body"#, "`body` is not a scope of filters"),
            (r#"dead_letters = "lost""#, "`lost` is not the ARN of a queue"),
            (
                r#"dead_letters = "arn:aws:sqs:eu-west-1:123456789012:a.fifo""#,
                "`dead_letters` of a trigger cannot be a FIFO queue",
            ),
        ] {
            let found = rejected(&format!("sns({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
