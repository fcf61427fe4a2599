//! The key `from` of a queue, a topic or a stream: `from = topic(Orders, filter = {…}, raw)`, `from = bucket(Uploads)` or `from =
//! bus(Shop, detail_type = "placed")`, or a list of them. Reads the subscriptions of the resource. Their arguments are
//! those of the triggers on the same resources, and the first one without a key names the resource.

use proc_macro2::TokenStream;
use skylift_model::resource::ResourceKind;
use skylift_model::source::event::EventRule;
use skylift_model::source::s3::S3;
use skylift_model::subscription::{
    GROUP_KEY, MessageGroupId, MessageSource, PARTITION_KEY, TopicSubscription,
};

use crate::errors::Errors;
use crate::messages::{self, FamiliarWords};
use crate::readers::{read_list, read_text};
use crate::source::{
    SourceGrammar, SubscriptionTo, read_any_dead_letters, read_event_path, read_rule,
    read_subscription,
};
use crate::tree::{ArgKey, ArgLocation, ArgValue, ArgValueKind, Args};

/// The word of a subscription that turns off SNS's envelope.
const RAW: &str = "raw";

/// AWS's words for the keys of every subscription.
const WORDS: &[FamiliarWords] = &[
    (&["rawmessagedelivery", "rawdelivery"], "write `raw`"),
    (&["messagegroup", "groupid", "group"], "write `message_group_id = \"…\"`"),
    (
        &["partitionkey", "partition", "kinesisparameters"],
        "write `partition_key_path = \"$.detail.customer\"`",
    ),
];

/// A subscription, as the user wrote it.
#[derive(Debug)]
pub struct SubscriptionDefinition {
    /// The resource that the messages come from.
    pub from: MessageSource,
    /// The message group of the messages, if the user set one.
    pub message_group_id: Option<MessageGroupId>,
    /// The JSON path in an event whose value is the partition key of the record, if the user set one.
    pub partition_key_path: Option<String>,
    /// The path of the `#[resource]` that the messages come from. `None` if the user named it in another way.
    pub path: Option<TokenStream>,
}

/// Reads the value of `from`. `kinds` are the kinds of resources whose messages the resource can get. Returns `None`
/// after an error was recorded.
pub(crate) fn read_subscriptions(
    value: &ArgValue,
    kinds: &[ResourceKind],
    errors: &mut Errors,
) -> Option<Vec<SubscriptionDefinition>> {
    errors.scope(|errors| {
        let items = read_list(value);
        if items.is_empty() {
            errors.push(&value.span, messages::no_subscriptions());
        }
        let read = |item: &ArgValue| errors.scope(|errors| read_item(item, kinds, errors));
        Some(items.iter().filter_map(read).collect())
    })
}

/// Reads one subscription.
fn read_item(
    item: &ArgValue,
    kinds: &[ResourceKind],
    errors: &mut Errors,
) -> Option<SubscriptionDefinition> {
    let ArgValueKind::Call(name, args) = &item.kind else {
        errors.push(&item.span, messages::subscription_expected(&item.describe(), kinds));
        return None;
    };
    let Some(kind) = kinds.iter().find(|kind| kind.as_str() == name.text) else {
        errors.push(&name.span, messages::not_a_message_source(&name.text, kinds));
        return None;
    };
    let (key, args) = (kind.as_str(), name_first_value(kind.as_str(), args));
    args.explain(WORDS);
    args.read_all(key, errors, |args, errors| {
        let path = args.locate(key).and_then(ArgLocation::path).cloned();
        let from = read_source(*kind, args, errors);
        let message_group_id = args.take(GROUP_KEY, read_group, errors);
        let read_path =
            |value: &ArgValue, errors: &mut Errors| read_event_path(value, PARTITION_KEY, errors);
        let partition_key_path = args.take(PARTITION_KEY, read_path, errors);
        if *kind != ResourceKind::Bus && !args.has_key(key) {
            errors.push_missing(&name.span, messages::message_source_missing(key));
            return None;
        }
        Some(SubscriptionDefinition { from: from?, message_group_id, partition_key_path, path })
    })
}

