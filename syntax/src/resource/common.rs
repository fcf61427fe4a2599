//! The keys that all kinds of resources share: `existing`, `retain`, `properties`, `kms_key`, and the keys that name a
//! Rust type. The [`KindKeys`] of a kind define which of these apply to the kind.

use proc_macro2::TokenStream;
use skylift_model::aws::node::Map;
use skylift_model::aws::shape::Completeness;
use skylift_model::aws::value::CfnValue;
use skylift_model::resource::{Existing, Resource, ResourceKind};
use skylift_model::subscription;

use super::policy;
use crate::errors::Errors;
use crate::mapping::read_key_of_resource;
use crate::messages::{self, FamiliarWords};
use crate::properties::{OwnerOfProperties, ReservedProperties, read_properties};
use crate::readers::read_existing;
use crate::subscription::{SubscriptionDefinition, read_subscriptions};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// The shared keys that are valid only if the template creates the resource.
pub(super) const CREATION_KEYS: &[&str] =
    &["name", "retain", "properties", policy::KEY, policy::STREAM_KEY];

/// The key of a table that gives it a stream.
const STREAM: &str = "stream";

/// The facts about a kind of resource that the code for the shared keys needs.
pub(super) struct KindKeys {
    /// The kind's own keys that are valid only if the template creates the resource.
    pub(super) creation: &'static [&'static str],
    /// The kind's keys that name a Rust type.
    pub(super) types: &'static [&'static str],
    /// The prefix of the actions that the policy of a resource can permit. `None` if the kind has no policy of its
    /// own.
    pub(super) policy: Option<&'static str>,
    /// The kinds of resources whose messages a resource of this kind can get by a subscription.
    pub(super) sources: &'static [ResourceKind],
    /// The keys of a view of a resource of this kind. `None` if the kind has no views.
    pub(super) view: Option<ViewKeys>,
    /// The properties of CloudFormation that the kind has a key for, each with the key.
    pub(super) properties: &'static [(&'static str, &'static str)],
}

/// The keys of a view of a kind of resource.
pub(super) struct ViewKeys {
    /// The key that says which part of the resource the view names.
    pub(super) part: &'static str,
    /// The keys of the kind that are set on the whole resource, beside those that are valid only if the template creates
    /// the resource.
    pub(super) of_whole: &'static [&'static str],
}

/// The words of other tools for a kind of resource and its keys.
pub(super) struct KindWords {
    /// Words for the kind itself.
    pub(super) names: &'static [FamiliarWords],
    /// Words for the keys of the kind.
    pub(super) keys: &'static [FamiliarWords],
}

/// The path of a type that a resource names, as in `message = Job`.
#[derive(Debug, Clone)]
pub struct NamedType {
    /// The key that names the type, such as `message`.
    pub key: &'static str,
    /// The path of the type, as the user wrote it.
    pub path: TokenStream,
}

/// The values of the keys that all kinds of resources share.
pub(super) struct CommonSettings {
    pub(super) existing: Option<Existing>,
    pub(super) retain: Option<bool>,
    pub(super) properties: Map,
    pub(super) kms_key: Option<CfnValue>,
    pub(super) policy: Vec<Map>,
    pub(super) stream_policy: Vec<Map>,
    pub(super) types: Vec<NamedType>,
    pub(super) subscriptions: Vec<SubscriptionDefinition>,
}

/// Returns the arguments without the keys that are not valid for an existing resource, and reports each of
/// these keys.
pub(super) fn reject_creation_keys(
    kind: ResourceKind,
    keys: &KindKeys,
    args: &Args,
    errors: &mut Errors,
) -> Args {
    let (rest, rejected) = args.split_off_keys(&[CREATION_KEYS, keys.creation].concat());
    for key in rejected {
        errors.push(&key.span, messages::creation_key_of_existing(&key.text, kind.with_article()));
    }
    rest
}

