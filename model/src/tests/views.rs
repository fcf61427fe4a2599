//! Tests of views: the resource that they are a part of, the places that name them, and the loops through them.

use super::loops::{function, uploads};
use super::{app, assert_problem, attribute, existing, found, resource, table, triggered};
use crate::access::Access;
use crate::app::GuardedKeys;
use crate::aws::iam::CallGroup;
use crate::aws::key_filter::{KeyEnd, KeyFilter};
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::name::EnvKey;
use crate::aws::value::{ArnReference, CfnValue, ResourceReference};
use crate::location::{ItemIndex, PlaceInItem};
use crate::resource::bucket::Bucket;
use crate::resource::queue::Queue;
use crate::resource::table::{KeyType, Table};
use crate::resource::view::{View, ViewKey, ViewPart, ViewPrefix};
use crate::resource::{Existing, Resource, ResourceSettings};
use crate::source::dynamodb::DynamoDb;
use crate::source::s3::S3;
use crate::{App, Function};

fn orders() -> Table {
    Table { sort: Some(attribute("at", KeyType::Number)), ..table() }
}

fn bucket(ident: &str) -> Resource {
    resource(ident, ResourceSettings::Bucket(Bucket::default()))
}

fn bucket_view(ident: &str, of: &str, prefix: &str) -> Resource {
    let part = ViewPart::Prefix(ViewPrefix::parse(prefix).unwrap());
    Resource { view: Some(View { of: of.to_owned(), part }), ..bucket(ident) }
}

fn table_view(ident: &str, of: &str) -> Resource {
    let part = ViewPart::Key(ViewKey::parse("tenant#1").unwrap());
    let settings = ResourceSettings::Table(table());
    Resource { view: Some(View { of: of.to_owned(), part }), ..resource(ident, settings) }
}

/// Returns resources with a view of each kind.
fn resources() -> Vec<Resource> {
    vec![
        bucket("Uploads"),
        bucket_view("Inbox", "Uploads", "in/"),
        resource("Orders", ResourceSettings::Table(orders())),
        table_view("Tenant", "Orders"),
    ]
}

fn of(functions: Vec<Function>) -> App {
    app(functions, resources())
}

/// Returns the one problem of an application with these resources.
fn problem_of(resources: Vec<Resource>) -> (ItemIndex, PlaceInItem, String, String) {
    super::problem(&app(vec![function("f", None, &[])], resources))
}

#[test]
fn a_view_has_the_settings_and_the_variable_of_its_resource() {
    let uses = [(Access::Read, "Inbox"), (Access::Write, "Uploads"), (Access::Read, "Tenant")];
    let app = of(vec![function("f", None, &uses)]);
    assert_eq!(found(&app), []);
    assert_eq!(app.resources[3].settings, ResourceSettings::Table(orders()));
    let variables = app.injected_variables(&app.functions[0]);
    let names: Vec<_> = variables.iter().map(|it| (it.name.as_str(), it.target)).collect();
    assert_eq!(
        names,
        [
            ("UPLOADS_BUCKET_NAME", "Uploads"),
            ("UPLOADS_BUCKET_NAME", "Uploads"),
            ("ORDERS_TABLE_NAME", "Orders")
        ]
    );
    let whole = |index: usize| app.whole(&app.resources[index]).ident.as_str();
    assert_eq!([0, 1, 2, 3].map(whole), ["Uploads", "Uploads", "Orders", "Orders"]);
    let created: Vec<bool> = app.resources.iter().map(Resource::is_created).collect();
    assert_eq!(created, [true, false, true, false]);
}

