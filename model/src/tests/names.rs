//! Tests of unique names, and of `#[init]`s and states.

use super::{app, existing, found, function, overlay, parameter, problem, resource};
use crate::aws::name::{FunctionName, QueueName, TopicName};
use crate::location::{ItemIndex, PlaceInItem};
use crate::resource::queue::Queue;
use crate::resource::topic::Topic;
use crate::resource::{Existing, Resource, ResourceSettings};
use crate::{Function, Init};

fn queue(name: Option<&str>) -> ResourceSettings {
    let name = name.map(|name| QueueName::try_from(name).unwrap());
    ResourceSettings::Queue(Queue { name, ..Queue::default() })
}

fn topic(name: &str) -> ResourceSettings {
    ResourceSettings::Topic(Topic {
        name: TopicName::try_from(name).ok(),
        fifo: false,
        tls_only: true,
    })
}

#[test]
fn two_functions_cannot_have_the_same_name() {
    let named = |ident: &str, name: &str| Function {
        name: Some(FunctionName::try_from(name).unwrap()),
        ..function(ident)
    };
    let apart = app(vec![named("a", "one"), named("b", "two"), function("c")], Vec::new());
    assert_eq!(found(&apart), []);
    let (item, at, message, help) =
        problem(&app(vec![named("a", "one"), named("b", "one")], Vec::new()));
    assert_eq!((item, at), (ItemIndex::Function(1), PlaceInItem::key("name")));
    assert_eq!(message, "function name `one` is taken by `a` at a.rs:7");
    assert_eq!(help, "");
}

#[test]
fn a_handler_has_128_characters_at_the_most() {
    let long = |length: usize| app(vec![function(&"a".repeat(length))], Vec::new());
    assert_eq!(found(&long(128)), []);
    let (_, at, message, help) = problem(&long(129));
    assert_eq!(at, PlaceInItem::Name);
    assert!(message.ends_with("has 129 characters, Lambda takes 128 for a handler"), "{message}");
    assert_eq!(help, "give it a shorter name, or move it up in the modules");
}

#[test]
fn two_functions_of_a_binary_cannot_have_the_same_handler() {
    let of = |binary: Option<&str>| Function { binary: binary.map(str::to_owned), ..function("f") };
    assert_eq!(found(&app(vec![of(Some("one")), of(Some("two"))], Vec::new())), []);
    let (item, at, message, help) =
        problem(&app(vec![of(Some("one")), of(Some("one"))], Vec::new()));
    assert_eq!((item, at), (ItemIndex::Function(1), PlaceInItem::Name));
    assert_eq!(
        message,
        "the library and the binary both have a handler `f`: the other is at f.rs:7"
    );
    assert_eq!(help, "rename one of them");
}

#[test]
fn two_resources_of_a_kind_cannot_have_the_same_name() {
    let twins = |one: Resource, other: Resource| app(Vec::new(), vec![one, other]);
    let named = |ident, name| resource(ident, queue(Some(name)));
    assert_eq!(found(&twins(named("A", "jobs"), named("B", "others"))), []);
    assert_eq!(found(&twins(named("A", "jobs"), resource("B", topic("jobs")))), []);
    assert_eq!(found(&twins(resource("A", queue(None)), resource("B", queue(None)))), []);
    let (item, at, message, _) = problem(&twins(named("A", "jobs"), named("B", "jobs")));
    assert_eq!((item, at), (ItemIndex::Resource(1), PlaceInItem::key("name")));
    assert_eq!(message, "queue name `jobs` is taken by `A` at A.rs:7");
    let there = existing("B", queue(None), Existing::Name("jobs".to_owned()));
    let (_, at, _, _) = problem(&twins(named("A", "jobs"), there));
    assert_eq!(at, PlaceInItem::key("existing"));
}

#[test]
fn resources_in_two_regions_can_have_the_same_name() {
    let placed = |ident: &str, region: &str| {
        let arn = format!("arn:aws:sqs:{region}:123456789012:jobs");
        existing(ident, queue(None), Existing::Arn(arn))
    };
    let twins = |one: &str, other: &str| {
        found(&app(Vec::new(), vec![placed("A", one), placed("B", other)])).len()
    };
    assert_eq!(twins("eu-west-1", "us-east-1"), 0);
    assert_eq!(twins("eu-west-1", "eu-west-1"), 1);
    // The region of a name without an ARN is known only when the stack is deployed.
    let bare = existing("B", queue(None), Existing::Name("jobs".to_owned()));
    assert_eq!(found(&app(Vec::new(), vec![placed("A", "eu-west-1"), bare])).len(), 1);
}

#[test]
fn an_existing_resource_has_its_own_name_in_the_account() {
    let name = |resource: Resource| resource.physical_name().map(str::to_owned);
    let there = |which| existing("A", queue(Some("made")), which);
    let arn = "arn:aws:sqs:eu-west-1:123456789012:jobs".to_owned();
    assert_eq!(name(resource("A", queue(Some("made")))).as_deref(), Some("made"));
    assert_eq!(name(there(Existing::Arn(arn))).as_deref(), Some("jobs"));
    assert_eq!(name(there(Existing::Name("other".to_owned()))).as_deref(), Some("other"));
    assert_eq!(name(there(Existing::Param(parameter("Name")))), None);
    assert_eq!(name(there(overlay())), None);
}

#[test]
fn a_binary_has_at_most_one_init() {
    let init = |path: &str, binary: Option<&str>| Init {
        path: path.to_owned(),
        binary: binary.map(str::to_owned),
        origin: super::origin(path),
    };
    let inits = |inits: Vec<Init>| {
        let parts = crate::AppParts { inits, ..crate::AppParts::default() };
        found(&crate::App::new(parts))
    };
    assert_eq!(inits(vec![init("a", Some("one")), init("b", Some("two"))]), []);
    for (first, second) in
        [(None, None), (None, Some("one")), (Some("one"), None), (Some("one"), Some("one"))]
    {
        let found = inits(vec![init("a", first), init("b", second)]);
        let [(item, at, message, help)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((item, at), (&ItemIndex::Init(1), &PlaceInItem::Name));
        assert_eq!(message, "a second `#[init]`: `a` at a.rs:7 is the first");
        assert!(help.starts_with("state is created once per process"), "{help}");
    }
}

#[test]
fn a_state_needs_an_init_in_the_same_binary() {
    let state = |binary: Option<&str>, init: Option<Option<&str>>| {
        let binary = binary.map(str::to_owned);
        let function = Function { state: Some(1), binary, ..function("f") };
        let init = init.map(|binary| Init {
            path: "start".to_owned(),
            binary: binary.map(str::to_owned),
            origin: super::origin("start"),
        });
        let parts = crate::AppParts {
            functions: vec![function],
            inits: init.into_iter().collect(),
            ..crate::AppParts::default()
        };
        found(&crate::App::new(parts))
    };
    for made in [
        state(Some("one"), Some(None)),
        state(Some("one"), Some(Some("one"))),
        state(None, Some(None)),
    ] {
        assert_eq!(made, []);
    }
    for missing in [state(None, None), state(Some("one"), Some(Some("two")))] {
        let [(item, at, message, help)] = missing.as_slice() else { panic!("{missing:?}") };
        assert_eq!((item, at), (&ItemIndex::Function(0), &PlaceInItem::Param(1)));
        assert_eq!(message, "this package has no `#[init]` that creates the state");
        assert!(help.starts_with("write one: `#[init] async fn start()"), "{help}");
    }
}