/// Reads the keys that all kinds of resources share.
pub(super) fn read_common_keys(
    kind: ResourceKind,
    keys: &KindKeys,
    args: &Args,
    errors: &mut Errors,
) -> CommonSettings {
    let existing = |value: &ArgValue, errors: &mut Errors| read_existing(value, kind, errors);
    let existing = args.take("existing", existing, errors);
    let retain = args.take_flag("retain", errors);
    let reserved = ReservedProperties {
        owner: kind.as_str(),
        set_by_skylift: &[],
        keyed: keys.properties.to_vec(),
    };
    let owner = OwnerOfProperties {
        kind: kind.cloudformation_types()[0],
        // The user's maps are merged into those of the template.
        completeness: Completeness::Items,
        reserved,
        other_names: &[],
    };
    let properties = |value: &ArgValue, errors: &mut Errors| read_properties(value, &owner, errors);
    let properties = args.take("properties", properties, errors);
    let properties = properties.unwrap_or_default();
    let mut statements = |key: &'static str| {
        let service = keys.policy?;
        let read = |value: &ArgValue, errors: &mut Errors| {
            policy::read_statements(value, service, &properties, errors)
        };
        args.take(key, read, errors)
    };
    let policy = statements(policy::KEY).unwrap_or_default();
    let stream_policy = match kind {
        ResourceKind::Table => statements(policy::STREAM_KEY).unwrap_or_default(),
        _ => Vec::new(),
    };
    if !stream_policy.is_empty() && !args.has_key(STREAM) && existing.is_none() {
        let span = args.span_of_name(policy::STREAM_KEY);
        errors.push(span, messages::policy_without_stream(policy::STREAM_KEY));
    }
    let kms_key = args.take(Resource::KMS_KEY, read_key_of_resource, errors);
    if let (Some(_), None) = (&kms_key, &existing) {
        let span = args.span_of(Resource::KMS_KEY);
        match kind.key_property() {
            None => errors.push(span, messages::key_of_plain_resource(kind)),
            Some(property) if properties.get(property).is_some() => {
                errors.push(span, messages::key_and_property(property));
            }
            Some(_) => {}
        }
    }
    let types = keys.types.iter().filter_map(|key| {
        args.take(key, |value, errors| read_named_type(kind, key, value, errors), errors)
    });
    let types = types.collect();
    let subscriptions = (!keys.sources.is_empty()).then(|| {
        let read =
            |value: &ArgValue, errors: &mut Errors| read_subscriptions(value, keys.sources, errors);
        args.take(subscription::KEY, read, errors)
    });
    let subscriptions = subscriptions.flatten().unwrap_or_default();
    CommonSettings {
        existing,
        retain,
        properties,
        kms_key,
        policy,
        stream_policy,
        types,
        subscriptions,
    }
}

