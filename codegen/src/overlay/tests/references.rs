use skylift_model::aws::name::LogicalId;
use skylift_model::aws::value::{ArnReference, ResourceReference};
use skylift_model::message::Message;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problem, Problems};
use skylift_model::resource::{Existing, Resource, ResourceSettings};
use skylift_model::source::s3::{S3, S3Channel, S3EventType};

use super::*;
use crate::check::overlay_references;
use crate::fixtures::{self, app, function, one_of_each};

/// Returns a resource of this kind that refers to `id` of the overlay.
fn referring_to(kind: &str, id: &str) -> Resource {
    let mut resource = one_of_each().into_iter().find(|it| it.ident == kind).unwrap();
    resource.existing = Some(Existing::Overlay(LogicalId::try_from(id).unwrap()));
    resource
}

fn check_references(resources: Vec<Resource>, yaml: &str) -> Vec<Problem> {
    let mut overlay = read_one(yaml).unwrap();
    overlay.named = true;
    let mut problems = Problems::default();
    overlay_references::check_overlay_references(
        &app(Vec::new(), resources),
        &overlay,
        &mut problems,
    );
    problems.into_vec()
}

const ALL: &str = "Resources:
  OldBucket: {Type: AWS::S3::Bucket}
  OldBus: {Type: AWS::Events::EventBus, Properties: {Name: a}}
  OldParameter: {Type: AWS::SSM::Parameter}
  OldQueue: {Type: AWS::SQS::Queue}
  OldSecret: {Type: AWS::SecretsManager::Secret}
  OldStateMachine: {Type: AWS::Serverless::StateMachine}
  OldStream: {Type: AWS::Kinesis::Stream}
  OldTable: {Type: AWS::Serverless::SimpleTable}
  OldTopic: {Type: AWS::SNS::Topic}
  FifoTopic: {Type: AWS::SNS::Topic, Properties: {FifoTopic: true}}
  MaybeFifo: {Type: AWS::SNS::Topic, Properties: {FifoTopic: !If [A, true, false]}}
";

#[test]
fn a_struct_refers_only_to_a_resource_of_its_kind() {
    let kinds: Vec<String> = one_of_each().into_iter().map(|it| it.ident).collect();
    for kind in &kinds {
        for other in &kinds {
            let problems = check_references(vec![referring_to(kind, &format!("Old{other}"))], ALL);
            assert_eq!(problems.is_empty(), kind == other, "{kind} {other}: {problems:?}");
        }
    }
    let problems = check_references(vec![referring_to("Bucket", "OldQueue")], ALL);
    let Problem { item, at, message: Message { text, help } } = &problems[0];
    assert_eq!((*item, at), (ItemIndex::Resource(0), &PlaceInItem::Key("existing".to_owned())));
    assert_eq!(text, "`OldQueue` at extra.yaml:5 is of type `AWS::SQS::Queue`, not a bucket");
    assert_eq!(help.as_deref(), Some("use `OldBucket`"));
}

#[test]
fn an_unknown_overlay_id_is_an_error_with_a_suggestion() {
    let first_problem = |id: &str, yaml: &str| {
        let problems = check_references(vec![referring_to("Bucket", id)], yaml);
        problems.into_iter().map(|it| (it.message.text, it.message.help.unwrap())).next()
    };
    let no = |id: &str| format!("the overlay has no resource `{id}`");
    assert_eq!(
        first_problem("OldBuckt", ALL),
        Some((no("OldBuckt"), "did you mean `OldBucket`?".to_owned()))
    );
    assert_eq!(
        first_problem("Other", ALL),
        Some((no("Other"), "its resources of type `AWS::S3::Bucket` are `OldBucket`".to_owned()))
    );
    let help = "add a resource of type `AWS::S3::Bucket` to the overlay".to_owned();
    assert_eq!(first_problem("Other", "Resources: {}\n"), Some((no("Other"), help)));
    // A loop may create it.
    assert_eq!(first_problem("Other", "Resources: {Fn::ForEach::A: [B, [c], {}]}\n"), None);
    let mut problems = Problems::default();
    let app = app(Vec::new(), vec![referring_to("Bucket", "Other")]);
    overlay_references::check_overlay_references(&app, &Overlay::default(), &mut problems);
    assert_eq!(problems.into_vec()[0].message.text, "this package has no overlay");
}

#[test]
fn only_one_struct_may_refer_to_a_resource_of_the_overlay() {
    let mut second = referring_to("Bucket", "OldBucket");
    second.ident = "Second".to_owned();
    let problems = check_references(vec![referring_to("Bucket", "OldBucket"), second], ALL);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].item, ItemIndex::Resource(1));
    assert!(
        problems[0].message.text.starts_with("`OldBucket` is already used by `Bucket` at "),
        "{problems:?}"
    );
}