/// Reads the arguments of a subscription to a resource of this kind.
fn read_source(kind: ResourceKind, args: &Args, errors: &mut Errors) -> Option<MessageSource> {
    match kind {
        ResourceKind::Topic => {
            let raw = args.take_flag(RAW, errors).unwrap_or(false);
            let sns = read_subscription(args, read_any_dead_letters, errors)?;
            Some(MessageSource::Topic(TopicSubscription { sns, raw }))
        }
        ResourceKind::Bucket => {
            args.explain(S3::WORDS.keys);
            S3::read(args, errors).map(MessageSource::Bucket)
        }
        _ => {
            args.explain(EventRule::WORDS.keys);
            let rule = read_rule(args, SubscriptionTo::Resource, errors);
            Some(MessageSource::Bus(rule))
        }
    }
}

/// Reads the value of `message_group_id`. Returns `None` after an error was recorded.
fn read_group(value: &ArgValue, errors: &mut Errors) -> Option<MessageGroupId> {
    match MessageGroupId::try_from(read_text(value, errors)?) {
        Ok(group) => Some(group),
        Err(message) => {
            errors.push(&value.span, message);
            None
        }
    }
}

/// Returns the arguments with `key` for the first value, if that has no key: it names the resource.
fn name_first_value(key: &str, args: &Args) -> Args {
    args.with_key_of_first(|value| {
        let is_flag = value.word() == Some(RAW) && !value.is_string();
        (!is_flag).then(|| ArgKey { text: key.to_owned(), span: value.span.clone() })
    })
}

