//! Tests of references to resources and functions.

use super::sqs::sqs;
use super::{app, assert_problem, capability, found, function, resource, table, triggered};
use crate::access::Access;
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::name::EnvKey;
use crate::aws::value::{ArnReference, CfnValue, ResourceReference};
use crate::check::check;
use crate::location::PlaceInItem;
use crate::resource::bucket::Bucket;
use crate::resource::queue::Queue;
use crate::resource::{Existing, Resource, ResourceSettings};
use crate::route::{Method, Route, RoutePath};
use crate::source::dynamodb::DynamoDb;
use crate::source::http::Http;
use crate::source::sqs::Sqs;
use crate::{App, Function};

fn with(access: Access, ident: &str) -> Function {
    Function { capabilities: vec![capability(access, ident, 1)], ..function("f") }
}

fn queue(ident: &str) -> Resource {
    resource(ident, ResourceSettings::Queue(Queue::default()))
}

fn bucket(ident: &str) -> Resource {
    resource(ident, ResourceSettings::Bucket(Bucket::default()))
}

fn dynamodb(table: &str, on_failure: Option<&str>) -> Function {
    let named = |ident: &str| ArnReference::Declared(ident.to_owned());
    let mapping = StreamMapping { on_failure: on_failure.map(named), ..StreamMapping::default() };
    triggered("f", vec![DynamoDb { table: named(table), mapping }.into()])
}

fn env(ident: &str) -> Function {
    let mut function = function("f");
    let key = EnvKey::try_from("KEY").unwrap();
    function.settings.env = vec![(key, CfnValue::Resource(ident.to_owned()))];
    function
}

#[test]
fn an_undeclared_resource_is_reported_with_its_declaration() {
    let at_env = PlaceInItem::Env("KEY".to_owned());
    for (app, at, help) in [
        (app(vec![env("Jobs")], vec![]), at_env, "declare it: `#[resource(…)] pub struct Jobs;`"),
        (
            app(vec![with(Access::Send, "Jobs")], vec![]),
            PlaceInItem::Param(1),
            "declare it: `#[resource(queue)] pub struct Jobs;`; a handler takes only Skylift's `Sender`",
        ),
        (
            app(vec![with(Access::Read, "Jobs")], vec![]),
            PlaceInItem::Param(1),
            "declare it: `#[resource(…)] pub struct Jobs;`; a handler takes only Skylift's `Reader`",
        ),
        (
            app(vec![dynamodb("Jobs", None)], vec![]),
            PlaceInItem::trigger_key(0, "table"),
            "declare it: `#[resource(table(key = \"…\"))] pub struct Jobs;`",
        ),
        (
            app(vec![with(Access::Send, "Jobs")], vec![queue("Work")]),
            PlaceInItem::Param(1),
            "declare it: `#[resource(queue)] pub struct Jobs;`, or use `Work`",
        ),
        (
            app(vec![with(Access::Send, "Jobs")], vec![queue("Work"), queue("More"), bucket("B")]),
            PlaceInItem::Param(1),
            "declare it: `#[resource(queue)] pub struct Jobs;`, or use one of `Work` and `More`",
        ),
        (
            app(vec![with(Access::Send, "Jobs")], vec![queue("Job")]),
            PlaceInItem::Param(1),
            "did you mean `Job`?",
        ),
    ] {
        assert_problem(&app, 0, &at, "no resource `Jobs` is declared", help);
    }
    for (word, help) in [
        ("info", "for a text write `\"info\"`"),
        (
            "LOG_LEVEL",
            "the attribute is read before the compiler computes constants: write the value itself",
        ),
    ] {
        let at = PlaceInItem::Env("KEY".to_owned());
        let message = format!("no resource `{word}` is declared");
        assert_problem(&app(vec![env(word)], vec![]), 0, &at, &message, help);
    }
    let mut table = table();
    table.stream = Some(crate::resource::table::StreamView::Keys);
    let orders = resource("Orders", ResourceSettings::Table(table));
    assert_problem(
        &app(vec![dynamodb("Orders", Some("Jobs"))], vec![orders]),
        0,
        &PlaceInItem::trigger_key(0, "on_failure"),
        "no resource `Jobs` is declared",
        "declare it: `#[resource(queue)] pub struct Jobs;`",
    );
}

#[test]
fn a_resource_that_skylift_added_is_not_suggested() {
    let owned = Resource { owner: Some(0), ..queue("Work") };
    assert_problem(
        &app(vec![with(Access::Send, "Jobs")], vec![owned]),
        0,
        &PlaceInItem::Param(1),
        "no resource `Jobs` is declared",
        "declare it: `#[resource(queue)] pub struct Jobs;`; a handler takes only Skylift's `Sender`",
    );
}

