//! What all kinds of resources take: `existing`, `retain`, `properties`, and the types that a kind
//! lets the user name. A kind says in its [`Grammar`] what of this holds for it.

use proc_macro2::TokenStream;
use skylift_model::aws::node::Map;
use skylift_model::resource::{Existing, ResourceKind};

use crate::errors::Errors;
use crate::properties::{self, Ours};
use crate::read;
use crate::tree::{self, Args, Value};

/// The keys of every kind that make sense only where the template makes the resource.
const MADE: &[&str] = &["name", "retain", "properties"];

/// What the common keys have to know of a kind.
pub(super) struct Grammar {
    /// Its keys that make sense only where the template makes the resource, beside `name`.
    pub(super) made: &'static [&'static str],
    /// Its keys that name a type of Rust.
    pub(super) types: &'static [&'static str],
    /// The properties of CloudFormation that it has a key for, with that key.
    pub(super) properties: &'static [(&'static str, &'static str)],
}

/// The path of a type that a resource names: `message = Job`.
#[derive(Debug, Clone)]
pub struct NamedType {
    /// The key.
    pub key: &'static str,
    /// The path, as it was written.
    pub path: TokenStream,
}

/// What the common keys say.
pub(super) struct Common {
    pub(super) existing: Option<Existing>,
    pub(super) retain: Option<bool>,
    pub(super) properties: Map,
    pub(super) types: Vec<NamedType>,
}

/// Takes out the keys that an existing resource has no use for, each an error.
pub(super) fn of_existing(
    kind: ResourceKind,
    grammar: &Grammar,
    args: &Args,
    errors: &mut Errors,
) -> Args {
    let (left, made) = args.without(&[MADE, grammar.made].concat());
    let kind = kind.as_str();
    for key in made {
        let message =
            format!("`{}` is set where the {kind} is made, this one exists already", key.text);
        errors.push(&key.place, message).help(format!("leave `{}` out", key.text));
    }
    left
}

/// Reads the common keys.
pub(super) fn read(
    kind: ResourceKind,
    grammar: &Grammar,
    args: &Args,
    errors: &mut Errors,
) -> Common {
    let existing =
        args.take("existing", |value, errors| read::existing(value, kind, errors), errors);
    let retain = args.flag("retain", errors);
    let ours = Ours { what: kind.as_str(), own: &[], keyed: grammar.properties.to_vec() };
    let properties =
        args.take("properties", |value, errors| properties::read(value, &ours, errors), errors);
    let types = grammar
        .types
        .iter()
        .filter_map(|key| args.take(key, |value, errors| named_type(key, value, errors), errors));
    let types = types.collect();
    Common { existing, retain, properties: properties.unwrap_or_default(), types }
}

