//! Tests of functions that invoke themselves.

use super::sqs::sqs;
use super::{
    app, assert_problem, capability, existing, found, overlay, resource, table, triggered,
};
use crate::access::Access;
use crate::aws::iam::CallGroup;
use crate::aws::key_filter::{KeyEnd, KeyFilter};
use crate::aws::mapping::EventSourceMapping;
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::name::BucketName;
use crate::aws::node::{Map, Node};
use crate::aws::value::{ArnReference, ResourceReference};
use crate::idempotency::{Idempotency, IdempotencyTtl};
use crate::location::PlaceInItem;
use crate::resource::bucket::Bucket;
use crate::resource::queue::Queue;
use crate::resource::stream::Stream;
use crate::resource::table::{StreamView, Table};
use crate::resource::{Existing, Resource, ResourceSettings};
use crate::settings::RecursiveLoop;
use crate::source::Trigger;
use crate::source::dynamodb::DynamoDb;
use crate::source::kinesis::{Consumer, Kinesis};
use crate::source::s3::{S3, S3Channel, S3EventType};
use crate::source::sqs::Sqs;
use crate::{App, Function};

fn resources() -> Vec<Resource> {
    let stream = Stream::default();
    let table = Table { stream: Some(StreamView::NewAndOld), ..table() };
    vec![
        resource("Uploads", ResourceSettings::Bucket(Bucket::default())),
        resource("Jobs", ResourceSettings::Queue(Queue::default())),
        resource("Replies", ResourceSettings::Queue(Queue::default())),
        resource("Clicks", ResourceSettings::Stream(stream)),
        resource("Orders", ResourceSettings::Table(table)),
    ]
}

fn s3(bucket: ResourceReference<BucketName>, event: &str) -> S3 {
    S3 {
        bucket,
        events: vec![S3EventType::parse(event).unwrap()],
        prefix: None,
        suffix: None,
        through: S3Channel::Default,
    }
}

pub(super) fn uploads(event: &str) -> S3 {
    s3(ResourceReference::Declared("Uploads".to_owned()), event)
}

fn clicks() -> Kinesis {
    Kinesis {
        stream: ResourceReference::Declared("Clicks".to_owned()),
        consumer: None,
        mapping: StreamMapping::default(),
    }
}

fn orders() -> DynamoDb {
    DynamoDb {
        table: ArnReference::Declared("Orders".to_owned()),
        mapping: StreamMapping::default(),
    }
}

/// Creates a function with a trigger and with capabilities, which are its parameters from the second on.
pub(super) fn function(ident: &str, trigger: Option<Trigger>, uses: &[(Access, &str)]) -> Function {
    let mut function = triggered(ident, trigger.into_iter().collect());
    let uses = uses.iter().enumerate();
    function.capabilities =
        uses.map(|(index, (access, with))| capability(*access, with, index + 1)).collect();
    function
}

fn allowed(function: Function) -> Function {
    let mut allowed = function;
    allowed.settings.recursive_loop = Some(RecursiveLoop::Allow);
    allowed
}

fn of(functions: Vec<Function>) -> App {
    app(functions, resources())
}

const MEANT: &str =
    "write `recursive_loop = allow` in the `#[function]` if the loop is meant and ends";
const ALL_MEANT: &str =
    "write `recursive_loop = allow` in each `#[function]` of the loop if it is meant and ends";

#[test]
fn a_function_that_writes_to_its_own_event_source_is_a_loop() {
    let keys = "give the trigger a `prefix` or a `suffix` that the written keys do not have";
    let records = "give the trigger `filters` that leave out what the function writes";
    let through = S3 { through: S3Channel::EventBridge, ..uploads("ObjectCreated:*") };
    let loops: [(Trigger, Access, &str, &str, &str); 7] = [
        (through.into(), Access::Write, "Uploads", "writes to bucket", keys),
        (uploads("ObjectCreated:*").into(), Access::Write, "Uploads", "writes to bucket", keys),
        (
            uploads("ObjectCreated:Put").into(),
            Access::ReadWrite,
            "Uploads",
            "writes to bucket",
            keys,
        ),
        (
            uploads("ObjectCreated:CompleteMultipartUpload").into(),
            Access::Write,
            "Uploads",
            "writes to bucket",
            keys,
        ),
        (sqs("Jobs").into(), Access::Send, "Jobs", "sends to queue", "send to another queue"),
        (clicks().into(), Access::Put, "Clicks", "puts into stream", records),
        (orders().into(), Access::ReadWrite, "Orders", "writes to table", records),
    ];
    for (trigger, access, target, verb, remedy) in loops {
        let looping = function("again", Some(trigger), &[(access, target)]);
        assert_problem(
            &of(vec![looping.clone()]),
            0,
            &PlaceInItem::Param(1),
            &format!("a loop: `again` {verb} `{target}`, which triggers `again`"),
            &format!("{remedy}, or {MEANT}"),
        );
        assert_eq!(found(&of(vec![allowed(looping)])), []);
    }
}

