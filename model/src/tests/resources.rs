//! Tests of the definitions of all kinds of resources, in tables.

use super::{
    app, assert_problem, attribute, capability, existing, function, overlay, parameter, resource,
    table,
};
use crate::Function;
use crate::access::{Access, Capability};
use crate::aws::iam::{ApiCall, CallGroup, GrantScope};
use crate::aws::name::{
    AttributeName, BucketName, BusName, ParameterPath, QueueName, SecretName, StreamName,
    TableName, TopicName,
};
use crate::idempotency::{Idempotency, IdempotencyTtl};
use crate::location::PlaceInItem;
use crate::message::Message;
use crate::resource::bucket::Bucket;
use crate::resource::bus::Bus;
use crate::resource::parameter::Parameter;
use crate::resource::queue::Queue;
use crate::resource::secret::Secret;
use crate::resource::stream::{RecordRetention, Stream};
use crate::resource::table::{KeyType, StreamView, Table, TablePart};
use crate::resource::topic::Topic;
use crate::resource::{Existing, Resource, ResourceKind, ResourceSettings};

/// A kind's name, name with article, minimal declaration, suffix of the variable, example of an ARN, whether
/// it is retained, and whether it can be FIFO.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, bool, bool);

#[test]
fn each_kind_has_its_definition() {
    let rows: [Row; 9] = [
        ("bucket", "a bucket", "bucket", "BUCKET_NAME", "arn:aws:s3:::NAME", true, false),
        (
            "bus",
            "a bus",
            "bus",
            "BUS_NAME",
            "arn:aws:events:eu-west-1:123456789012:event-bus/NAME",
            false,
            false,
        ),
        (
            "parameter",
            "a parameter",
            "parameter(value = \"…\")",
            "PARAMETER_NAME",
            "arn:aws:ssm:eu-west-1:123456789012:parameter/NAME",
            false,
            false,
        ),
        (
            "queue",
            "a queue",
            "queue",
            "QUEUE_URL",
            "arn:aws:sqs:eu-west-1:123456789012:NAME",
            false,
            true,
        ),
        (
            "secret",
            "a secret",
            "secret",
            "SECRET_ARN",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:NAME",
            true,
            false,
        ),
        (
            "state_machine",
            "a state machine",
            "state_machine(asl = \"workflow.asl.json\")",
            "STATE_MACHINE_ARN",
            "arn:aws:states:eu-west-1:123456789012:stateMachine:NAME",
            false,
            false,
        ),
        (
            "stream",
            "a stream",
            "stream",
            "STREAM_NAME",
            "arn:aws:kinesis:eu-west-1:123456789012:stream/NAME",
            false,
            false,
        ),
        (
            "table",
            "a table",
            "table(key = \"…\")",
            "TABLE_NAME",
            "arn:aws:dynamodb:eu-west-1:123456789012:table/NAME",
            true,
            false,
        ),
        (
            "topic",
            "a topic",
            "topic",
            "TOPIC_ARN",
            "arn:aws:sns:eu-west-1:123456789012:NAME",
            false,
            true,
        ),
    ];
    let found: Vec<(&str, &str, &str, &str, String, bool, bool)> = ResourceKind::ALL
        .iter()
        .map(|it| {
            (
                it.as_str(),
                it.with_article(),
                it.minimal_declaration(),
                it.variable_suffix(),
                it.example_arn(),
                it.is_retained_by_default(),
                it.can_be_fifo(),
            )
        })
        .collect();
    for (found, row) in found.iter().zip(rows) {
        assert_eq!(*found, (row.0, row.1, row.2, row.3, row.4.to_owned(), row.5, row.6));
    }
    assert_eq!(rows.map(|row| row.0), ResourceKind::NAMES);
    let described: Vec<&str> =
        ResourceKind::ALL.iter().map(|kind| kind.parameter_content().description).collect();
    assert_eq!(
        described,
        [
            "Name of an S3 bucket",
            "Name of an event bus",
            "Name of a parameter of Systems Manager",
            "ARN of an SQS queue",
            "ARN of a secret",
            "ARN of a state machine",
            "Name of a Kinesis data stream",
            "Name of a DynamoDB table",
            "ARN of an SNS topic",
        ]
    );
}

