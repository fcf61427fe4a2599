//! Tests of what `App::new` adds to an application, and of how its items are found.

use super::{app, capability, existing, function, overlay, parameter, resource, triggered};
use crate::access::Access;
use crate::aws::name::EnvKey;
use crate::aws::value::{CfnValue, ResourceReference};
use crate::idempotency::{Idempotency, IdempotencyTtl};
use crate::location::TriggerIndex;
use crate::resource::queue::{MaxReceiveCount, Queue};
use crate::resource::topic::Topic;
use crate::resource::{Existing, ResourceSettings};
use crate::resume::{self, Hops, Resume};
use crate::source::Trigger;
use crate::source::s3::{S3, S3Channel, S3EventType};
use crate::{App, AppParts, Function, FunctionSettings, TemplateParameter};

fn s3() -> Trigger {
    let events = vec![S3EventType::CREATED];
    Trigger::S3(S3 {
        bucket: ResourceReference::Own,
        events,
        prefix: None,
        suffix: None,
        through: S3Channel::Default,
    })
}

fn sqs(queue: &str) -> Trigger {
    resume::queue_trigger(queue.to_owned()).into()
}

fn own_queue() -> Trigger {
    let Trigger::Sqs(sqs) = sqs("") else { panic!("resumed work comes by a queue") };
    Trigger::Sqs(crate::source::sqs::Sqs { queue: ResourceReference::Own, ..sqs })
}

#[test]
fn triggers_without_a_resource_add_one_of_each_kind_to_a_function() {
    let app = app(
        vec![triggered("first", vec![s3(), own_queue(), s3()]), triggered("second", vec![s3()])],
        Vec::new(),
    );
    let brought: Vec<(&str, &str, &str, Option<usize>)> = app
        .resources
        .iter()
        .map(|it| (it.ident.as_str(), it.id.as_str(), it.kind().as_str(), it.owner))
        .collect();
    assert_eq!(
        brought,
        [
            ("FirstBucket()", "FirstBucket", "bucket", Some(0)),
            ("FirstQueue()", "FirstQueue", "queue", Some(0)),
            ("SecondBucket()", "SecondBucket", "bucket", Some(1)),
        ]
    );
    let used: Vec<&str> =
        app.triggers().filter_map(|(_, trigger)| Some(trigger.resource()?.ident)).collect();
    assert_eq!(used, ["FirstBucket()", "FirstQueue()", "FirstBucket()", "SecondBucket()"]);
    let places: Vec<TriggerIndex> = app.triggers().map(|(place, _)| place).collect();
    let place = |function, trigger| TriggerIndex { function, trigger };
    assert_eq!(places, [place(0, 0), place(0, 1), place(0, 2), place(1, 0)]);
    assert_eq!(app.resources[0].origin, super::origin("first"));
}

#[test]
fn an_idempotent_function_without_a_store_gets_a_table_that_is_deleted_with_the_stack() {
    let idempotent = |store: Option<&str>| {
        let store = store.map(str::to_owned);
        let key = vec!["$.id".parse().unwrap()];
        let idempotent =
            Idempotency { key, check: Vec::new(), store, ttl: IdempotencyTtl::DEFAULT };
        Function { idempotent: Some(idempotent), ..function("pay") }
    };
    let own = app(vec![idempotent(None)], Vec::new());
    let table = own.resource("PayIdempotency()").unwrap();
    assert_eq!(table.settings, ResourceSettings::Table(Idempotency::own_table()));
    assert!(!table.is_retained());
    assert_eq!(
        own.functions[0].idempotent.as_ref().unwrap().store.as_deref(),
        Some("PayIdempotency()")
    );
    let named = app(vec![idempotent(Some("Done"))], Vec::new());
    assert_eq!(named.resources, []);
}

#[test]
fn a_function_that_resumes_gets_its_own_fifo_queue() {
    let resume =
        Resume { hops: Hops::DEFAULT, max_receives: MaxReceiveCount::try_from(3).unwrap() };
    let functions =
        vec![Function { resume: Some(resume), ..function("import") }, function("other")];
    let app = app(functions, Vec::new());
    let queue = app.resume_queue(&app.functions[0]).unwrap();
    assert_eq!(queue.id.as_str(), "ImportResume");
    let ResourceSettings::Queue(settings) = &queue.settings else { panic!("{queue:?}") };
    assert!(settings.fifo && settings.high_throughput);
    assert_eq!(settings.max_receives.get(), 3);
    assert_eq!(app.resume_queue(&app.functions[1]), None);
}