#[test]
fn a_resource_of_another_kind_is_reported_with_the_fitting_ones() {
    let key = PlaceInItem::trigger_key(0, "table");
    let message = "`Jobs` is a queue, not a table (declared at Jobs.rs:7)";
    let not = |resources: Vec<Resource>| app(vec![dynamodb("Jobs", None)], resources);
    let table = |ident: &str| resource(ident, ResourceSettings::Table(table()));
    assert_problem(&not(vec![queue("Jobs")]), 0, &key, message, "declare a table, and name that");
    assert_problem(&not(vec![queue("Jobs"), table("A")]), 0, &key, message, "name `A`");
    assert_problem(
        &not(vec![queue("Jobs"), table("A"), table("B")]),
        0,
        &key,
        message,
        "name one of `A` and `B`",
    );
    assert_eq!(found(&app(vec![env("Jobs")], vec![queue("Jobs")])), []);
}

#[test]
fn a_failure_destination_has_to_be_a_queue_a_topic_or_a_bucket() {
    let mut table = table();
    table.stream = Some(crate::resource::table::StreamView::Keys);
    let orders = resource("Orders", ResourceSettings::Table(table));
    assert_problem(
        &app(vec![dynamodb("Orders", Some("Orders"))], vec![orders.clone()]),
        0,
        &PlaceInItem::trigger_key(0, "on_failure"),
        "`Orders` is a table (declared at Orders.rs:7), and Lambda cannot send failed records to one",
        "name a queue, a topic or a bucket",
    );
    let app = app(vec![dynamodb("Orders", Some("Failed"))], vec![orders, bucket("Failed")]);
    assert_eq!(found(&app), []);
}

#[test]
fn a_capability_that_a_kind_does_not_have_is_reported_with_those_that_it_has() {
    assert_problem(
        &app(vec![with(Access::Read, "Jobs")], vec![queue("Jobs")]),
        0,
        &PlaceInItem::Param(1),
        "`Jobs` is a queue (declared at Jobs.rs:7), which has no `Reader`",
        "write `Sender<Jobs>`",
    );
    assert_problem(
        &app(vec![with(Access::Put, "Files")], vec![bucket("Files")]),
        0,
        &PlaceInItem::Param(1),
        "`Files` is a bucket (declared at Files.rs:7), which has no `Putter`",
        "a bucket has `Reader`, `Writer`, `ReadWriter`, `DownloadSigner` and `UploadSigner`",
    );
}

#[test]
fn a_declared_resource_is_named_without_quotes() {
    let by_name = |name: &str| {
        let queue = ResourceReference::Named(name.try_into().unwrap());
        triggered("f", vec![Sqs { queue, ..sqs("Jobs") }.into()])
    };
    assert_problem(
        &app(vec![by_name("Jobs")], vec![queue("Jobs")]),
        0,
        &PlaceInItem::Trigger(0),
        "a name in quotes is that of an existing queue, and `Jobs` is declared at Jobs.rs:7",
        "write `Jobs` without quotes",
    );
    assert_eq!(found(&app(vec![by_name("jobs")], vec![queue("Jobs")])), []);
    assert_eq!(found(&app(vec![by_name("Jobs")], vec![bucket("Jobs")])), []);
    let same = Resource { existing: Some(Existing::Name("Jobs".to_owned())), ..queue("Jobs") };
    assert_eq!(found(&app(vec![by_name("Jobs")], vec![same])), []);
}

#[test]
fn references_to_items_with_errors_are_not_reported() {
    let mut f = with(Access::Send, "Jobs");
    f.capabilities.push(capability(Access::Invoke, "other", 2));
    let app = app(vec![f], Vec::new());
    assert_eq!(found(&app).len(), 2);
    assert_eq!(check(&app, &["Jobs".to_owned(), "other".to_owned()], &[]), []);
    assert_eq!(check(&app, &["Jobs".to_owned()], &[]).len(), 1);
}

#[test]
fn an_invoked_function_exists_and_has_no_route() {
    let invokes = |ident: &str, others: Vec<Function>| -> App {
        app([vec![with(Access::Invoke, ident)], others].concat(), Vec::new())
    };
    assert_eq!(found(&invokes("other", vec![function("other")])), []);
    assert_problem(
        &invokes("other", vec![function("unlike")]),
        0,
        &PlaceInItem::Param(1),
        "no function `other` has a `#[function]` on it",
        "put `#[function]` on `other`",
    );
    assert_problem(
        &invokes("othr", vec![function("other")]),
        0,
        &PlaceInItem::Param(1),
        "no function `othr` has a `#[function]` on it",
        "did you mean `other`?",
    );
    let path = RoutePath::try_from("/a").unwrap();
    let route = Route::Path(Method::parse("get").unwrap(), path);
    assert_problem(
        &invokes("page", vec![triggered("page", vec![Http::new(route).into()])]),
        0,
        &PlaceInItem::Param(1),
        "`page` answers HTTP requests, and cannot be invoked with an event",
        "send a request to `GET /a`, or call a function that both share",
    );
}
