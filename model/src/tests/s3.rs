//! Tests of triggers on buckets.

use super::{app, assert_problem, existing, found, overlay, parameter, resource, triggered};
use crate::aws::key_filter::{KeyEnd, KeyFilter};
use crate::aws::name::BucketName;
use crate::aws::node::{Map, Node};
use crate::aws::value::ResourceReference;
use crate::location::PlaceInItem;
use crate::resource::bucket::Bucket;
use crate::resource::{Existing, Resource, ResourceKind, ResourceSettings};
use crate::source::s3::{S3, S3Channel, S3EventType};
use crate::source::{TriggerResource, TriggerSource as _};

fn s3(bucket: &str, event: &str, prefix: Option<&str>, suffix: Option<&str>) -> S3 {
    S3 {
        bucket: ResourceReference::Declared(bucket.to_owned()),
        events: vec![S3EventType::parse(event).unwrap()],
        prefix: prefix.map(|it| KeyFilter::parse(KeyEnd::Prefix, it).unwrap()),
        suffix: suffix.map(|it| KeyFilter::parse(KeyEnd::Suffix, it).unwrap()),
        through: S3Channel::Default,
    }
}

fn bucket(ident: &str) -> Resource {
    resource(ident, ResourceSettings::Bucket(Bucket::default()))
}

const CREATED: &str = "ObjectCreated:*";

#[test]
fn two_notifications_overlap_if_event_types_prefixes_and_suffixes_do() {
    for (one, other, overlap) in [
        ((CREATED, None, None), (CREATED, None, None), true),
        ((CREATED, None, None), ("ObjectCreated:Put", Some("in/"), Some(".jpg")), true),
        (("ObjectCreated:Put", None, None), (CREATED, None, None), true),
        (("ObjectCreated:Put", None, None), ("ObjectCreated:Post", None, None), false),
        ((CREATED, None, None), ("ObjectRemoved:*", None, None), false),
        ((CREATED, Some("in/"), None), (CREATED, Some("in/a/"), None), true),
        ((CREATED, Some("in/a/"), None), (CREATED, Some("in/"), None), true),
        ((CREATED, Some("in/"), None), (CREATED, Some("out/"), None), false),
        ((CREATED, None, Some(".jpg")), (CREATED, None, Some("a.jpg")), true),
        ((CREATED, None, Some("a.jpg")), (CREATED, None, Some(".jpg")), true),
        ((CREATED, None, Some(".jpg")), (CREATED, None, Some(".png")), false),
        ((CREATED, Some("in/"), Some(".jpg")), (CREATED, Some("in/"), Some(".png")), false),
        ((CREATED, Some("in/"), Some(".jpg")), (CREATED, Some("out/"), Some(".jpg")), false),
    ] {
        let trigger = |(event, prefix, suffix)| s3("Uploads", event, prefix, suffix).into();
        let functions =
            vec![triggered("a", vec![trigger(one)]), triggered("b", vec![trigger(other)])];
        let app = app(functions, vec![bucket("Uploads")]);
        if overlap {
            assert_problem(
                &app,
                1,
                &PlaceInItem::Trigger(0),
                "the filter of this trigger overlaps with that of function `a` at a.rs:7",
                "S3 refuses two notifications of one event: give them prefixes or suffixes that exclude each other, or write `through = event_bridge` in one of them",
            );
        } else {
            assert_eq!(found(&app), [], "{one:?} {other:?}");
        }
    }
}

#[test]
fn notifications_of_two_buckets_or_of_an_existing_bucket_never_overlap() {
    let twice = |one: &str, other: &str| {
        vec![triggered(
            "f",
            vec![s3(one, CREATED, None, None).into(), s3(other, CREATED, None, None).into()],
        )]
    };
    assert_eq!(found(&app(twice("A", "B"), vec![bucket("A"), bucket("B")])), []);
    let there = existing(
        "A",
        ResourceSettings::Bucket(Bucket::default()),
        Existing::Name("acme".to_owned()),
    );
    assert_eq!(found(&app(twice("A", "A"), vec![there])), []);
    let (_, at, message, _) = super::problem(&app(twice("A", "A"), vec![bucket("A")]));
    assert_eq!(at, PlaceInItem::Trigger(1));
    assert!(message.ends_with("that of another trigger of this function"), "{message}");
}

#[test]
fn triggers_through_eventbridge_can_overlap_on_a_bucket_that_sends_it_its_events() {
    let through = || S3 { through: S3Channel::EventBridge, ..s3("A", CREATED, None, None) };
    let triggers = || {
        let direct = s3("A", CREATED, None, None);
        vec![
            triggered("a", vec![through().into()]),
            triggered("b", vec![through().into(), direct.into()]),
        ]
    };
    assert_eq!(found(&app(triggers(), vec![bucket("A")])), []);
    let key = "NotificationConfiguration";
    let enabled = |value: bool| {
        let enabled = Map::new().with("EventBridgeEnabled", value);
        Map::new().with(key, Map::new().with("EventBridgeConfiguration", enabled))
    };
    for (properties, wrong) in [
        (enabled(true), false),
        (enabled(false), true),
        (Map::new().with(key, Node::reference("A")), true),
    ] {
        let bucket = Resource { properties, ..bucket("A") };
        let app = app(vec![triggered("f", vec![through().into()])], vec![bucket]);
        if wrong {
            assert_problem(
                &app,
                0,
                &PlaceInItem::trigger_key(0, "bucket"),
                "the `properties` of `A` do not send its events to EventBridge, which is needed here",
                "leave `EventBridgeConfiguration` out of them: Skylift turns it on",
            );
        } else {
            assert_eq!(found(&app), []);
        }
    }
    let there = existing("A", ResourceSettings::Bucket(Bucket::default()), overlay());
    assert_problem(
        &app(vec![triggered("f", vec![through().into()])], vec![there]),
        0,
        &PlaceInItem::trigger_key(0, "through"),
        "`through` has no effect: the events of an existing bucket always come through EventBridge",
        "leave `through` out",
    );
}