#[test]
fn reading_other_resources_and_filtered_or_inactive_triggers_are_no_loop() {
    let put = |trigger: Trigger, access, target| function("f", Some(trigger), &[(access, target)]);
    let key = |end, text| KeyFilter::parse(end, text).ok();
    let inactive = || EventSourceMapping { enabled: false, ..EventSourceMapping::default() };
    let filters = vec![Node::from(Map::new().with("eventName", vec![Node::from("REMOVE")]))];
    let filtered =
        || EventSourceMapping { filters: filters.clone(), ..EventSourceMapping::default() };
    let stream = |mapping| StreamMapping { mapping, ..StreamMapping::default() };
    let created = || uploads("ObjectCreated:*");
    for function in vec![
        put(created().into(), Access::Read, "Uploads"),
        put(
            S3 { prefix: key(KeyEnd::Prefix, "in/"), ..created() }.into(),
            Access::Write,
            "Uploads",
        ),
        put(S3 { suffix: key(KeyEnd::Suffix, ".a"), ..created() }.into(), Access::Write, "Uploads"),
        put(uploads("ObjectRemoved:*").into(), Access::Write, "Uploads"),
        put(uploads("ObjectCreated:Copy").into(), Access::Write, "Uploads"),
        put(sqs("Jobs").into(), Access::Send, "Replies"),
        put(Sqs { mapping: inactive(), ..sqs("Jobs") }.into(), Access::Send, "Jobs"),
        put(Sqs { mapping: filtered(), ..sqs("Jobs") }.into(), Access::Send, "Jobs"),
        put(Kinesis { mapping: stream(inactive()), ..clicks() }.into(), Access::Put, "Clicks"),
        put(DynamoDb { mapping: stream(filtered()), ..orders() }.into(), Access::Write, "Orders"),
        put(orders().into(), Access::Read, "Orders"),
    ] {
        assert_eq!(found(&of(vec![function.clone()])), [], "{function:?}");
    }
}

#[test]
fn deleting_what_was_put_is_a_loop_of_a_table_alone() {
    let narrowed = |trigger: Trigger, target, calls: &[CallGroup]| {
        let mut function = function("f", Some(trigger), &[(Access::Write, target)]);
        function.capabilities[0].calls = calls.to_vec();
        found(&of(vec![function])).len()
    };
    let created = || uploads("ObjectCreated:*").into();
    assert_eq!(narrowed(created(), "Uploads", &[CallGroup::Delete]), 0);
    assert_eq!(narrowed(created(), "Uploads", &[CallGroup::Delete, CallGroup::Put]), 1);
    assert_eq!(narrowed(orders().into(), "Orders", &[CallGroup::Delete]), 1);
}

#[test]
fn an_existing_resource_is_the_same_by_struct_name_or_arn() {
    let bucket = ResourceSettings::Bucket(Bucket::default());
    let named = BucketName::try_from("acme").unwrap();
    for reference in [
        ResourceReference::Named(named),
        ResourceReference::Arn("arn:aws:s3:::acme".to_owned()),
        ResourceReference::Declared("Acme".to_owned()),
    ] {
        let looping = function(
            "f",
            Some(s3(reference, "ObjectCreated:*").into()),
            &[(Access::Write, "Acme")],
        );
        let acme = existing("Acme", bucket.clone(), Existing::Name("acme".to_owned()));
        let (_, at, message, _) = super::problem(&app(vec![looping], vec![acme]));
        assert_eq!(at, PlaceInItem::Param(1));
        assert_eq!(message, "a loop: `f` writes to bucket `Acme`, which triggers `f`");
    }
    let declared = ResourceReference::Declared("There".to_owned());
    let looping =
        function("f", Some(s3(declared, "ObjectCreated:*").into()), &[(Access::Write, "There")]);
    let there = existing("There", bucket, overlay());
    assert_eq!(found(&app(vec![looping], vec![there])).len(), 1);
}

#[test]
fn the_records_of_an_idempotent_function_can_be_a_loop() {
    let mut looping = function("f", Some(orders().into()), &[]);
    let declared = Table { stream: Some(StreamView::NewAndOld), ..Idempotency::own_table() };
    let records = resource("Orders", ResourceSettings::Table(declared));
    looping.idempotent = Some(Idempotency {
        key: Vec::new(),
        check: Vec::new(),
        store: Some("Orders".to_owned()),
        ttl: IdempotencyTtl::DEFAULT,
    });
    assert_problem(
        &app(vec![looping], vec![records]),
        0,
        &PlaceInItem::Store,
        "a loop: `f` keeps its records in table `Orders`, which triggers `f`",
        &format!("give the trigger `filters` that leave out what the function writes, or {MEANT}"),
    );
}