/// Returns the location at a path inside the value of `from`: the number of the subscription, and possibly one of its
/// keys. If the user did not write the key, returns the location of the whole subscription.
pub(crate) fn locate<'a>(from: ArgLocation<'a>, path: &str) -> ArgLocation<'a> {
    let (number, key) = path.split_once('.').unwrap_or((path, ""));
    let item = from.item_or_self(number.parse().unwrap_or_default());
    let names_resource = ResourceKind::NAMES.contains(&key);
    let first = || item.first_keyless().filter(|_| names_resource);
    item.find_key(key).or_else(first).unwrap_or(item)
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::value::ResourceReference;
    use skylift_model::source::s3::S3Channel;

    use super::*;
    use crate::messages::check_table;
    use crate::resource::testing::{accepted, rejected};

    fn subscriptions(attribute: &str) -> Vec<SubscriptionDefinition> {
        accepted(attribute).subscriptions
    }

    fn first(from: &str) -> MessageSource {
        subscriptions(&format!("queue(from = {from})")).remove(0).from
    }

    #[test]
    fn every_word_is_in_its_table_once_and_in_plain_letters() {
        check_table(WORDS);
    }

    #[test]
    fn a_topic_is_read_with_its_arguments() {
        let MessageSource::Topic(bare) = first("topic(crate::Orders)") else { panic!() };
        assert_eq!(bare.sns.topic, ResourceReference::Declared("Orders".to_owned()));
        assert!(!bare.raw && bare.sns.filter.is_none() && bare.sns.dead_letters.is_none());
        let all = first(
            r#"topic("arn:aws:sns:eu-west-1:123456789012:news.fifo", raw, filter = { "kind": ["a"] }, filter_scope = message_body, dead_letters = "arn:aws:sqs:eu-west-1:123456789012:lost.fifo")"#,
        );
        let MessageSource::Topic(all) = all else { panic!() };
        assert!(matches!(all.sns.topic, ResourceReference::Arn(_)));
        assert!(all.raw && all.sns.filter.is_some() && all.sns.filter_scope.is_some());
        assert!(all.sns.dead_letters.is_some());
        let MessageSource::Topic(by_key) = first("topic(topic = param(\"News\"))") else {
            panic!()
        };
        assert!(matches!(by_key.sns.topic, ResourceReference::Param(_)));
    }

    #[test]
    fn buckets_and_buses_are_read_with_their_arguments() {
        let bucket = first(
            r#"bucket(Uploads, events = ["ObjectRemoved:*"], prefix = "in/", through = event_bridge, message_group_id = "a")"#,
        );
        let MessageSource::Bucket(s3) = bucket else { panic!() };
        assert_eq!((s3.events.len(), s3.through), (1, S3Channel::EventBridge));
        assert!(s3.prefix.is_some() && s3.suffix.is_none());
        let MessageSource::Bus(rule) = first(r#"bus(Shop, detail_type = "placed", retries = 3)"#)
        else {
            panic!()
        };
        assert_eq!(rule.bus, Some(ResourceReference::Declared("Shop".to_owned())));
        assert!(rule.pattern.is_some() && rule.target.retries.is_some());
        for default in ["default", "\"default\""] {
            let rule = first(&format!("bus({default}, source = \"aws.ec2\")"));
            assert!(matches!(rule, MessageSource::Bus(rule) if rule.bus.is_none()), "{default}");
        }
    }

    #[test]
    fn a_list_has_several_subscriptions_with_the_paths_of_their_resources() {
        let all = subscriptions(
            r#"queue(from = [topic(a::Orders), bucket("archive"), bus(Shop, message_group_id = "g")])"#,
        );
        let paths: Vec<Option<String>> = all
            .iter()
            .map(|it| it.path.as_ref().map(|path| path.to_string().replace(' ', "")))
            .collect();
        assert_eq!(paths, [Some("a::Orders".to_owned()), None, Some("Shop".to_owned())]);
        assert_eq!(all[2].message_group_id.as_ref().unwrap().as_str(), "g");
        assert!(subscriptions("topic(from = bucket(Uploads))").len() == 1);
        let stream = "stream(from = bus(Shop, partition_key_path = \"$.detail.id\"))";
        let path = subscriptions(stream).remove(0).partition_key_path;
        assert_eq!(path.as_deref(), Some("$.detail.id"));
        assert!(subscriptions("queue").is_empty());
    }

    #[test]
    fn every_mistake_is_one_error() {
        for (attribute, message) in [
            (
                "queue(from = Orders)",
                "`from` takes the resource that the messages come from, found `Orders`\n\nhelp: one of `topic(Orders)`, `bucket(Uploads)` and `bus(Shop)`",
            ),
            ("queue(from = [])", "`from` names no resource"),
            (
                "queue(from = queue(Orders))",
                "a `queue` does not send messages on\n\nhelp: one of `topic`, `bucket` and `bus`",
            ),
            (
                "topic(from = topic(Orders))",
                "SNS does not deliver to topics\n\nhelp: one of `bucket` and `bus`",
            ),
            ("queue(from = topic())", "`topic` names no resource"),
            ("queue(from = topic(raw))", "`topic` names no resource"),
            ("queue(from = bucket(suffix = \".jpg\"))", "`bucket` names no resource"),
            (
                "queue(from = bus())",
                "`bus` without a bus and without a pattern would match every event of the account\n\nhelp: write `bus(Shop)` or `bus(source = \"aws.ec2\", detail_type = \"…\")`",
            ),
            (
                "queue(from = topic(Orders, RawMessageDelivery = true))",
                "unknown key `RawMessageDelivery` in `topic`\n\nhelp: write `raw`",
            ),
            (
                "queue(from = topic(Orders, filter = { \"kind\": \"a\" }))",
                "a pattern compares `kind` with a list",
            ),
            (
                "queue(from = bucket(Uploads, events = [\"Created\"]))",
                "`Created` is not an event of S3",
            ),
            ("queue(from = bus(Shop, message_group_id = \"a b\"))", "`a b` is not a message group"),
            (
                "queue(existing = \"jobs\", from = topic(Orders))",
                "`from` is set when a queue is created",
            ),
            (
                "stream(from = topic(Orders))",
                "a `topic` does not send to streams\n\nhelp: write `bus`, with the path of a `#[resource]`",
            ),
            (
                "stream(from = bus(Shop, partition_key = \"$.id\"))",
                "unknown key `partition_key` in `bus`\n\nhelp: write `partition_key_path = \"$.detail.customer\"`",
            ),
            (
                "stream(from = bus(Shop, partition_key_path = \"detail.id\"))",
                "`detail.id` is not a path into an event",
            ),
            ("table(key = \"id\", from = topic(Orders))", "unknown key `from` in `table`"),
            (
                "queue(from = topic(\"arn:aws:sqs:eu-west-1:123456789012:a\"))",
                "`arn:aws:sqs:eu-west-1:123456789012:a` is not the ARN of a topic",
            ),
        ] {
            let found = rejected(attribute);
            assert!(found.starts_with(message), "{attribute}: {found}");
        }
    }
}