#[test]
fn an_existing_bucket_sends_only_the_event_types_of_eventbridge() {
    for (event, known) in [
        (CREATED, true),
        ("ObjectAcl:Put", true),
        ("ReducedRedundancyLostObject", false),
        ("ObjectAnnotation:*", false),
        ("ObjectRetention:Put", false),
        ("Replication:*", false),
        ("Replication:OperationNotTracked", false),
    ] {
        assert_eq!(S3EventType::parse(event).unwrap().is_sent_to_eventbridge(), known, "{event}");
        let functions = || vec![triggered("f", vec![s3("A", event, None, None).into()])];
        assert_eq!(found(&app(functions(), vec![bucket("A")])), [], "{event}");
        let there = existing("A", ResourceSettings::Bucket(Bucket::default()), overlay());
        let app = app(functions(), vec![there]);
        if known {
            assert_eq!(found(&app), [], "{event}");
        } else {
            assert_problem(
                &app,
                0,
                &PlaceInItem::trigger_key(0, "events"),
                &format!("an existing bucket does not send `s3:{event}`"),
                "its events come through EventBridge, which does not have this type: let the template create the bucket",
            );
        }
    }
}

#[test]
fn properties_cannot_replace_the_notifications_of_triggers() {
    let key = "NotificationConfiguration";
    let list = || Map::new().with("LambdaConfigurations", Vec::new());
    for (properties, wrong) in [
        (Map::new(), false),
        (Map::new().with(key, Map::new().with("QueueConfigurations", Vec::new())), false),
        (Map::new().with(key, list()), true),
        (Map::new().with(key, Node::reference("A")), true),
    ] {
        let bucket = Resource { properties, ..bucket("A") };
        let app =
            app(vec![triggered("f", vec![s3("A", CREATED, None, None).into()])], vec![bucket]);
        if wrong {
            assert_problem(
                &app,
                0,
                &PlaceInItem::trigger_key(0, "bucket"),
                "the `properties` of `A` set notifications, which would replace the generated ones",
                "leave `LambdaConfigurations` out of them: Skylift sets all that it needs",
            );
        } else {
            assert_eq!(found(&app), []);
        }
    }
}

#[test]
fn a_trigger_describes_its_bucket() {
    let trigger = s3("A", CREATED, None, None);
    assert_eq!(
        trigger.resource(),
        Some(TriggerResource { key: "bucket", ident: "A", kind: ResourceKind::Bucket })
    );
    let arn = "arn:aws:s3:::acme".to_owned();
    for (bucket, summary, own, parameter) in [
        (ResourceReference::Own, "s3 a bucket of its own", true, None),
        (ResourceReference::Declared("A".to_owned()), "s3 bucket A", false, None),
        (
            ResourceReference::Named(BucketName::try_from("acme").unwrap()),
            "s3 bucket acme",
            false,
            None,
        ),
        (ResourceReference::Arn(arn), "s3 bucket arn:aws:s3:::acme", false, None),
        (ResourceReference::Param(parameter("P")), "s3 bucket of parameter P", false, Some("P")),
    ] {
        let mut trigger = S3 { bucket, ..trigger.clone() };
        assert_eq!(trigger.summary(), summary);
        let brought = trigger.own_resource();
        assert_eq!(brought.is_some(), own, "{summary}");
        let parameters = trigger.template_parameters();
        assert_eq!(parameters.first().map(|it| it.name.as_str()), parameter);
        trigger.use_own_resource("Mine()");
        assert_eq!(trigger.resource().unwrap().ident, "Mine()");
        assert_eq!(trigger.own_resource(), None);
    }
    let filtered = s3("A", CREATED, Some("in/"), Some(".jpg"));
    assert_eq!(filtered.summary(), "s3 bucket A in/*.jpg");
    assert_eq!(s3("A", CREATED, None, Some(".jpg")).summary(), "s3 bucket A *.jpg");
    let own = S3 { bucket: ResourceReference::Own, ..trigger }.own_resource();
    assert_eq!(own, Some(("Bucket", ResourceSettings::Bucket(Bucket::default()))));
}

#[test]
fn the_event_types_are_those_of_the_s3_guide() {
    for kind in S3EventType::names() {
        assert_eq!(S3EventType::parse(kind).unwrap().as_str(), *kind);
        let bare = kind.strip_prefix("s3:").unwrap();
        assert_eq!(S3EventType::parse(bare).unwrap().as_str(), *kind);
    }
    assert_eq!(S3EventType::names().len(), 31);
    let overlaps = |one: &str, other: &str| {
        S3EventType::parse(one).unwrap().overlaps(S3EventType::parse(other).unwrap())
    };
    assert!(overlaps("ObjectAcl:Put", "ObjectAcl:Put"));
    assert!(overlaps("Replication:*", "Replication:OperationNotTracked"));
    assert!(overlaps("Replication:OperationNotTracked", "Replication:*"));
    assert!(!overlaps("ObjectAcl:Put", "ObjectTagging:Put"));
}