#[test]
fn functions_that_invoke_themselves_or_each_other_are_a_loop() {
    let invoke = |ident: &str, others: &[&str]| {
        let uses: Vec<_> = others.iter().map(|other| (Access::Invoke, *other)).collect();
        function(ident, None, &uses)
    };
    assert_problem(
        &of(vec![invoke("a", &["a"])]),
        0,
        &PlaceInItem::Param(1),
        "a loop: `a` invokes `a`",
        MEANT,
    );
    let two = || vec![invoke("a", &["c", "b"]), invoke("b", &["a"]), invoke("c", &[])];
    assert_problem(
        &of(two()),
        0,
        &PlaceInItem::Param(2),
        "a loop: `a` invokes `b`, which invokes `a`",
        ALL_MEANT,
    );
    // The key stands in each function of the loop, because Lambda stops it at each of them.
    let mut half = two();
    half[0] = allowed(half[0].clone());
    assert_problem(
        &of(half),
        1,
        &PlaceInItem::Param(1),
        "a loop: `b` invokes `a`, which invokes `b`",
        ALL_MEANT,
    );
    assert_eq!(found(&of(two().into_iter().map(allowed).collect())), []);
}

#[test]
fn a_loop_through_several_functions_and_queues_is_one_problem_that_names_its_way() {
    let functions = vec![
        function("start", None, &[(Access::Send, "Jobs")]),
        function("work", Some(sqs("Jobs").into()), &[(Access::Send, "Replies")]),
        function("reply", Some(sqs("Replies").into()), &[(Access::Invoke, "start")]),
    ];
    assert_problem(
        &of(functions),
        0,
        &PlaceInItem::Param(1),
        "a loop: `start` sends to queue `Jobs`, which triggers `work`, which sends to queue `Replies`, which triggers `reply`, which invokes `start`",
        ALL_MEANT,
    );
    let line = vec![
        function("start", None, &[(Access::Send, "Jobs")]),
        function("work", Some(sqs("Jobs").into()), &[(Access::Send, "Replies")]),
        function("reply", Some(sqs("Replies").into()), &[(Access::Write, "Orders")]),
    ];
    assert_eq!(found(&of(line)), []);
}

#[test]
fn two_functions_cannot_read_through_one_consumer() {
    let arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks";
    let consumer = Consumer::Arn(format!("{arn}/consumer/reader:1"));
    let read = |consumer: &Consumer| {
        let start = Some(crate::aws::mapping::stream::StartingPosition::Latest);
        Kinesis {
            stream: ResourceReference::Arn(arn.to_owned()),
            consumer: Some(consumer.clone()),
            mapping: StreamMapping { start, ..StreamMapping::default() },
        }
    };
    let two = |consumer: &Consumer| {
        let of = |name| triggered(name, vec![read(consumer).into()]);
        app(vec![of("f"), of("g")], Vec::new())
    };
    assert_problem(
        &two(&consumer),
        1,
        &PlaceInItem::trigger_key(0, "consumer"),
        "function `f` at f.rs:7 reads through the same consumer, and Kinesis sends each shard to only one of the two",
        "write `consumer` alone for one of the function's own",
    );
    assert_eq!(found(&two(&Consumer::Own)), []);
}

#[test]
fn a_function_does_not_write_keys_that_its_own_trigger_matches() {
    let prefix = KeyFilter::parse(KeyEnd::Prefix, "in/").ok();
    let suffix = KeyFilter::parse(KeyEnd::Suffix, ".jpg").ok();
    let filtered = |event| S3 { prefix: prefix.clone(), suffix: suffix.clone(), ..uploads(event) };
    let guarded = |trigger: S3, access| {
        let function =
            function("f", Some(trigger.into()), &[(Access::Send, "Jobs"), (access, "Uploads")]);
        let app = of(vec![function]);
        app.guarded_keys(&app.functions[0])
    };
    let keys = |put, upload| crate::app::GuardedKeys {
        parameter: 2,
        prefix: "in/".to_owned(),
        suffix: ".jpg".to_owned(),
        put,
        upload,
    };
    assert_eq!(guarded(filtered("ObjectCreated:*"), Access::Write), [keys(true, true)]);
    assert_eq!(guarded(filtered("ObjectCreated:Put"), Access::ReadWrite), [keys(true, false)]);
    let completed = filtered("ObjectCreated:CompleteMultipartUpload");
    assert_eq!(guarded(completed, Access::Write), [keys(false, true)]);
    assert_eq!(guarded(filtered("ObjectCreated:*"), Access::Read), []);
    assert_eq!(guarded(filtered("ObjectRemoved:*"), Access::Write), []);
    let meant =
        function("f", Some(filtered("ObjectCreated:*").into()), &[(Access::Write, "Uploads")]);
    let app = of(vec![allowed(meant)]);
    assert_eq!(app.guarded_keys(&app.functions[0]), []);
}