#[test]
fn settings_have_the_name_and_whether_the_resource_is_fifo() {
    fn name<Name: for<'a> TryFrom<&'a str>>(text: &str) -> Option<Name> {
        Name::try_from(text).ok()
    }
    let topic = |name, fifo| ResourceSettings::Topic(Topic { name, fifo, tls_only: true });
    for (settings, kind, named, fifo) in [
        (
            ResourceSettings::Bucket(Bucket {
                name: name::<BucketName>("abc"),
                ..Bucket::default()
            }),
            ResourceKind::Bucket,
            Some("abc"),
            false,
        ),
        (ResourceSettings::Bucket(Bucket::default()), ResourceKind::Bucket, None, false),
        (
            ResourceSettings::Bus(Bus { name: name::<BusName>("abc"), source: None }),
            ResourceKind::Bus,
            Some("abc"),
            false,
        ),
        (
            ResourceSettings::Parameter(Parameter {
                name: name::<ParameterPath>("/abc"),
                value: String::new(),
            }),
            ResourceKind::Parameter,
            Some("/abc"),
            false,
        ),
        (
            ResourceSettings::Queue(Queue { name: name::<QueueName>("abc"), ..Queue::default() }),
            ResourceKind::Queue,
            Some("abc"),
            false,
        ),
        (
            ResourceSettings::Queue(Queue { fifo: true, ..Queue::default() }),
            ResourceKind::Queue,
            None,
            true,
        ),
        (
            ResourceSettings::Secret(Secret { name: name::<SecretName>("abc"), generate: None }),
            ResourceKind::Secret,
            Some("abc"),
            false,
        ),
        (
            ResourceSettings::Stream(Stream {
                name: name::<StreamName>("abc"),
                ..Stream::default()
            }),
            ResourceKind::Stream,
            Some("abc"),
            false,
        ),
        (
            ResourceSettings::Table(Table { name: name::<TableName>("abc"), ..table() }),
            ResourceKind::Table,
            Some("abc"),
            false,
        ),
        (topic(name::<TopicName>("abc"), false), ResourceKind::Topic, Some("abc"), false),
        (topic(None, true), ResourceKind::Topic, None, true),
    ] {
        assert_eq!((settings.kind(), settings.name(), settings.is_fifo()), (kind, named, fifo));
        assert_eq!(resource("A", settings.clone()).is_fifo(), fifo);
        let there = |name: &str| existing("A", settings.clone(), Existing::Name(name.to_owned()));
        let can = matches!(kind, ResourceKind::Queue | ResourceKind::Topic);
        assert_eq!((there("abc").is_fifo(), there("abc.fifo").is_fifo()), (false, can), "{kind:?}");
        assert_eq!(existing("A", settings, Existing::Param(parameter("P"))).is_fifo(), fifo);
    }
}

#[test]
fn resources_with_data_are_retained_by_default() {
    let bucket = || resource("A", ResourceSettings::Bucket(Bucket::default()));
    let queue = || resource("A", ResourceSettings::Queue(Queue::default()));
    assert!(bucket().is_retained() && !queue().is_retained());
    assert!(!Resource { retain: Some(false), ..bucket() }.is_retained());
    assert!(Resource { retain: Some(true), ..queue() }.is_retained());
    assert_eq!(queue().variable_name(), "A_QUEUE_URL");
}

#[test]
fn the_names_of_existing_resources_are_checked() {
    for (kind, good, bad) in [
        (ResourceKind::Bucket, "acme", "Acme"),
        (ResourceKind::Bus, "default", "a b"),
        (ResourceKind::Parameter, "/aws/x", "a/b"),
        (ResourceKind::Queue, "jobs.fifo", "jobs.other"),
        (ResourceKind::Secret, "a/b", "a b"),
        (ResourceKind::Stream, "clicks", "a/b"),
        (ResourceKind::Table, "orders", "ab"),
        (ResourceKind::Topic, "news.fifo", "news.other"),
    ] {
        assert!(kind.check_name(good).is_ok(), "{good}");
        assert!(kind.check_name(bad).is_err(), "{bad}");
    }
}

