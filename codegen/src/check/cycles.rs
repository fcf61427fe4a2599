//! Tests that no template has a circular dependency. The test generates many small applications and examines
//! the references between the resources of their stacks.

use std::collections::{HashMap, HashSet};

use proptest::collection::vec;
use proptest::prelude::*;
use skylift_model::access::Access;
use skylift_model::allow_statement::AllowStatement;
use skylift_model::aws::mapping::stream::StreamMapping;
use skylift_model::aws::name::{EnvKey, FunctionName, LogicalId, ParameterName};
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::{ArnReference, CfnValue, ResourceReference};
use skylift_model::resource::queue::MaxReceiveCount;
use skylift_model::resource::{Existing, Resource};
use skylift_model::resume::{Hops, Resume};
use skylift_model::route::{Method, Route, RoutePath};
use skylift_model::source::dynamodb::DynamoDb;
use skylift_model::source::event::EventRule;
use skylift_model::source::http::Http;
use skylift_model::source::kinesis::{Consumer, Kinesis};
use skylift_model::source::logs::Logs;
use skylift_model::source::rule_target::RuleTarget;
use skylift_model::source::s3::{S3, S3Channel, S3EventType};
use skylift_model::source::schedule::{Expression, Schedule};
use skylift_model::source::scheduler::SchedulerSettings;
use skylift_model::source::sns::Sns;
use skylift_model::source::{LogGroup, Trigger};
use skylift_model::subscription::{MessageSource, TopicSubscription};
use skylift_model::{App, AppParts, Function, Subscription};

use crate::fixtures;
use crate::stack::references::add_resource_references;
use crate::stack::{IdOwner, Purpose, Resource as Lowered};

/// The references of each resource of a stack, by logical id.
type Graph = HashMap<String, HashSet<String>>;

fn reference_graph(app: &App) -> Graph {
    let stack = fixtures::app_stack(app);
    let mut graph = Graph::new();
    for resource in stack.all_resources() {
        let seen = graph.insert(resource.id.clone(), resource_references(resource));
        assert!(seen.is_none(), "{} is there twice", resource.id);
    }
    graph
}

/// Returns the logical ids and the names of parameters that a resource refers to.
fn resource_references(resource: &Lowered) -> HashSet<String> {
    let mut to = HashSet::new();
    add_resource_references(resource, &mut to);
    to.into_iter().map(str::to_owned).collect()
}

/// Returns the resources that are part of a cycle or refer to one. Removes resources that refer to no remaining
/// resource, again and again, until every remaining resource refers to another.
fn find_cycle(mut graph: Graph) -> Vec<String> {
    loop {
        let free = |to: &HashSet<String>| to.iter().all(|id| !graph.contains_key(id));
        let done: Vec<String> =
            graph.iter().filter(|(_, to)| free(to)).map(|(id, _)| id.clone()).collect();
        if done.is_empty() {
            let mut left: Vec<String> = graph.into_keys().collect();
            left.sort();
            return left;
        }
        for id in done {
            graph.remove(&id);
        }
    }
}

/// A generated function. The numbers select resources and functions of the application.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is generated on its own")]
struct Plan {
    triggers: Vec<(u8, usize)>,
    capabilities: Vec<(usize, usize)>,
    invokes: Vec<usize>,
    env: Vec<usize>,
    allow: Vec<usize>,
    named: bool,
    provisioned: bool,
    idempotent: Option<bool>,
    warm: bool,
    resumes: bool,
}

fn any_plan() -> impl Strategy<Value = Plan> {
    let indexes = || vec(0..100_usize, 0..3);
    let triggers = vec((0..13_u8, 0..100_usize), 0..4);
    let capabilities = vec((0..100_usize, 0..100_usize), 0..6);
    let flags = any::<(bool, bool, Option<bool>, bool, bool)>();
    (triggers, capabilities, indexes(), indexes(), indexes(), flags).prop_map(
        |(triggers, capabilities, invokes, env, allow, flags)| {
            let (named, provisioned, idempotent, warm, resumes) = flags;
            Plan {
                triggers,
                capabilities,
                invokes,
                env,
                allow,
                named,
                provisioned,
                idempotent,
                warm,
                resumes,
            }
        },
    )
}

