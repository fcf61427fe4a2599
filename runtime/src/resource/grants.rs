//! Grants, both ways: every method of every client is run, and the calls that AWS gets are exactly
//! those for which a template grants: no method lacks a permission, and no permission is there that no
//! method needs.
// Clippy knows `#[test]` functions, and not what they call.
#![allow(clippy::unwrap_used)]

use std::any::TypeId;
use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use skylift_model::access::Access;
use skylift_model::resource::Kind as ModelKind;
use skylift_model::resume::CALL;

use super::access::{Read, ReadWrite, Reads, Write, Writes};
use super::kinds::{Client as _, NotOffered, Resource};
use super::message::{Fifo, Standard, Text, Untyped};
use super::table::{Attribute, Index, KeyType};
use super::{
    BusPublisher, FunctionInvoker, Items, Kind, QueueSender, StreamPutter, TopicPublisher,
    parameter, secret,
};
use crate::aws::service::Named;
use crate::aws::testing::{Answer, Request, Server, client_of, resource};
use crate::reliability::resume;
use crate::reliability::resume::HandsOver;
use crate::resource::Envelope;
use crate::resource::bucket::tests::{s3, store};
use crate::resource::parameter::reader::ParameterReader;
use crate::resource::secret::reader::SecretReader;
use crate::resource::table::key::NoSortKey;
use crate::resource::{Meta, Objects};
use crate::testing::block_on;

