//! Tests of the properties of all sources, in tables.

use std::collections::HashSet;

use crate::aws::iot_sql::{IotSql, IotSqlVersion};
use crate::aws::mapping::EventSourceMapping;
use crate::aws::mapping::kafka::KafkaMapping;
use crate::aws::mapping::kafka_access::KafkaCredentials;
use crate::aws::mapping::secret_access::{BasicAuth, ServerReference};
use crate::aws::mapping::stream::{StartingPosition, StreamMapping};
use crate::aws::value::{ArnReference, CfnValue, ResourceReference};
use crate::resume;
use crate::route::Route;
use crate::source::alexa::{Alexa, Skill};
use crate::source::cognito::{Cognito, PoolTrigger, UserPool};
use crate::source::custom_resource::CustomResource;
use crate::source::deployment_hook::DeploymentHook;
use crate::source::documentdb::DocumentDb;
use crate::source::dynamodb::DynamoDb;
use crate::source::event::EventRule;
use crate::source::http::Http;
use crate::source::iot::Iot;
use crate::source::kafka::{Kafka, OauthRequest};
use crate::source::kinesis::Kinesis;
use crate::source::logs::Logs;
use crate::source::mq::Mq;
use crate::source::msk::Msk;
use crate::source::rule_target::RuleTarget;
use crate::source::s3::{S3, S3Channel};
use crate::source::schedule::{Expression, Schedule};
use crate::source::scheduler::SchedulerSettings;
use crate::source::sns::Sns;
use crate::source::sqs::Sqs;
use crate::source::url::{Url, UrlAuth};
use crate::source::{InvocationMode, LogGroup, PayloadSchema, ResumeConflict, Trigger};

/// Returns the mapping of a topic.
fn topic(name: &str) -> KafkaMapping {
    KafkaMapping {
        topic: name.try_into().unwrap(),
        start: StartingPosition::Latest,
        batch_size: None,
        consumer_group: None,
        pollers: None,
        bisect: None,
        max_record_age: None,
        retries: None,
        on_failure: None,
        schema_registry: None,
        log_level: None,
        kafka_metrics: Vec::new(),
        mapping: EventSourceMapping::default(),
    }
}

/// Returns a trigger on a topic of a cluster of MSK.
pub(super) fn msk(name: &str) -> Msk {
    Msk {
        cluster: ServerReference::Overlay("Cluster".try_into().unwrap()),
        credentials: KafkaCredentials::default(),
        batch_concurrency: None,
        mapping: topic(name),
    }
}

/// Returns a trigger on a topic of a self-managed cluster.
pub(super) fn kafka(name: &str) -> Kafka {
    Kafka {
        servers: vec![CfnValue::Literal("a:9092".to_owned())],
        credentials: KafkaCredentials::default(),
        oauth: OauthRequest::default(),
        ca: None,
        subnets: Vec::new(),
        security_groups: Vec::new(),
        batch_concurrency: None,
        mapping: topic(name),
    }
}

/// Returns the credentials of a broker or a cluster.
fn credentials() -> BasicAuth {
    BasicAuth { secret: ArnReference::Declared("Login".to_owned()), secret_key: None }
}

/// Returns a trigger on a queue of a broker.
pub(super) fn mq(queue: &str) -> Mq {
    Mq {
        broker: ServerReference::Overlay("Broker".try_into().unwrap()),
        queue: queue.try_into().unwrap(),
        virtual_host: None,
        auth: credentials(),
        batch_size: None,
        mapping: EventSourceMapping::default(),
    }
}

/// Returns a trigger on the changes of a collection.
pub(super) fn documentdb(collection: &str) -> DocumentDb {
    DocumentDb {
        cluster: ServerReference::Overlay("Cluster".try_into().unwrap()),
        database: "shop".try_into().unwrap(),
        collection: Some(collection.try_into().unwrap()),
        full_document: None,
        start: StartingPosition::Latest,
        auth: credentials(),
        batch_size: None,
        mapping: EventSourceMapping::default(),
    }
}