#[test]
fn a_view_is_of_a_resource_of_its_kind_that_is_no_view() {
    let at_of = PlaceInItem::key("of");
    let (item, at, message, help) = problem_of(vec![bucket_view("Inbox", "Uploads", "in/")]);
    assert_eq!((item, &at), (ItemIndex::Resource(0), &at_of));
    assert_eq!(message, "no resource `Uploads` is declared");
    assert!(help.starts_with("declare it: `#[resource(bucket)]"));
    let queue = resource("Jobs", ResourceSettings::Queue(Queue::default()));
    let (_, at, message, _) = problem_of(vec![queue, bucket_view("Inbox", "Jobs", "in/")]);
    assert_eq!(at, at_of);
    assert_eq!(message, "`Jobs` is a queue, not a bucket (declared at Jobs.rs:7)");
    let mut nested = resources();
    nested.push(bucket_view("Deep", "Inbox", "in/deep/"));
    let (item, at, message, help) = problem_of(nested);
    assert_eq!((item, at), (ItemIndex::Resource(4), at_of));
    assert_eq!(message, "`Inbox` is a view itself (declared at Inbox.rs:7)");
    assert_eq!(help, "name the resource that it is a view of: `of = Uploads`");
    let there = Existing::Name("acme".to_owned());
    let acme = existing("Acme", ResourceSettings::Bucket(Bucket::default()), there);
    let with_existing = app(
        vec![function("f", None, &[(Access::Read, "Part")])],
        vec![acme, bucket_view("Part", "Acme", "a/")],
    );
    assert_eq!(found(&with_existing), []);
}

#[test]
fn a_view_of_a_table_needs_a_text_and_a_sort_key() {
    let view_of = |table: Table| {
        let whole = resource("Orders", ResourceSettings::Table(table));
        problem_of(vec![whole, table_view("Tenant", "Orders")])
    };
    for (kind, noun) in [(KeyType::Number, "a number"), (KeyType::Binary, "bytes")] {
        let (item, at, message, _) = view_of(Table { key: attribute("id", kind), ..orders() });
        assert_eq!((item, at), (ItemIndex::Resource(1), PlaceInItem::key("of")));
        let begin = format!("the partition key of `Orders` is {noun}, and IAM");
        assert!(message.starts_with(&begin), "{message}");
    }
    let (.., message, _) = view_of(table());
    assert!(message.starts_with("`Orders` has no sort key"), "{message}");
}

#[test]
fn no_other_resource_has_the_name_of_a_view() {
    for twice in [bucket_view("Inbox", "Uploads", "b/"), bucket("Inbox")] {
        let mut all = resources();
        all.push(twice);
        let (item, at, message, _) = problem_of(all);
        assert_eq!((item, at), (ItemIndex::Resource(4), PlaceInItem::Name));
        assert_eq!(message, "another resource has the name or the id of `Inbox` (at Inbox.rs:7)");
    }
    let mut all = resources();
    all.push(Resource { id: all[1].id.clone(), ..bucket("Other") });
    assert_eq!(problem_of(all).0, ItemIndex::Resource(4));
}

#[test]
fn only_capabilities_name_views() {
    let declared = || ResourceReference::Declared("Inbox".to_owned());
    let s3 = S3 { bucket: declared(), ..uploads("ObjectCreated:*") };
    assert_problem(
        &of(vec![triggered("f", vec![s3.into()])]),
        0,
        &PlaceInItem::trigger_key(0, "bucket"),
        "`Inbox` is a view of the bucket `Uploads`, and has no events of its own (declared at Inbox.rs:7)",
        "name `Uploads`, and write `prefix = \"in/\"`",
    );
    let named = |ident: &str| ArnReference::Declared(ident.to_owned());
    let dynamodb = DynamoDb { table: named("Tenant"), mapping: StreamMapping::default() };
    assert_problem(
        &of(vec![triggered("f", vec![dynamodb.into()])]),
        0,
        &PlaceInItem::trigger_key(0, "table"),
        "`Tenant` is a view of the table `Orders`, and has no events of its own (declared at Tenant.rs:7)",
        "name `Orders`, and give the trigger `filters` on the key",
    );
    let mut with_env = function("f", None, &[]);
    let key = EnvKey::try_from("KEY").unwrap();
    with_env.settings.env = vec![(key, CfnValue::Resource("Inbox".to_owned()))];
    assert_problem(
        &of(vec![with_env]),
        0,
        &PlaceInItem::Env("KEY".to_owned()),
        "`Inbox` is a view of the bucket `Uploads`, which only capabilities can name (declared at Inbox.rs:7)",
        "name `Uploads` here",
    );
}