#[test]
fn the_struct_and_the_resource_must_both_be_fifo_or_not() {
    let first_problem = |id: &str, fifo: bool| {
        let mut topic = referring_to("Topic", id);
        if let ResourceSettings::Topic(topic) = &mut topic.settings {
            topic.fifo = fifo;
        }
        check_references(vec![topic], ALL).into_iter().map(|it| it.message.text).next()
    };
    assert_eq!(first_problem("FifoTopic", true), None);
    assert_eq!(first_problem("OldTopic", false), None);
    assert_eq!((first_problem("MaybeFifo", true), first_problem("MaybeFifo", false)), (None, None));
    assert_eq!(
        first_problem("FifoTopic", false).as_deref(),
        Some("`FifoTopic` at extra.yaml:11 is a FIFO topic")
    );
    assert_eq!(
        first_problem("OldTopic", true).as_deref(),
        Some("`OldTopic` at extra.yaml:10 is not a FIFO topic")
    );
}

/// Returns the problems of a function with triggers on a bucket and a queue of the overlay.
fn check_triggers(bucket: &str, queue: &str) -> Vec<(PlaceInItem, String)> {
    let yaml = format!(
        "Resources:\n  B: {{Type: AWS::S3::Bucket{bucket}}}\n  Q: {{Type: AWS::SQS::Queue{queue}}}\n"
    );
    let mut function = function("F");
    function.settings.timeout = Some(60_u64.try_into().unwrap());
    let s3 = S3 {
        bucket: ResourceReference::Declared("Bucket".to_owned()),
        events: vec![S3EventType::CREATED],
        prefix: None,
        suffix: None,
        through: S3Channel::Default,
    };
    let sqs = fixtures::sqs(ResourceReference::Declared("Queue".to_owned()));
    function.triggers = vec![s3.into(), sqs.into()];
    let app = app(vec![function], vec![referring_to("Bucket", "B"), referring_to("Queue", "Q")]);
    let mut problems = Problems::default();
    overlay_references::check_overlay_references(&app, &read_one(&yaml).unwrap(), &mut problems);
    problems.into_vec().into_iter().map(|it| (it.at, it.message.text)).collect()
}

#[test]
fn a_trigger_that_cannot_work_is_an_error_at_the_trigger() {
    let sends_events = ", Properties: {NotificationConfiguration: {EventBridgeConfiguration: {EventBridgeEnabled: true}}}";
    let visible = ", Properties: {VisibilityTimeout: 360}";
    assert_eq!(check_triggers(sends_events, visible), []);
    for later in ["!If [A, {}, {}]", "{NotificationConfiguration: !If [A, {}, {}]}", "{Fn::If: []}"]
    {
        assert_eq!(check_triggers(&format!(", Properties: {later}"), visible), [], "{later}");
    }
    assert_eq!(check_triggers(sends_events, ", Properties: {VisibilityTimeout: !Ref A}"), []);
    for sends_none in ["", ", Properties: {}", &sends_events.replace("true", "false")] {
        assert_eq!(
            check_triggers(sends_none, visible),
            [(
                PlaceInItem::trigger_key(0, "bucket"),
                "bucket `B` at extra.yaml:2 does not send its events to EventBridge".to_owned()
            )]
        );
    }
    for (short, seconds) in [("", 30), (", Properties: {VisibilityTimeout: '59'}", 59)] {
        assert_eq!(
            check_triggers(sends_events, short),
            [(
                PlaceInItem::trigger_key(1, "queue"),
                format!(
                    "messages of `Q` at extra.yaml:3 are visible again after {seconds} s, before this function's timeout of 60 s is over"
                )
            )]
        );
    }
}

#[test]
fn a_table_without_a_stream_is_an_error_at_the_trigger() {
    let check_table = |table: &str| {
        let mut function = function("F");
        function.triggers =
            vec![fixtures::dynamodb(ArnReference::Declared("Table".to_owned())).into()];
        let app = app(vec![function], vec![referring_to("Table", "T")]);
        let yaml = format!("Resources:\n  T: {{Type: {table}}}\n");
        let mut problems = Problems::default();
        overlay_references::check_overlay_references(
            &app,
            &read_one(&yaml).unwrap(),
            &mut problems,
        );
        problems.into_vec().into_iter().map(|it| (it.at, it.message.text)).collect::<Vec<_>>()
    };
    let view = "StreamSpecification: {StreamViewType: KEYS_ONLY}";
    for (kind, required) in [
        ("AWS::DynamoDB::Table", "KeySchema: []"),
        ("AWS::DynamoDB::GlobalTable", "KeySchema: [], AttributeDefinitions: [], Replicas: []"),
    ] {
        assert_eq!(check_table(&format!("{kind}, Properties: {{{required}, {view}}}")), []);
        assert_eq!(check_table(&format!("{kind}, Properties: !If [A, {{}}, {{}}]")), []);
    }
    let sends_none = [(
        PlaceInItem::trigger_key(0, "table"),
        "table `T` at extra.yaml:2 has no stream".to_owned(),
    )];
    for (kind, properties) in
        [("AWS::DynamoDB::Table", "{KeySchema: []}"), ("AWS::Serverless::SimpleTable", "{}")]
    {
        assert_eq!(check_table(kind), sends_none);
        assert_eq!(check_table(&format!("{kind}, Properties: {properties}")), sends_none);
    }
}