#[test]
fn items_are_found_by_their_identifiers_and_the_first_of_two_is_returned() {
    let queue = || ResourceSettings::Queue(Queue::default());
    let twin = ResourceSettings::Topic(Topic { name: None, fifo: false, tls_only: true });
    let mut nested = function("resize");
    nested.handler = "images::resize".to_owned();
    let app = app(
        vec![nested, function("list")],
        vec![resource("Jobs", queue()), resource("Jobs", twin)],
    );
    assert_eq!(app.resource("Jobs").unwrap().settings, queue());
    assert_eq!(app.resource("Other"), None);
    assert_eq!(app.function("resize").unwrap().handler, "images::resize");
    assert_eq!(app.function("images::resize"), None);
}

#[test]
fn a_function_is_invoked_if_another_has_an_invoker_for_it() {
    let caller = Function {
        capabilities: vec![
            capability(Access::Invoke, "called", 1),
            capability(Access::Send, "idle", 2),
        ],
        ..function("caller")
    };
    let app = app(vec![caller, function("called"), function("idle")], Vec::new());
    let invoked: Vec<bool> = app.functions.iter().map(|it| app.is_invoked(it)).collect();
    assert_eq!(invoked, [false, true, false]);
    assert!(app.has_invoker_of("called") && !app.has_invoker_of("caller"));
}

#[test]
fn triggers_are_grouped_by_their_resource() {
    let functions =
        vec![triggered("a", vec![sqs("Jobs"), s3()]), triggered("b", vec![sqs("Jobs")])];
    let app = app(functions, vec![resource("Jobs", ResourceSettings::Queue(Queue::default()))]);
    let by = app.triggers_by_resource();
    let of = |ident: &str| -> Vec<&str> {
        by[ident].iter().map(|(function, _)| function.handler.as_str()).collect()
    };
    assert_eq!((of("Jobs"), of("ABucket()")), (vec!["a", "b"], vec!["a"]));
    assert_eq!(by.len(), 2);
}

#[test]
fn used_parameters_are_declared_once_with_a_description() {
    let declared = TemplateParameter {
        name: parameter("Declared"),
        description: None,
        default: Some("x".to_owned()),
        allowed: Vec::new(),
        min: None,
        max: None,
        no_echo: true,
        content: None,
    };
    let env =
        |key: &str, name: &str| (EnvKey::try_from(key).unwrap(), CfnValue::Param(parameter(name)));
    let mut function = triggered(
        "f",
        vec![Trigger::S3(S3 {
            bucket: ResourceReference::Param(parameter("Bucket")),
            events: vec![S3EventType::CREATED],
            prefix: None,
            suffix: None,
            through: S3Channel::Default,
        })],
    );
    function.settings.env = vec![env("ONE", "Declared"), env("TWO", "Plain"), env("THREE", "Jobs")];
    let defaults =
        FunctionSettings { env: vec![env("FOUR", "Default")], ..FunctionSettings::default() };
    let queue = ResourceSettings::Queue(Queue::default());
    let resources = vec![
        existing("Jobs", queue.clone(), Existing::Param(parameter("Jobs"))),
        existing("Others", queue, overlay()),
    ];
    let parts = AppParts {
        defaults,
        parameters: vec![declared.clone()],
        functions: vec![function],
        resources,
        ..AppParts::default()
    };
    let app = App::new(parts);
    assert_eq!(app.version, crate::VERSION);
    assert_eq!(app.parameters[0], declared);
    let used: Vec<(&str, Option<&str>)> = app.parameters[1..]
        .iter()
        .map(|it| (it.name.as_str(), it.description.as_deref()))
        .collect();
    assert_eq!(
        used,
        [
            ("Jobs", Some("ARN of an SQS queue")),
            ("Bucket", Some("Name of an S3 bucket that sends its events to EventBridge")),
            ("Plain", None),
            ("Default", None),
        ]
    );
    assert!(app.parameters[1..].iter().all(|it| !it.no_echo && it.default.is_none()));
}