fn named_type(key: &'static str, value: &Value, errors: &mut Errors) -> Option<NamedType> {
    if let tree::Kind::Path(_, path) = &value.kind {
        return Some(NamedType { key, path: path.clone() });
    }
    errors
        .push(&value.place, format!("`{key}` names a type, found {}", value.describe()))
        .help(format!("write the path of the type: `{key} = Order`"));
    None
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::Existing;

    use crate::resource::testing::{existing, read, refused, right};

    #[test]
    fn an_existing_one_is_given_by_name_arn_or_parameter() {
        let arn = "arn:aws:s3:::acme";
        for (attribute, expected) in [
            (r#"bucket(existing = "acme")"#, Existing::Name("acme".to_owned())),
            (r#"bucket(existing = "arn:aws:s3:::acme")"#, Existing::Arn(arn.to_owned())),
        ] {
            assert_eq!(existing(attribute), Some(expected), "{attribute}");
        }
        let param = existing(r#"topic(existing = param("News"))"#);
        assert!(matches!(param, Some(Existing::Param(name)) if name.as_str() == "News"));
        assert_eq!(existing("bucket"), None);
    }

    #[test]
    fn an_existing_one_may_be_a_resource_of_the_overlay() {
        for kind in ["bucket", "bus", "queue", "secret", "stream", "parameter", "topic"] {
            let overlay = existing(&format!(r#"{kind}(existing = overlay("LegacyOrders"))"#));
            let Some(Existing::Overlay(id)) = overlay else { panic!("{kind}: {overlay:?}") };
            assert_eq!(id.as_str(), "LegacyOrders");
        }
        for wrong in ["overlay()", r#"overlay("a", "b")"#] {
            let message = refused(&format!("bucket(existing = {wrong})"));
            assert!(message.starts_with("expected the logical id of a resource"), "{message}");
        }
        let message = refused(r#"bucket(existing = overlay("legacy-orders"))"#);
        assert!(message.contains("`legacy-orders` is not a logical id"), "{message}");
        let message = refused(r#"bucket(existing = overlay("Legacy", name = "x"))"#);
        assert!(message.starts_with("unknown key `name` in `overlay`"), "{message}");
    }

    #[test]
    fn an_existing_one_is_nothing_else() {
        for wrong in ["Uploads", "3", "true", "[]", r#"ssm("/name")"#] {
            let message = refused(&format!("bucket(existing = {wrong})"));
            assert!(message.starts_with("expected a name or an ARN in quotes"), "{message}");
        }
        for wrong in ["param()", r#"param("a", "b")"#] {
            let message = refused(&format!("bucket(existing = {wrong})"));
            assert!(message.starts_with("expected the name of the parameter"), "{message}");
        }
        assert!(refused(r#"bucket(existing = param("a-b"))"#).contains("is not a parameter name"));
    }

    #[test]
    fn the_name_of_an_existing_one_follows_the_rules_of_its_kind() {
        let long = "a".repeat(300);
        for (kind, what) in [
            ("bucket", "bucket name"),
            ("bus", "name of an event bus"),
            ("queue", "queue name"),
            ("stream", "stream name"),
            ("topic", "topic name"),
            ("table(key = \"id\")", "table name"),
        ] {
            let kind = kind.trim_end_matches(')');
            let open = if kind.contains('(') { ", " } else { "(" };
            let message = refused(&format!("{kind}{open}existing = \"{long}\")"));
            assert!(message.contains(&format!("is not a {what}: it has 300")), "{message}");
        }
        assert!(refused(r#"secret(existing = "a b")"#).contains("is not a name of a secret"));
        assert!(refused(r#"parameter(existing = "a/b")"#).contains("is not a name of a parameter"));
    }

    #[test]
    fn what_no_template_makes_may_well_exist() {
        right(r#"bus(existing = "default")"#);
        right(r#"bus(existing = "aws.partner/acme.com/1")"#);
        right(r#"parameter(existing = "/aws/service/ami")"#);
        assert!(refused(r#"bus(name = "default")"#).contains("EventBridge keeps this name"));
        assert!(refused(r#"parameter(name = "/aws/x", value = "1")"#).contains("AWS keeps names"));
    }

    #[test]
    fn the_arn_of_an_existing_one_is_that_of_its_kind() {
        for right_one in [
            r#"bucket(existing = "arn:aws:s3:::acme")"#,
            r#"bus(existing = "arn:aws:events:eu-west-1:123456789012:event-bus/events")"#,
            r#"parameter(existing = "arn:aws:ssm:eu-west-1:123456789012:parameter/app/key")"#,
            r#"queue(existing = "arn:aws:sqs:eu-west-1:123456789012:jobs")"#,
            r#"secret(existing = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-AbCdEf")"#,
            r#"stream(existing = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks")"#,
            r#"table(key = "id", existing = "arn:aws-cn:dynamodb:cn-north-1:123456789012:table/orders")"#,
            r#"topic(existing = "arn:aws:sns:eu-west-1:123456789012:news")"#,
        ] {
            assert!(matches!(existing(right_one), Some(Existing::Arn(_))), "{right_one}");
        }
        assert_eq!(
            refused(r#"queue(existing = "arn:aws:sns:eu-west-1:123456789012:news")"#),
            "`arn:aws:sns:eu-west-1:123456789012:news` is not the ARN of a queue\n\nhelp: the ARN of a queue is one as in `arn:aws:sqs:eu-west-1:123456789012:NAME`"
        );
        for wrong in [
            r#"bucket(existing = "arn:aws:s3:::acme/key")"#,
            r#"bus(existing = "arn:aws:events:eu-west-1:123456789012:rule/events")"#,
            r#"stream(existing = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks/consumer/a:1")"#,
            r#"table(key = "id", existing = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/index/by")"#,
            r#"topic(existing = "arn:aws:sns:eu-west-1:123456789012:news:5b1c")"#,
            r#"queue(existing = "arn:aws:sqs")"#,
            r#"queue(existing = "arn:aws:sqs:eu-west-1:12:jobs")"#,
            r#"bucket(existing = "arn:aws:s3:eu-west-1:123456789012:acme")"#,
        ] {
            assert!(refused(wrong).contains("is not the ARN of a "), "{wrong}");
        }
    }

    #[test]
    fn an_existing_one_has_nothing_that_is_set_where_it_is_made() {
        for (kind, needs, keys) in [
            ("bucket", "", &["versioned", "versioned = false", "tls_only = false"][..]),
            ("bus", "", &[]),
            ("parameter", "", &[r#"value = "1""#, "value = 1"]),
            (
                "queue",
                "",
                &[
                    r#"visibility = "5m""#,
                    "visibility = 5",
                    r#"retention = "4d""#,
                    r#"delay = "1s""#,
                    "dead_letters(after = 5)",
                    "tls_only = false",
                ],
            ),
            ("secret", "", &["generate", "generate(length = 40)"]),
            ("stream", "", &["shards = 2", "shards = on_demand", r#"retention = "2d""#]),
            ("table", r#", key = "id""#, &["stream = keys", "point_in_time_recovery = false"]),
            ("topic", "", &["tls_only = false"]),
        ] {
            let common = [r#"name = "abc""#, "retain = true", "properties = {}"];
            for key in common.iter().chain(keys) {
                let word = key.split([' ', '(']).next().unwrap();
                assert_eq!(
                    refused(&format!(r#"{kind}(existing = "abc"{needs}, {key})"#)),
                    format!(
                        "`{word}` is set where the {kind} is made, this one exists already\n\nhelp: leave `{word}` out"
                    )
                );
            }
        }
    }

    #[test]
    fn an_existing_one_that_cannot_be_read_is_still_one_mistake() {
        assert!(refused("parameter(existing = 3)").starts_with("expected a name or an ARN"));
        let messages = read("bucket(existing = 3, versioned)").unwrap_err();
        assert_eq!(messages.len(), 2, "{messages:?}");
    }

    #[test]
    fn what_a_client_knows_of_an_existing_one_stays() {
        let table = right(
            r#"table(existing = "orders", key = "id", sort = number("at"), item = Order, indexes(by_day(sort = "day")))"#,
        );
        assert_eq!(table.types.len(), 1);
        let queue = right(r#"queue(existing = "jobs", message = Job, id = "Jobs")"#);
        assert_eq!((queue.types.len(), queue.id.as_str()), (1, "Jobs"));
    }

    #[test]
    fn every_kind_says_whether_it_is_retained() {
        assert_eq!(right("bucket").retain, None);
        assert_eq!(right("bucket(retain = false)").retain, Some(false));
        assert_eq!(right("topic(retain)").retain, Some(true));
        assert_eq!(refused("topic(retain = 1)"), "`retain` is true or false, not a number");
    }

    #[test]
    fn properties_that_have_a_key_are_refused_with_that_key() {
        let read = right(
            r#"bucket(properties = { "AccelerateConfiguration": { "AccelerationStatus": "Enabled" } })"#,
        );
        assert!(read.properties.get("AccelerateConfiguration").is_some());
        assert_eq!(
            refused(r#"table(key = "id", properties = { "TableName": "orders" })"#),
            "`TableName` is what Skylift sets: `properties` cannot change it\n\nhelp: `table` has a key for it: `name`"
        );
        for (kind, property, key) in [
            ("bucket", "BucketName", "name"),
            ("bus", "Name", "name"),
            ("queue", "VisibilityTimeout", "visibility"),
            ("secret", "Name", "name"),
            ("stream", "StreamModeDetails", "shards"),
            ("topic", "FifoTopic", "fifo"),
        ] {
            let message = refused(&format!("{kind}(properties = {{ \"{property}\": 1 }})"));
            assert!(message.ends_with(&format!("a key for it: `{key}`")), "{message}");
        }
        assert!(refused("bus(properties = 3)").starts_with("expected a map"));
    }

    #[test]
    fn the_types_that_a_kind_names_are_kept_as_they_stand() {
        for (attribute, key) in [
            ("queue(message = crate::jobs::Job)", "message"),
            ("topic(message = crate::jobs::Job)", "message"),
            ("stream(message = crate::jobs::Job)", "message"),
            ("bus(message = crate::jobs::Job)", "message"),
            ("secret(value = crate::jobs::Job)", "value"),
            (r#"table(key = "id", item = crate::jobs::Job)"#, "item"),
        ] {
            let types = right(attribute).types;
            let [named] = types.as_slice() else { panic!("{attribute}: {types:?}") };
            assert_eq!(named.key, key);
            let path = named.path.to_string().replace(' ', "");
            assert_eq!(path, "crate::jobs::Job");
        }
        assert!(right("queue").types.is_empty());
    }

    #[test]
    fn a_type_is_a_path() {
        assert_eq!(
            refused(r#"queue(message = "Job")"#),
            "`message` names a type, found a string\n\nhelp: write the path of the type: `message = Order`"
        );
        assert!(refused("queue(message(Job))").starts_with("`message` names a type"));
        assert!(refused("queue(message)").contains("`message` needs a value"));
        assert!(refused("bucket(message = Job)").contains("unknown key `message` in `bucket`"));
        assert!(
            refused("queue(message = Vec<Job>)").contains("give a type with parameters a name")
        );
    }
}