#[test]
fn each_access_grants_exactly_its_calls() {
    let calls = |kind: ResourceKind, access: Access| -> Vec<String> {
        let show = |call: ApiCall| format!("{} {} {:?}", call.operation, call.action, call.scope);
        kind.calls(access).into_iter().map(show).collect()
    };
    let offered: Vec<(&str, Vec<&str>)> =
        ResourceKind::ALL.iter().map(|kind| (kind.as_str(), kind.capabilities())).collect();
    assert_eq!(
        offered,
        [
            ("bucket", vec!["Reader", "Writer", "ReadWriter", "DownloadSigner", "UploadSigner"]),
            ("bus", vec!["Publisher"]),
            ("parameter", vec!["Reader"]),
            ("queue", vec!["Sender"]),
            ("secret", vec!["Reader"]),
            ("state_machine", vec!["Starter"]),
            ("stream", vec!["Putter"]),
            ("table", vec!["Reader", "Writer", "ReadWriter"]),
            ("topic", vec!["Publisher"]),
        ]
    );
    assert_eq!(
        calls(ResourceKind::Bucket, Access::Read),
        [
            "GetObject s3:GetObject Objects",
            "HeadObject s3:GetObject Objects",
            "ListObjectsV2 s3:ListBucket Itself",
        ]
    );
    assert_eq!(calls(ResourceKind::Table, Access::ReadWrite).len(), 10);
    let on = |on: GrantScope| {
        ResourceKind::Table.calls(Access::Read).iter().filter(|call| call.scope == on).count()
    };
    assert_eq!(
        (on(GrantScope::Itself), on(GrantScope::Indexes), on(GrantScope::Objects)),
        (4, 2, 0)
    );
    assert_eq!(calls(ResourceKind::Queue, Access::Read), [""; 0]);
}

#[test]
fn a_narrowed_capability_makes_the_calls_that_it_names() {
    let narrowed = |access, calls: &[CallGroup]| {
        let (target, calls) = (String::new(), calls.to_vec());
        let capability = Capability { access, target, calls, parameter: 0 };
        let calls = capability.select_calls(ResourceKind::Table.calls(access));
        calls.iter().map(|call| call.operation).collect::<Vec<_>>()
    };
    assert_eq!(narrowed(Access::Read, &[CallGroup::Get]), ["GetItem"]);
    assert_eq!(narrowed(Access::Read, &[CallGroup::Query]), ["Query", "Query"]);
    let both = [CallGroup::Delete, CallGroup::Get];
    assert_eq!(narrowed(Access::ReadWrite, &both), ["GetItem", "DeleteItem"]);
    assert_eq!(narrowed(Access::Write, &[]).len(), 4);
    for (kind, access, groups) in [
        (ResourceKind::Bucket, Access::Read, "Get List"),
        (ResourceKind::Bucket, Access::ReadWrite, "Get List Put Delete"),
        (ResourceKind::Bucket, Access::SignDownload, ""),
        (ResourceKind::Table, Access::Read, "Get BatchGet Query Scan"),
        (ResourceKind::Table, Access::Write, "Put Update Delete BatchWrite"),
        (ResourceKind::Secret, Access::Read, ""),
    ] {
        let found: Vec<&str> = kind.call_groups(access).into_iter().map(CallGroup::name).collect();
        assert_eq!(found.join(" "), groups, "{kind:?} {access:?}");
        // A capability of a kind has either all of its calls in groups, or none.
        let is_grouped = |call: &ApiCall| call.group.is_some();
        assert!(groups.is_empty() || kind.calls(access).iter().all(is_grouped), "{kind:?}");
    }
}

#[test]
fn a_call_that_the_resource_does_not_have_is_an_error_at_the_call() {
    let mut reads = function("reads");
    let calls = vec![CallGroup::Get, CallGroup::Query];
    let narrowed = Capability { calls, ..capability(Access::Read, "Uploads", 1) };
    reads.capabilities = vec![narrowed];
    let uploads = resource("Uploads", ResourceSettings::Bucket(Bucket::default()));
    assert_problem(
        &app(vec![reads], vec![uploads]),
        0,
        &PlaceInItem::ParamCall(1, 1),
        "a `Reader` of a bucket has no call `Query`",
        "it has `Get` and `List`",
    );
}