#[test]
fn a_view_of_a_table_is_not_narrowed_to_scans() {
    let narrowed = |access, target, calls: &[CallGroup]| {
        let mut function = function("f", None, &[(access, target)]);
        function.capabilities[0].calls = calls.to_vec();
        of(vec![function])
    };
    assert_problem(
        &narrowed(Access::Read, "Tenant", &[CallGroup::Get, CallGroup::Scan]),
        0,
        &PlaceInItem::ParamCall(1, 1),
        "`Tenant` is a view by key, and has no `Scan`: IAM cannot limit a scan to a partition key",
        "take `Query`, with `items()` of the client",
    );
    assert_eq!(found(&narrowed(Access::Read, "Tenant", &[CallGroup::Query])), []);
    assert_eq!(found(&narrowed(Access::Read, "Inbox", &[CallGroup::List])), []);
}

/// Returns an application with a function that a prefix and a suffix of `Uploads` trigger, and that writes to a view of
/// the keys with the prefix `in/a`.
fn writer(prefix: &str, suffix: &str) -> App {
    let trigger = S3 {
        prefix: KeyFilter::parse(KeyEnd::Prefix, prefix).ok(),
        suffix: KeyFilter::parse(KeyEnd::Suffix, suffix).ok(),
        ..uploads("ObjectCreated:*")
    };
    let function = function("f", Some(trigger.into()), &[(Access::Write, "Part")]);
    app(vec![function], vec![bucket("Uploads"), bucket_view("Part", "Uploads", "in/a")])
}

#[test]
fn a_writer_of_a_view_is_a_loop_only_within_the_prefix_of_the_trigger() {
    for prefix in ["", "in/", "in/a"] {
        let problems = found(&writer(prefix, ""));
        assert_eq!(problems.len(), 1, "{prefix}");
        let message = &problems[0].2;
        assert_eq!(message, "a loop: `f` writes to bucket `Part`, which triggers `f`");
    }
    for (prefix, suffix) in [("out/", ""), ("in/ab", ""), ("in/", ".jpg")] {
        assert_eq!(found(&writer(prefix, suffix)), [], "{prefix} {suffix}");
    }
}

#[test]
fn a_writer_of_a_view_is_guarded_if_the_trigger_can_match_its_keys() {
    let guarded = |prefix: &str, suffix: &str| {
        let app = writer(prefix, suffix);
        app.guarded_keys(&app.functions[0])
    };
    let keys = |prefix: &str, suffix: &str| GuardedKeys {
        parameter: 1,
        prefix: prefix.to_owned(),
        suffix: suffix.to_owned(),
        put: true,
        upload: true,
    };
    assert_eq!(guarded("in/ab", ""), [keys("in/ab", "")]);
    assert_eq!(guarded("in/", ".jpg"), [keys("in/", ".jpg")]);
    assert_eq!(guarded("", ".jpg"), [keys("", ".jpg")]);
    assert_eq!(guarded("out/", ".jpg"), []);
}

#[test]
fn writes_through_a_view_of_a_table_follow_its_stream() {
    let stream = Some(crate::resource::table::StreamView::NewAndOld);
    let table = Table { stream, ..orders() };
    let named = ArnReference::Declared("Orders".to_owned());
    let trigger = DynamoDb { table: named, mapping: StreamMapping::default() };
    let function = function("f", Some(trigger.into()), &[(Access::Write, "Tenant")]);
    let whole = resource("Orders", ResourceSettings::Table(table));
    let problems = found(&app(vec![function], vec![whole, table_view("Tenant", "Orders")]));
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].2.contains("writes to table `Tenant`, which triggers `f`"));
}