/// Reads the path of a Rust type as the value of `key`. Returns `None` after an error was recorded.
pub(super) fn read_named_type(
    kind: ResourceKind,
    key: &'static str,
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<NamedType> {
    if let ArgValueKind::Path(_, path) | ArgValueKind::GenericType(_, path) = &value.kind {
        return Some(NamedType { key, path: path.clone() });
    }
    let message = if kind == ResourceKind::Secret && value.is_string() {
        messages::secret_in_the_source()
    } else {
        messages::not_a_type(key, &value.describe())
    };
    errors.push(&value.span, message);
    None
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::value::CfnValue;
    use skylift_model::resource::Existing;

    use crate::resource::testing::{accepted, existing, read, rejected};

    #[test]
    fn a_resource_can_have_a_key_of_the_users() {
        let arn = "arn:aws:kms:eu-west-1:123456789012:key/0a1b";
        for kind in ["bucket", "queue", "topic", "bus", "stream", "secret", "table(key = \"id\")"] {
            let kind = kind.strip_suffix(')').map_or(format!("{kind}("), |it| format!("{it}, "));
            let read = accepted(&format!("{kind}kms_key = \"{arn}\")"));
            assert_eq!(read.kms_key, Some(CfnValue::Literal(arn.to_owned())), "{kind}");
        }
        for value in [r#"param("Key")"#, r#"overlay("Key", "Arn")"#] {
            assert!(accepted(&format!("bucket(kms_key = {value})")).kms_key.is_some(), "{value}");
        }
        let existing = format!(r#"parameter(existing = "/app/key", kms_key = "{arn}")"#);
        assert!(accepted(&existing).kms_key.is_some());
        for (wrong, expected) in [
            (r#"bucket(kms_key = "0a1b")"#, "`0a1b` is not the ARN of a KMS key"),
            (
                r#"bucket(kms_key = "arn:aws:kms:eu-west-1:123456789012:alias/app")"#,
                "`arn:aws:kms:eu-west-1:123456789012:alias/app` is an alias, and IAM allows",
            ),
            ("bucket(kms_key = Key)", "expected"),
            (
                &format!(r#"parameter(value = "1", kms_key = "{arn}")"#),
                "CloudFormation makes a parameter without encryption by a key of yours",
            ),
            (
                &format!(r#"queue(kms_key = "{arn}", properties = {{ "KmsMasterKeyId": "a" }})"#),
                "`kms_key` sets the property `KmsMasterKeyId`, and so does `properties`",
            ),
        ] {
            let found = rejected(wrong);
            assert!(found.starts_with(expected), "{wrong}: {found}");
        }
    }

    #[test]
    fn a_property_that_the_kind_does_not_have_is_rejected() {
        for (attribute, message) in [
            (
                r#"bucket(properties = { "LifecycleConfigration": {} })"#,
                "`AWS::S3::Bucket` has no property `LifecycleConfigration`\n\nhelp: did you mean `LifecycleConfiguration`?",
            ),
            (
                r#"queue(properties = { "KmsDataKeyReusePeriodSeconds": "soon" })"#,
                "`KmsDataKeyReusePeriodSeconds` takes a whole number",
            ),
            (
                r#"table(key = "id", properties = { "BilingMode": "X" })"#,
                "did you mean `BillingMode`?",
            ),
            (
                r#"bucket(properties = { "LifecycleConfiguration": { "Rules": [{ "Id": "a" }] } })"#,
                "`Rules` needs the property `Status`",
            ),
        ] {
            let found = rejected(attribute);
            assert!(found.contains(message), "{attribute}: {found}");
        }
        accepted(r#"bucket(properties = { "OwnershipControls": { "Ref": "AWS::NoValue" } })"#);
        accepted(r#"queue(properties = { "Novelty": unchecked(true) })"#);
    }

    #[test]
    fn an_existing_resource_is_named_by_name_arn_or_parameter() {
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
        let variable = existing(r#"bucket(existing = env("BUCKET_NAME"))"#);
        assert!(matches!(variable, Some(Existing::Env(name)) if name.as_str() == "BUCKET_NAME"));
        let reserved = rejected(r#"bucket(existing = env("AWS_REGION"))"#);
        assert!(reserved.starts_with("`AWS_REGION` is not"), "{reserved}");
        let path = rejected("bucket(existing = env(BUCKET_NAME))");
        assert!(path.starts_with("expected a string"), "{path}");
    }

    #[test]
    fn an_existing_resource_can_be_one_of_the_overlay() {
        for kind in ["bucket", "bus", "queue", "secret", "stream", "parameter", "topic"] {
            let overlay = existing(&format!(r#"{kind}(existing = overlay("LegacyOrders"))"#));
            let Some(Existing::Overlay(id)) = overlay else { panic!("{kind}: {overlay:?}") };
            assert_eq!(id.as_str(), "LegacyOrders");
        }
        for wrong in ["overlay()", r#"overlay("a", "b")"#] {
            let message = rejected(&format!("bucket(existing = {wrong})"));
            assert!(message.starts_with("expected the logical id of a resource"), "{message}");
        }
        let message = rejected(r#"bucket(existing = overlay("legacy-orders"))"#);
        assert!(message.contains("`legacy-orders` is not a logical id"), "{message}");
        let message = rejected(r#"bucket(existing = overlay("Legacy", name = "x"))"#);
        assert!(message.starts_with("unknown key `name` in `overlay`"), "{message}");
    }

    #[test]
    fn an_existing_resource_is_not_named_in_another_way() {
        for wrong in ["Uploads", "3", "true", "[]", r#"ssm("/name")"#] {
            let message = rejected(&format!("bucket(existing = {wrong})"));
            assert!(message.starts_with("expected a name or an ARN in quotes"), "{message}");
        }
        for wrong in ["param()", r#"param("a", "b")"#] {
            let message = rejected(&format!("bucket(existing = {wrong})"));
            assert!(message.starts_with("expected the name of the parameter"), "{message}");
        }
        assert!(rejected(r#"bucket(existing = param("a-b"))"#).contains("is not a parameter name"));
    }

    #[test]
    fn the_name_of_an_existing_resource_follows_the_rules_of_its_kind() {
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
            let message = rejected(&format!("{kind}{open}existing = \"{long}\")"));
            assert!(message.contains(&format!("is not a {what}: it has 300")), "{message}");
        }
        assert!(rejected(r#"secret(existing = "a b")"#).contains("is not a name of a secret"));
        assert!(
            rejected(r#"parameter(existing = "a/b")"#).contains("is not a name of a parameter")
        );
    }

    #[test]
    fn reserved_names_are_accepted_for_existing_resources() {
        accepted(r#"bus(existing = "default")"#);
        accepted(r#"bus(existing = "aws.partner/acme.com/1")"#);
        accepted(r#"parameter(existing = "/aws/service/ami")"#);
        assert!(rejected(r#"bus(name = "default")"#).contains("EventBridge reserves this name"));
        assert!(
            rejected(r#"parameter(name = "/aws/x", value = "1")"#).contains("AWS reserves names")
        );
    }

    #[test]
    fn the_arn_of_an_existing_resource_is_of_its_kind() {
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
            rejected(r#"queue(existing = "arn:aws:sns:eu-west-1:123456789012:news")"#),
            "`arn:aws:sns:eu-west-1:123456789012:news` is not the ARN of a queue\n\nhelp: the ARN of a queue looks like `arn:aws:sqs:eu-west-1:123456789012:NAME`"
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
            assert!(rejected(wrong).contains("is not the ARN of a "), "{wrong}");
        }
    }

    #[test]
    fn an_existing_resource_rejects_keys_for_its_creation() {
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
                    rejected(&format!(r#"{kind}(existing = "abc"{needs}, {key})"#)),
                    format!(
                        "`{word}` is set when a {kind} is created, and this one exists already\n\nhelp: leave `{word}` out"
                    )
                );
            }
        }
    }

    #[test]
    fn a_wrong_value_of_existing_is_one_error() {
        assert!(rejected("parameter(existing = 3)").starts_with("expected a name or an ARN"));
        let messages = read("bucket(existing = 3, versioned)").unwrap_err();
        assert_eq!(messages.len(), 2, "{messages:?}");
    }

    #[test]
    fn an_existing_resource_takes_keys_for_its_client() {
        let table = accepted(
            r#"table(existing = "orders", key = "id", sort = number("at"), item = Order, indexes(by_day(sort = "day")))"#,
        );
        assert_eq!(table.types.len(), 1);
        let queue = accepted(r#"queue(existing = "jobs", message = Job, id = "Jobs")"#);
        assert_eq!((queue.types.len(), queue.id.as_str()), (1, "Jobs"));
    }

    #[test]
    fn every_kind_takes_retain() {
        assert_eq!(accepted("bucket").retain, None);
        assert_eq!(accepted("bucket(retain = false)").retain, Some(false));
        assert_eq!(accepted("topic(retain)").retain, Some(true));
        assert_eq!(
            rejected("topic(retain = 1)"),
            "`retain` takes `true` or `false`, found a number"
        );
    }

    #[test]
    fn properties_with_a_key_are_rejected_with_that_key() {
        let read = accepted(
            r#"bucket(properties = { "AccelerateConfiguration": { "AccelerationStatus": "Enabled" } })"#,
        );
        assert!(read.properties.get("AccelerateConfiguration").is_some());
        assert_eq!(
            rejected(r#"table(key = "id", properties = { "TableName": "orders" })"#),
            "`TableName` is set by Skylift: `properties` cannot change it\n\nhelp: `table` has a key for it: `name`"
        );
        for (kind, property, key) in [
            ("bucket", "BucketName", "name"),
            ("bus", "Name", "name"),
            ("queue", "VisibilityTimeout", "visibility"),
            ("secret", "Name", "name"),
            ("stream", "StreamModeDetails", "shards"),
            ("topic", "FifoTopic", "fifo"),
        ] {
            let message = rejected(&format!("{kind}(properties = {{ \"{property}\": 1 }})"));
            assert!(message.ends_with(&format!("a key for it: `{key}`")), "{message}");
        }
        assert!(rejected("bus(properties = 3)").starts_with("expected a map"));
    }

    #[test]
    fn named_types_keep_their_tokens() {
        for (attribute, key) in [
            ("queue(message = crate::jobs::Job)", "message"),
            ("topic(message = crate::jobs::Job)", "message"),
            ("stream(message = crate::jobs::Job)", "message"),
            ("bus(message = crate::jobs::Job)", "message"),
            ("secret(value = crate::jobs::Job)", "value"),
            (r#"table(key = "id", item = crate::jobs::Job)"#, "item"),
        ] {
            let types = accepted(attribute).types;
            let [named] = types.as_slice() else { panic!("{attribute}: {types:?}") };
            assert_eq!(named.key, key);
            let path = named.path.to_string().replace(' ', "");
            assert_eq!(path, "crate::jobs::Job");
        }
        assert!(accepted("queue").types.is_empty());
        let generic = accepted(r#"table(item = Page<crate::jobs::Job, u8>, key = "id")"#).types;
        assert_eq!(generic[0].path.to_string().replace(' ', ""), "Page<crate::jobs::Job,u8>");
    }

    #[test]
    fn a_named_type_is_a_path() {
        assert_eq!(
            rejected(r#"queue(message = "Job")"#),
            "`message` takes the path of a type, found a string\n\nhelp: write `message = Order`"
        );
        assert!(rejected("queue(message(Job))").starts_with("`message` takes the path of a type"));
        assert!(rejected("queue(message)").contains("`message` needs a value"));
        assert!(rejected("bucket(message = Job)").contains("unknown key `message` in `bucket`"));
        assert!(rejected("bucket(existing = Vec<Job>)").ends_with("found `Vec<…>`"));
    }
}