fn one_of_each() -> Vec<Trigger> {
    vec![
        S3 {
            bucket: ResourceReference::Own,
            events: Vec::new(),
            prefix: None,
            suffix: None,
            through: S3Channel::Default,
        }
        .into(),
        Schedule {
            expression: Expression::Known("rate(1 day)".parse().unwrap()),
            scheduler: SchedulerSettings::default(),
            name: None,
            description: None,
            enabled: true,
            enabled_by: None,
            input: None,
            target: RuleTarget::default(),
        }
        .into(),
        EventRule {
            bus: None,
            pattern: None,
            name: None,
            enabled: true,
            enabled_by: None,
            input: None,
            target: RuleTarget::default(),
        }
        .into(),
        Http::new(Route::Default).into(),
        Url { auth: UrlAuth::Iam, cors: None, streams: false, cloudfront: None }.into(),
        Sqs {
            queue: ResourceReference::Own,
            batch_size: None,
            max_concurrency: None,
            batch_concurrency: None,
            shared: false,
            mapping: EventSourceMapping::default(),
        }
        .into(),
        Sns { topic: ResourceReference::Own, filter: None, filter_scope: None, dead_letters: None }
            .into(),
        Cognito {
            pool: UserPool::Arn("arn".to_owned()),
            on: vec![PoolTrigger::PreSignUp, PoolTrigger::UserMigration],
            kms_key: None,
        }
        .into(),
        Kinesis {
            stream: ResourceReference::Own,
            consumer: None,
            mapping: StreamMapping::default(),
        }
        .into(),
        DynamoDb {
            table: ArnReference::Declared("A".to_owned()),
            mapping: StreamMapping::default(),
        }
        .into(),
        Logs { group: LogGroup::Function("f".to_owned()), filter: String::new() }.into(),
        Iot {
            sql: IotSql::parse("SELECT * FROM 'a'").unwrap(),
            version: IotSqlVersion::default(),
            name: None,
            description: None,
            enabled: true,
            error_action: None,
        }
        .into(),
        Alexa { skill: Skill::Param("Skill".try_into().unwrap()) }.into(),
        msk("orders").into(),
        kafka("orders").into(),
        mq("orders").into(),
        documentdb("orders").into(),
        CustomResource { resource: None }.into(),
        DeploymentHook {}.into(),
    ]
}

/// The properties of a source's trigger that other code uses.
type Row = (&'static str, bool, bool, bool, bool, bool, bool, &'static str);

#[test]
fn each_source_has_its_properties() {
    let rows: [Row; 19] = [
        // source, asynchronous, request, tick, mapping, stream, typed payload, why it cannot resume
        ("s3", true, false, false, false, false, false, ""),
        ("schedule", true, false, true, false, false, false, ""),
        ("event", true, false, false, false, false, true, ""),
        ("http", false, true, false, false, false, false, "a function with an HTTP route"),
        ("url", false, true, false, false, false, false, "a function with a URL cannot"),
        ("sqs", false, false, false, true, false, true, ""),
        ("sns", true, false, false, false, false, true, ""),
        ("cognito", false, false, false, false, false, false, "a function of a user pool cannot"),
        (
            "kinesis",
            false,
            false,
            false,
            true,
            true,
            true,
            "a function that resumes cannot keep the order of a stream",
        ),
        (
            "dynamodb",
            false,
            false,
            false,
            true,
            true,
            true,
            "a function that resumes cannot keep the order of a stream",
        ),
        ("logs", true, false, false, false, false, false, ""),
        ("iot", true, false, false, false, false, false, ""),
        ("alexa", false, false, false, false, false, false, "a function of an Alexa skill cannot"),
        (
            "msk",
            false,
            false,
            false,
            true,
            false,
            false,
            "a function that resumes cannot keep the order of a stream",
        ),
        (
            "kafka",
            false,
            false,
            false,
            true,
            false,
            false,
            "a function that resumes cannot keep the order of a stream",
        ),
        (
            "mq",
            false,
            false,
            false,
            true,
            false,
            false,
            "a function that resumes cannot keep the order of a broker's queue",
        ),
        (
            "documentdb",
            false,
            false,
            false,
            true,
            false,
            false,
            "a function that resumes cannot keep the order of a stream",
        ),
        (
            "custom_resource",
            true,
            false,
            false,
            false,
            false,
            false,
            "a function of a custom resource cannot",
        ),
        (
            "deployment_hook",
            true,
            false,
            false,
            false,
            false,
            false,
            "a deployment hook cannot resume",
        ),
    ];
    assert_eq!(rows.map(|row| row.0), Trigger::NAMES);
    for (mut trigger, row) in one_of_each().into_iter().zip(rows) {
        let conflicts = trigger.prepare_resume();
        let why = match conflicts.as_slice() {
            [] => "",
            [ResumeConflict { key: None, message }] => {
                assert!(message.help.as_ref().unwrap().contains("`Invoker`"), "{message:?}");
                let expected = row.7;
                assert!(!expected.is_empty() && message.text.starts_with(expected), "{message:?}");
                expected
            }
            other => panic!("{other:?}"),
        };
        let found: Row = (
            trigger.source(),
            trigger.invokes_asynchronously(),
            trigger.request_schema().is_some(),
            trigger.is_tick(),
            trigger.mapping().is_some(),
            trigger.stream_mapping().is_some(),
            trigger.has_typed_payload(),
            why,
        );
        assert_eq!(found, row);
        assert_eq!(resume::has_asynchronous_trigger(&[trigger.clone()]), row.1);
        assert_eq!(trigger.has_window(), row.5.then_some(false), "{}", row.0);
        assert_eq!(trigger.route().is_some(), row.2);
        assert_eq!(trigger.expects_event_back(), !trigger.delivered_events().is_empty());
        let found = (trigger.has_custom_input(), trigger.batch_concurrency());
        assert_eq!(found, (row.0 == "iot", None));
        assert_eq!(trigger.expects_answer(), ["alexa", "custom_resource"].contains(&row.0));
    }
    assert!(!resume::has_asynchronous_trigger(&[]));
}