#[test]
fn an_access_is_found_by_the_name_of_its_capability() {
    for access in Access::ALL {
        assert_eq!(Access::from_capability(access.capability()), Some(access));
    }
    let names = Access::ALL.map(Access::capability);
    assert_eq!(
        names,
        [
            "Reader",
            "Writer",
            "ReadWriter",
            "DownloadSigner",
            "UploadSigner",
            "Sender",
            "Publisher",
            "Putter",
            "Starter",
            "Invoker"
        ]
    );
    assert_eq!(Access::from_capability("Taker"), None);
}

#[test]
fn key_types_and_stream_views_have_the_names_of_dynamodb() {
    for (word, kind) in KeyType::NAMES {
        assert_eq!(kind.keyword(), word);
    }
    assert_eq!(KeyType::NAMES.map(|(_, kind)| kind.as_str()), ["S", "N", "B"]);
    assert_eq!(
        StreamView::NAMES.map(|(word, view)| (word, view.as_str())),
        [
            ("keys", "KEYS_ONLY"),
            ("new", "NEW_IMAGE"),
            ("old", "OLD_IMAGE"),
            ("new_and_old", "NEW_AND_OLD_IMAGES"),
        ]
    );
    let same = Table { sort: Some(attribute("id", KeyType::Number)), ..table() };
    assert_eq!(
        same.check(),
        [(TablePart::Sort, Message::from("`id` is the partition key already"))]
    );
}

#[test]
fn the_retention_of_a_stream_is_a_whole_number_of_hours() {
    let retention = |seconds| RecordRetention::try_from(seconds).unwrap();
    assert!(retention(90_000).is_whole());
    assert_eq!(retention(90_000).hours(), 25);
    assert!(!retention(90_001).is_whole());
    assert!(RecordRetention::try_from(86_399).is_err());
}

#[test]
fn idempotency_records_need_a_fitting_table() {
    let store = |store: Resource| {
        let idempotent = Idempotency {
            key: Vec::new(),
            check: Vec::new(),
            store: Some("Done".to_owned()),
            ttl: IdempotencyTtl::DEFAULT,
        };
        let function = Function { idempotent: Some(idempotent), ..function("f") };
        app(vec![function], vec![store])
    };
    let done = |table: Table| store(resource("Done", ResourceSettings::Table(table)));
    let ttl = || Some(AttributeName::try_from("expires_at").unwrap());
    let good = || Table { ttl: ttl(), ..table() };
    assert_eq!(super::found(&done(good())), []);
    assert_problem(
        &done(table()),
        0,
        &PlaceInItem::Store,
        "the items of `Done` do not expire (declared at Done.rs:7), idempotency records have to",
        "give `Done` an attribute for it: `ttl = \"expires_at\"`",
    );
    assert_problem(
        &done(Table { key: attribute("id", KeyType::Binary), ..good() }),
        0,
        &PlaceInItem::Store,
        "the key of `Done` is a binary (declared at Done.rs:7), idempotency records have a string as their key",
        "name a table whose key is a string: `key = \"id\"`",
    );
    assert_problem(
        &done(Table { sort: Some(attribute("at", KeyType::Number)), ..good() }),
        0,
        &PlaceInItem::Store,
        "`Done` has the sort key `at` (declared at Done.rs:7), idempotency records have none",
        "name a table without a sort key, or leave `store` out",
    );
    assert_problem(
        &done(Table { key: attribute("status", KeyType::String), ..good() }),
        0,
        &PlaceInItem::Store,
        "`status` is an attribute of every idempotency record, and the key of `Done` (declared at Done.rs:7)",
        "rename it, or name a table that holds nothing else",
    );
    let there = existing("Done", ResourceSettings::Table(good()), overlay());
    assert_eq!(super::found(&store(there)), []);
}

#[test]
fn capabilities_are_not_invocations() {
    let target = "Jobs".to_owned();
    let capability = Capability { access: Access::Send, target, calls: Vec::new(), parameter: 3 };
    let json = serde_json::to_string(&capability).unwrap();
    assert_eq!(json, r#"{"access":"send","with":"Jobs"}"#);
}