resource! {
    Uploads: Bucket {}
    Orders: Table {
        type Item = Value;
        type Holds = Untyped;
        type View = crate::resource::view::NewAndOld;
        type Key<'a> = &'a str;
        type Partition<'a> = &'a str;
        type Sort<'a> = NoSortKey;
        const KEY: Attribute = Attribute { name: "id", kind: KeyType::String };
        const SORT: Option<Attribute> = None;
        const INDEXES: &'static [Index] = &[Index { name: "by_id", key: Self::KEY, sort: None }];
    }
    Jobs: Queue { type Message = Untyped; type Order = Standard; }
    Lines: Queue { type Message = Untyped; type Order = Fifo; }
    News: Topic { type Message = Untyped; type Order = Standard; }
    Poems: Topic { type Message = Untyped; type Order = Fifo; }
    Clicks: Stream { type Message = Untyped; }
    Events: Bus { type Message = Untyped; const SOURCE: &'static str = "test"; }
    ApiKey: Secret { type Value = Text; }
    Limit: Parameter {}
    Price: Function { type Event = Value; type Answer = Value; }
}

/// What was run and what AWS was asked.
struct Ran {
    server: Server,
    methods: BTreeSet<&'static str>,
}

impl Ran {
    fn new() -> Self {
        Self { server: Server::start(answer), methods: BTreeSet::new() }
    }

    fn operations(&self) -> BTreeSet<String> {
        self.server.seen().iter().map(Request::operation).collect()
    }

    /// The calls that AWS got are those of the model, and the methods that were run are all there
    /// are in these sources.
    fn check(&self, kind: ModelKind, access: Access, sources: &[&str]) {
        let granted: BTreeSet<_> =
            kind.calls(access).iter().map(|call| call.operation.to_owned()).collect();
        assert_eq!(self.operations(), granted, "{kind:?} {access:?}");
        self.check_methods(sources);
    }

    fn check_methods(&self, sources: &[&str]) {
        let lines = sources.iter().flat_map(|source| source.lines());
        let methods = lines.filter_map(|line| line.trim().strip_prefix("pub async fn "));
        let methods: BTreeSet<_> =
            methods.map(|line| line.split(['(', '<']).next().unwrap()).collect();
        let forgotten: Vec<_> = methods.difference(&self.methods).collect();
        assert!(forgotten.is_empty(), "methods that this test does not run: {forgotten:?}");
    }
}

/// Whatever makes a client go on.
fn answer(request: &Request) -> Answer {
    let answer = match request.operation().as_str() {
        "PutRecord" => json!({ "SequenceNumber": "1", "ShardId": "s" }),
        "PutRecords" => json!({ "Records": [{ "SequenceNumber": "1", "ShardId": "s" }] }),
        "PutEvents" => json!({ "Entries": [{ "EventId": "1" }] }),
        "SendMessageBatch" => json!({ "Successful": [], "Failed": [] }),
        "GetSecretValue" => json!({ "SecretString": "x" }),
        "GetParameter" => json!({ "Parameter": { "Value": "x" } }),
        "Publish" | "PublishBatch" => {
            return Answer::ok("<a><PublishResult/><PublishBatchResult/></a>");
        }
        "Invoke" | "GetItem" | "BatchGetItem" | "Query" | "Scan" | "PutItem" | "UpdateItem"
        | "DeleteItem" | "BatchWriteItem" | "SendMessage" => json!({}),
        _ => return s3(request),
    };
    Answer::ok(answer.to_string())
}

/// Runs a method, whatever comes of it, and notes its name.
macro_rules! run {
    ($ran:ident, $on:expr, $method:ident($($argument:expr),*)) => {{
        let _ = $on.$method($($argument),*).await;
        $ran.methods.insert(stringify!($method));
    }};
}

async fn read_bucket<A: Reads>(ran: &mut Ran) {
    let bucket: Objects<Uploads, A> = Objects::over(store(&ran.server));
    run!(ran, bucket, get("a"));
    run!(ran, bucket, get_range("a", 0..1));
    run!(ran, bucket, get_range_if("a", 0..1, "e"));
    run!(ran, bucket, head("a"));
    run!(ran, bucket.list(""), all());
    run!(ran, bucket.list(""), next());
}

async fn write_bucket<A: Writes>(ran: &mut Ran) {
    let bucket: Objects<Uploads, A> = Objects::over(store(&ran.server));
    run!(ran, bucket, put("a", "x"));
    run!(ran, bucket, put_with("a", "x", Meta::new()));
    run!(ran, bucket, upload("a"));
    run!(ran, bucket, upload_with("a", Meta::new()));
    run!(ran, bucket, delete("a"));
    let mut upload = bucket.upload("a").await.unwrap();
    run!(ran, upload, write(vec![0; 9 << 20]));
    run!(ran, upload, finish());
    run!(ran, bucket.upload("a").await.unwrap(), abort());
}

const BUCKET: [&str; 2] = [include_str!("bucket/list.rs"), include_str!("bucket/upload.rs")];

#[test]
fn a_bucket_is_asked_for_what_is_granted() {
    let objects = include_str!("bucket/objects.rs");
    let (reads, writes) = objects.split_once("A: Writes> Objects<R, A> {").unwrap();
    let mut ran = Ran::new();
    block_on(read_bucket::<Read>(&mut ran));
    ran.check(ModelKind::Bucket, Access::Read, &[reads, BUCKET[0]]);
    let mut ran = Ran::new();
    block_on(write_bucket::<Write>(&mut ran));
    ran.check(ModelKind::Bucket, Access::Write, &[writes, BUCKET[1]]);
    let mut ran = Ran::new();
    block_on(read_bucket::<ReadWrite>(&mut ran));
    block_on(write_bucket::<ReadWrite>(&mut ran));
    ran.check(ModelKind::Bucket, Access::ReadWrite, &[objects, BUCKET[0], BUCKET[1]]);
}

async fn read_table<A: Reads>(ran: &mut Ran) {
    let table = client_of!(Items<Orders, A>, aws_sdk_dynamodb, ran.server);
    run!(ran, table, get("a"));
    run!(ran, table, get_consistent("a"));
    run!(ran, table, get_all(["a"]));
    run!(ran, table.query("a"), page());
    run!(ran, table.on("by_id").query("a"), all());
    run!(ran, table.scan(), all());
    run!(ran, table.on("by_id").scan().pages(), next());
}

async fn write_table<A: Writes>(ran: &mut Ran) {
    let table = client_of!(Items<Orders, A>, aws_sdk_dynamodb, ran.server);
    let item = json!({ "id": "a" });
    run!(ran, table, put(&item));
    run!(ran, table, create(&item));
    run!(ran, table.update("a").set("b", 1), apply());
    run!(ran, table, delete("a"));
    run!(ran, table, put_all([&item]));
    run!(ran, table, delete_all(["a"]));
}

#[test]
fn a_table_is_asked_for_what_is_granted() {
    let (items, batch) = (include_str!("table/items.rs"), include_str!("table/batch.rs"));
    let split = |source: &'static str| source.split_once("A: Writes> Items<R, A> {").unwrap();
    let ((reads, writes), (batch_reads, batch_writes)) = (split(items), split(batch));
    let (query, page) = (include_str!("table/query.rs"), include_str!("table/pages.rs"));
    let update = include_str!("table/update.rs");
    let mut ran = Ran::new();
    block_on(read_table::<Read>(&mut ran));
    ran.check(ModelKind::Table, Access::Read, &[reads, batch_reads, query, page]);
    let mut ran = Ran::new();
    block_on(write_table::<Write>(&mut ran));
    ran.check(ModelKind::Table, Access::Write, &[writes, batch_writes, update]);
    let mut ran = Ran::new();
    block_on(read_table::<ReadWrite>(&mut ran));
    block_on(write_table::<ReadWrite>(&mut ran));
    ran.check(ModelKind::Table, Access::ReadWrite, &[items, batch, query, page, update]);
}

#[test]
fn a_queue_is_asked_for_what_is_granted() {
    let mut ran = Ran::new();
    let jobs = client_of!(QueueSender<Jobs>, aws_sdk_sqs, ran.server);
    let lines = client_of!(QueueSender<Lines>, aws_sdk_sqs, ran.server);
    let message = json!(1);
    block_on(async {
        run!(ran, jobs, send(&message));
        run!(ran, jobs, send_later(&message, Duration::ZERO));
        run!(ran, jobs, send_all([&message]));
        run!(ran, lines, send_in("g", "1", &message));
        run!(ran, lines, send_all_in("g", [("1", &message)]));
    });
    ran.check(ModelKind::Queue, Access::Send, &[include_str!("queue/sender.rs")]);
}

#[test]
fn a_topic_is_asked_for_what_is_granted() {
    let mut ran = Ran::new();
    let news = client_of!(TopicPublisher<News>, aws_sdk_sns, ran.server);
    let poems = client_of!(TopicPublisher<Poems>, aws_sdk_sns, ran.server);
    let message = json!(1);
    block_on(async {
        run!(ran, news, publish(&message));
        run!(ran, news, publish_with(&message, Envelope::new()));
        run!(ran, news, publish_all([&message]));
        run!(ran, poems, publish_in("g", "1", &message));
        run!(ran, poems, publish_all_in("g", [("1", &message)]));
    });
    ran.check(ModelKind::Topic, Access::Publish, &[include_str!("topic/publisher.rs")]);
}

#[test]
fn a_stream_is_asked_for_what_is_granted() {
    let mut ran = Ran::new();
    let clicks = client_of!(StreamPutter<Clicks>, aws_sdk_kinesis, ran.server);
    block_on(async {
        run!(ran, clicks, put("k", &json!(1)));
        run!(ran, clicks, put_all([("k", &json!(1))]));
    });
    ran.check(ModelKind::Stream, Access::Put, &[include_str!("stream/putter.rs")]);
}

#[test]
fn a_bus_is_asked_for_what_is_granted() {
    let mut ran = Ran::new();
    let events = client_of!(BusPublisher<Events>, aws_sdk_eventbridge, ran.server);
    block_on(async {
        run!(ran, events, publish("T", &json!(1)));
        run!(ran, events, publish_all([("T", &json!(1))]));
    });
    ran.check(ModelKind::Bus, Access::Publish, &[include_str!("bus/publisher.rs")]);
}

#[test]
fn a_secret_and_a_parameter_are_asked_for_what_is_granted() {
    let fetched = include_str!("fetched.rs").replace("pub async fn fetch(", "");
    let mut ran = Ran::new();
    block_on(async {
        let client = aws_sdk_secretsmanager::Client::new(&ran.server.config());
        let value = secret::reader::open::<ApiKey>(client, "a".into()).await.unwrap();
        let key = SecretReader::<ApiKey>::over(value);
        run!(ran, key, get());
        run!(ran, key, get_within(Duration::ZERO));
        run!(ran, key, refresh());
    });
    ran.check(ModelKind::Secret, Access::Read, &[&fetched]);
    let mut ran = Ran::new();
    block_on(async {
        let client = aws_sdk_ssm::Client::new(&ran.server.config());
        let value = parameter::reader::open::<Limit>(client, "a".into()).await.unwrap();
        let limit = ParameterReader::<Limit>::over(value);
        run!(ran, limit, get());
        run!(ran, limit, get_within(Duration::ZERO));
        run!(ran, limit, refresh());
    });
    ran.check(ModelKind::Parameter, Access::Read, &[&fetched]);
}

#[test]
fn a_function_is_only_invoked() {
    let mut ran = Ran::new();
    let price = client_of!(FunctionInvoker<Price>, aws_sdk_lambda, ran.server);
    block_on(async {
        run!(ran, price, call(&json!(1)));
        run!(ran, price, send(&json!(1)));
    });
    assert_eq!(ran.operations(), BTreeSet::from(["Invoke".to_owned()]));
    ran.check_methods(&[include_str!("function/invoker.rs")]);
}

#[test]
fn the_queue_of_work_that_goes_on_later_is_only_sent_to() {
    enum Import {}

    impl HandsOver for Import {
        const FUNCTION: &'static str = "Import";
        const QUEUE: &'static str = "ImportResume";
        const VARIABLE: &'static str = "IMPORT_RESUME_QUEUE_URL";
        const HOPS: u32 = 1;
        const UNATTENDED: bool = false;
    }

    let mut ran = Ran::new();
    let client = aws_sdk_sqs::Client::new(&ran.server.config());
    let queue = resume::queue::Queue::<Import>::new(Named { client, name: "the-name".into() });
    block_on(async { run!(ran, queue, send("{}".to_owned(), ("r", 1), Duration::from_secs(10))) });
    assert_eq!(ran.operations(), BTreeSet::from([CALL.operation.to_owned()]));
    ran.check_methods(&[
        &include_str!("../reliability/resume/queue.rs").replace("pub(crate) ", "pub ")
    ]);
}

/// The accesses for which a kind has a client.
fn offered<R: Resource>() -> Vec<Access> {
    let is = |id: TypeId| id != TypeId::of::<NotOffered>();
    let clients = [
        (Access::Read, TypeId::of::<<R::Kind as Kind<R>>::Reader>()),
        (Access::Write, TypeId::of::<<R::Kind as Kind<R>>::Writer>()),
        (Access::ReadWrite, TypeId::of::<<R::Kind as Kind<R>>::ReadWriter>()),
        (Access::Send, TypeId::of::<<R::Kind as Kind<R>>::Sender>()),
        (Access::Publish, TypeId::of::<<R::Kind as Kind<R>>::Publisher>()),
        (Access::Put, TypeId::of::<<R::Kind as Kind<R>>::Putter>()),
        (Access::Invoke, TypeId::of::<<R::Kind as Kind<R>>::Invoker>()),
    ];
    clients.into_iter().filter(|(_, id)| is(*id)).map(|(access, _)| access).collect()
}

#[test]
fn a_kind_has_clients_for_what_can_be_granted_and_for_nothing_else() {
    for kind in ModelKind::ALL {
        let offered = match kind {
            ModelKind::Bucket => offered::<Uploads>(),
            ModelKind::Table => offered::<Orders>(),
            ModelKind::Queue => offered::<Jobs>(),
            ModelKind::Topic => offered::<News>(),
            ModelKind::Stream => offered::<Clicks>(),
            ModelKind::Bus => offered::<Events>(),
            ModelKind::Secret => offered::<ApiKey>(),
            ModelKind::Parameter => offered::<Limit>(),
        };
        let granted = Access::ALL.into_iter().filter(|access| !kind.calls(*access).is_empty());
        assert_eq!(offered, granted.collect::<Vec<_>>(), "{kind:?}");
    }
    assert_eq!(offered::<Price>(), [Access::Invoke]);
}