/// Returns one resource of each kind, created by the template or existing.
fn planned_resources(existing: &[u8]) -> Vec<Resource> {
    let mut all = fixtures::one_of_each();
    for (resource, existing) in all.iter_mut().zip(existing) {
        // So that no id equals that of a function's own resource, which begins with the function's id.
        resource.id = LogicalId::try_from(format!("Shared{}", resource.ident).as_str()).unwrap();
        let service = resource.kind().arn_service();
        resource.existing = match existing {
            0 => Some(Existing::Name("it".to_owned())),
            1 => Some(Existing::Arn(format!("arn:aws:{service}:eu-west-1:123456789012:it"))),
            2 => Some(Existing::Param(ParameterName::try_from("P").unwrap())),
            3 => Some(Existing::Overlay(LogicalId::try_from("Legacy").unwrap())),
            _ => None,
        };
    }
    all
}

fn function(index: usize, plan: &Plan, resources: &[Resource], functions: usize) -> Function {
    let name = |index: usize| format!("Function{index}");
    let ident = |index: usize| resources[index % resources.len()].ident.clone();
    let mut function = fixtures::function(&name(index));
    function.triggers =
        plan.triggers.iter().map(|(kind, of)| planned_trigger(*kind, *of)).collect();
    for (resource, access) in &plan.capabilities {
        let offered = resources[resource % resources.len()].kind();
        let offered = Access::ALL.into_iter().filter(|access| !offered.calls(*access).is_empty());
        let offered: Vec<Access> = offered.collect();
        let access = offered[access % offered.len()];
        function = fixtures::with_capability(function, access, &ident(*resource));
    }
    for other in &plan.invokes {
        function = fixtures::with_capability(function, Access::Invoke, &name(other % functions));
    }
    for (place, resource) in plan.env.iter().enumerate() {
        let key = EnvKey::try_from(format!("KEY{place}").as_str()).unwrap();
        function.settings.env.push((key, CfnValue::Resource(ident(*resource))));
    }
    let resources = plan.allow.iter().map(|resource| CfnValue::Resource(ident(*resource)));
    function.settings.allow = vec![AllowStatement {
        actions: vec!["a:B".to_owned()],
        resources: resources.collect(),
        ..AllowStatement::default()
    }];
    let fixed = FunctionName::try_from(format!("fixed-{index}").as_str()).unwrap();
    function.name = plan.named.then_some(fixed);
    let store = |declared: bool| fixtures::idempotent(declared.then_some("Table"));
    function.idempotent = plan.idempotent.map(store);
    function.settings.provisioned_concurrency = plan.provisioned.then(fixtures::scaled_concurrency);
    function.keep_warm = plan.warm.then(fixtures::three_pings);
    let resume = Resume { hops: Hops::DEFAULT, max_receives: MaxReceiveCount::DEFAULT };
    function.resume = plan.resumes.then_some(resume);
    function
}

fn planned_trigger(kind: u8, of: usize) -> Trigger {
    let s3 = |bucket| S3 {
        bucket,
        events: vec![S3EventType::CREATED],
        prefix: None,
        suffix: None,
        through: S3Channel::Default,
    };
    match kind {
        0 => s3(ResourceReference::Own).into(),
        1 => s3(ResourceReference::Declared("Bucket".to_owned())).into(),
        2 => fixtures::sqs(ResourceReference::Own).into(),
        3 => fixtures::sqs(ResourceReference::Declared("Queue".to_owned())).into(),
        4 => Kinesis { mapping: planned_stream(of), ..fixtures::kinesis(ResourceReference::Own) }
            .into(),
        5 | 6 => {
            let consumer = (kind == 5).then_some(Consumer::Own);
            let declared = ResourceReference::Declared("Stream".to_owned());
            Kinesis { consumer, mapping: planned_stream(of), ..fixtures::kinesis(declared) }.into()
        }
        7 => {
            let declared = ArnReference::Declared("Table".to_owned());
            DynamoDb { mapping: planned_stream(of), ..fixtures::dynamodb(declared) }.into()
        }
        8 => {
            let path = RoutePath::try_from(format!("/path{of}").as_str()).unwrap();
            Http::new(Route::Path(Method::parse("GET").unwrap(), path)).into()
        }
        9 => Sns {
            topic: ResourceReference::Declared("Topic".to_owned()),
            filter: None,
            filter_scope: None,
            dead_letters: planned_dead_letters(of),
        }
        .into(),
        10 => EventRule {
            bus: Some(ResourceReference::Declared("Bus".to_owned())),
            pattern: None,
            name: None,
            enabled: true,
            enabled_by: None,
            input: None,
            target: planned_target(of),
        }
        .into(),
        11 => {
            Logs { group: LogGroup::Function("Function0".to_owned()), filter: String::new() }.into()
        }
        _ => Schedule {
            expression: Expression::Known("rate(1 day)".parse().unwrap()),
            scheduler: SchedulerSettings::default(),
            name: None,
            description: None,
            enabled: true,
            enabled_by: None,
            input: None,
            target: planned_target(of),
        }
        .into(),
    }
}