#[test]
fn each_event_type_belongs_to_one_source_but_for_those_of_kafka() {
    let mut known = HashSet::new();
    for source in Trigger::SOURCES {
        let name = source.name.replace('_', "");
        assert!(source.runtime_name.to_lowercase().starts_with(&name), "{name}");
        for event in source.facts.events {
            let sources: Vec<&str> =
                Trigger::sources_of_event(event.name).map(|source| source.name).collect();
            let (found, same) = Trigger::find_event(event.name).unwrap();
            assert_eq!((found.name, &same), (sources[0], event));
            if event.name.starts_with("Kafka") {
                assert_eq!(sources, ["msk", "kafka"]);
                continue;
            }
            assert!(known.insert(event.name), "{}", event.name);
            assert_eq!(sources, [source.name]);
        }
        let is_request = matches!(source.facts.invocation, InvocationMode::Request(_));
        let has_none = is_request || source.name == "iot";
        assert_eq!(source.facts.events.is_empty(), has_none, "{}", source.name);
    }
    assert_eq!(Trigger::find_event("Order"), None);
    for (name, record, document) in [
        ("S3Event", false, Some("an event of a bucket")),
        ("S3EventRecord", true, Some("a record of a bucket's event")),
        ("ScheduledEvent", false, Some("the event of a schedule")),
        ("EventBridgeEvent", false, Some("an event of EventBridge")),
        ("SqsEvent", false, Some("a batch of records")),
        ("Message", true, None),
        ("KinesisEvent", false, Some("a batch of records")),
        ("Data", true, None),
        ("Change", true, Some("a record of a table's stream")),
    ] {
        let (_, event) = Trigger::find_event(name).unwrap();
        assert_eq!((event.record, event.schema.map(|it| it.name)), (record, document), "{name}");
    }
}

#[test]
fn only_http_requests_are_unique() {
    let events = Trigger::SOURCES.iter().flat_map(|it| it.facts.events).filter_map(|it| it.schema);
    let all: Vec<&PayloadSchema> = events
        .chain([&PayloadSchema::WINDOW])
        .chain(one_of_each().iter().find_map(Trigger::request_schema))
        .collect();
    for schema in &all {
        let names: HashSet<_> = schema.fields.iter().collect();
        assert_eq!(names.len(), schema.fields.len(), "{}", schema.name);
        assert_eq!(schema.unique.is_some(), schema.name == "an HTTP request", "{}", schema.name);
        assert!(schema.advice.contains('`'), "{}", schema.name);
    }
    assert!(all.len() > 8);
}