/// Returns the queue for what could not be delivered, or nothing.
fn planned_dead_letters(of: usize) -> Option<ArnReference> {
    of.is_multiple_of(2).then(|| ArnReference::Declared("Queue".to_owned()))
}

/// Returns the settings of a rule's target.
fn planned_target(of: usize) -> RuleTarget {
    RuleTarget { dead_letters: planned_dead_letters(of), ..RuleTarget::default() }
}

/// Returns a mapping whose failures go to one of the resources, or nowhere.
fn planned_stream(of: usize) -> StreamMapping {
    let destination = ["Bucket", "Queue", "Topic"].get(of % 4);
    let on_failure = destination.map(|ident| ArnReference::Declared((*ident).to_owned()));
    StreamMapping { on_failure, ..StreamMapping::default() }
}

/// Returns subscriptions of the queue and of the topic, if the template creates them.
fn planned_subscriptions(plans: &[(u8, u8)], resources: &[Resource]) -> Vec<Subscription> {
    let subscription = |(index, (to, from)): (usize, &(u8, u8))| {
        let to = if *to == 0 { "Queue" } else { "Topic" };
        let resource = resources.iter().position(|it| it.ident == to)?;
        let s3 = |through| match planned_trigger(1, 0) {
            Trigger::S3(s3) => Some(MessageSource::Bucket(S3 { through, ..s3 })),
            _ => None,
        };
        let from = match (from, planned_trigger(9, 0), planned_trigger(10, 0)) {
            (0, Trigger::Sns(sns), _) if to == "Queue" => {
                MessageSource::Topic(TopicSubscription { sns, raw: false })
            }
            (1, _, Trigger::EventRule(rule)) => MessageSource::Bus(rule),
            (2, ..) => s3(S3Channel::EventBridge)?,
            _ => s3(S3Channel::Default)?,
        };
        let is_new = resources[resource].existing.is_none();
        is_new.then(|| Subscription {
            to: to.to_owned(),
            resource,
            index,
            from,
            message_group_id: None,
            partition_key_path: None,
        })
    };
    plans.iter().enumerate().filter_map(subscription).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn no_application_has_a_circular_dependency(
        plans in vec(any_plan(), 1..5),
        existing in vec(0..12_u8, 8),
        subscribed in vec((0..2_u8, 0..4_u8), 0..4),
    ) {
        let resources = planned_resources(&existing);
        let function = |(index, plan)| function(index, plan, &resources, plans.len());
        let functions = plans.iter().enumerate().map(function).collect();
        let subscriptions = planned_subscriptions(&subscribed, &resources);
        let parts =
            AppParts { functions, resources: resources.clone(), subscriptions, ..AppParts::default() };
        let app = App::new(parts);
        prop_assert_eq!(find_cycle(reference_graph(&app)), Vec::<String>::new());
    }
}

#[test]
fn a_cycle_is_found_through_every_kind_of_reference() {
    let resource = |id: &str, properties: Node| {
        let part = IdOwner::for_resource(0, Purpose::Itself);
        Lowered::new(id, "T", part, Map::new().with("To", properties))
    };
    let b = resource("B", Node::reference("A"));
    let graph = |a: &Lowered| {
        Graph::from([
            ("A".to_owned(), resource_references(a)),
            ("B".to_owned(), resource_references(&b)),
        ])
    };
    for back in
        [Node::reference("B"), Node::attribute("B", "Arn"), Node::sub("${AWS::Region}/${B.Arn}")]
    {
        assert_eq!(find_cycle(graph(&resource("A", back.clone()))), ["A", "B"], "{back:?}");
    }
    let mut waits = resource("A", Node::Null);
    assert!(find_cycle(graph(&waits)).is_empty());
    waits.depends_on = vec!["B".to_owned()];
    assert_eq!(find_cycle(graph(&waits)), ["A", "B"]);
    let mut updated = resource("A", Node::Null);
    updated.update_policy = Some(Map::new().with("By", Node::reference("B")));
    assert_eq!(find_cycle(graph(&updated)), ["A", "B"]);
    assert!(find_cycle(graph(&resource("A", Node::reference("C")))).is_empty());
}
