//! Tests of the permissions that Lambda needs for triggers: reading from queues and streams, and sending failed
//! events to destinations.

use skylift_model::aws::mapping::stream::StreamMapping;
use skylift_model::aws::name::{LogicalId, ParameterName, QueueName, StreamName};
use skylift_model::aws::value::{ArnReference, ResourceReference};
use skylift_model::resource::{Existing, ResourceSettings, queue, stream};
use skylift_model::source::Trigger;
use skylift_model::source::dynamodb::DynamoDb;
use skylift_model::source::kinesis::{Consumer, Kinesis};

use super::{BUCKET, app, function, one_of_each, resource, statement_lines};
use crate::fixtures::{dynamodb, kinesis, sqs};

/// Returns the statements of a function with these triggers, without the one for its logs.
fn statements_with(triggers: Vec<Trigger>, mut with: Vec<super::Resource>) -> Vec<String> {
    let mut all = function("F");
    all.triggers = triggers;
    with.extend(one_of_each());
    let app = app(vec![all], with);
    statement_lines(&app.functions[0], &app)[1..].to_vec()
}

fn declared_reference<T>(ident: &str) -> ResourceReference<T> {
    ResourceReference::Declared(ident.to_owned())
}

fn parameter_name(name: &str) -> ParameterName {
    ParameterName::try_from(name).unwrap()
}

#[test]
fn consuming_a_queue_is_allowed_to_the_function_that_it_triggers() {
    let mut all = function("F");
    let mut existing = resource("Existing", ResourceSettings::Queue(queue::Queue::default()));
    existing.existing = Some(Existing::Name("there".to_owned()));
    let param = ParameterName::try_from("P").unwrap();
    let name = QueueName::try_from("jobs").unwrap();
    let arn = "arn:aws:sqs:eu-west-1:123456789012:jobs";
    all.triggers = vec![
        sqs(ResourceReference::Own).into(),
        sqs(ResourceReference::Declared("Queue".to_owned())).into(),
        sqs(ResourceReference::Declared("Existing".to_owned())).into(),
        sqs(ResourceReference::Named(name)).into(),
        sqs(ResourceReference::Arn(arn.to_owned())).into(),
        sqs(ResourceReference::Param(param)).into(),
    ];
    let mut resources = one_of_each();
    resources.push(existing);
    let app = app(vec![all], resources);
    let here = "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:";
    let queues = [
        "!GetAtt FQueue.Arn".to_owned(),
        "!GetAtt Queue.Arn".to_owned(),
        format!("{here}there"),
        format!("{here}jobs"),
        arn.to_owned(),
        "!Ref P".to_owned(),
    ];
    let want = queues.map(|arn| {
        format!("sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes on {arn}")
    });
    assert_eq!(statement_lines(&app.functions[0], &app)[1..], want);
}

#[test]
fn reading_a_stream_is_allowed_to_the_function_that_it_triggers() {
    let what = ResourceSettings::Stream(stream::Stream::default());
    let mut existing = resource("Existing", what);
    existing.existing = Some(Existing::Name("there".to_owned()));
    let name = StreamName::try_from("clicks").unwrap();
    let arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks";
    let found = statements_with(
        vec![
            kinesis(ResourceReference::Own).into(),
            kinesis(declared_reference("Stream")).into(),
            kinesis(declared_reference("Existing")).into(),
            kinesis(ResourceReference::Named(name)).into(),
            kinesis(ResourceReference::Arn(arn.to_owned())).into(),
            kinesis(ResourceReference::Param(parameter_name("P"))).into(),
        ],
        vec![existing],
    );
    let here = "arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:stream/";
    let streams = [
        "!GetAtt FStream.Arn".to_owned(),
        "!GetAtt Stream.Arn".to_owned(),
        format!("{here}there"),
        format!("{here}clicks"),
        arn.to_owned(),
        format!("{here}${{P}}"),
    ];
    assert_eq!(found, streams.map(|arn| format!("{READ} on {arn}")));
}

/// The actions to read a Kinesis stream.
const READ: &str = "kinesis:DescribeStream, kinesis:DescribeStreamSummary, kinesis:GetRecords, \
                    kinesis:GetShardIterator, kinesis:ListShards, kinesis:ListStreams";

#[test]
fn a_consumer_needs_permissions_on_its_own_arn_and_on_the_streams() {
    let stream = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks";
    let arn = format!("{stream}/consumer/fast:1700000000");
    for (consumer, on) in [
        (Consumer::Own, "!Ref FStreamConsumer"),
        (Consumer::Arn(arn.clone()), &arn),
        (Consumer::Param(parameter_name("P")), "!Ref P"),
    ] {
        let consumer = Some(consumer);
        let found = statements_with(
            vec![Kinesis { consumer, ..kinesis(declared_reference("Stream")) }.into()],
            Vec::new(),
        );
        let subscribe = "kinesis:DescribeStreamConsumer, kinesis:SubscribeToShard";
        assert_eq!(
            found,
            [format!("{READ} on !GetAtt Stream.Arn"), format!("{subscribe} on {on}")]
        );
    }
}

#[test]
fn reading_the_stream_of_a_table_is_allowed_and_reading_the_table_is_not() {
    let mut legacy = one_of_each().into_iter().find(|it| it.ident == "Table").unwrap();
    legacy.ident = "Legacy".to_owned();
    legacy.existing = Some(Existing::Overlay(LogicalId::try_from("Old").unwrap()));
    let arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000";
    let found = statements_with(
        vec![
            dynamodb(ArnReference::Declared("Table".to_owned())).into(),
            dynamodb(ArnReference::Declared("Legacy".to_owned())).into(),
            dynamodb(ArnReference::Arn(arn.to_owned())).into(),
            dynamodb(ArnReference::Param(parameter_name("P"))).into(),
        ],
        vec![legacy],
    );
    let read = "dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator, dynamodb:ListStreams";
    let streams = ["!GetAtt Table.StreamArn", "!GetAtt Old.StreamArn", arn, "!Ref P"];
    assert_eq!(found, streams.map(|arn| format!("{read} on {arn}")));
}

#[test]
fn sending_failures_is_allowed_only_to_the_destination_of_the_trigger() {
    let to = |named: ArnReference| {
        let mapping = StreamMapping { on_failure: Some(named), ..StreamMapping::default() };
        let table = ArnReference::Declared("Table".to_owned());
        let triggers = vec![
            Kinesis { mapping: mapping.clone(), ..kinesis(declared_reference("Stream")) }.into(),
            DynamoDb { mapping, ..dynamodb(table) }.into(),
        ];
        let found = statements_with(triggers, Vec::new());
        // The statements for reading come first; the destination of both triggers is allowed once.
        found.into_iter().filter(|line| !line.contains(":GetRecords")).collect::<Vec<_>>()
    };
    let statements_to = |ident: &str| to(ArnReference::Declared(ident.to_owned()));
    assert_eq!(statements_to("Queue"), ["sqs:SendMessage on !GetAtt Queue.Arn"]);
    assert_eq!(statements_to("Topic"), ["sns:Publish on !Ref Topic"]);
    let bucket = [format!("s3:PutObject on {BUCKET}/*"), format!("s3:ListBucket on {BUCKET}")];
    assert_eq!(statements_to("Bucket"), bucket);
    let arn = |arn: &str| to(ArnReference::Arn(arn.to_owned()));
    let queue = "arn:aws:sqs:eu-west-1:123456789012:failed";
    assert_eq!(arn(queue), [format!("sqs:SendMessage on {queue}")]);
    let bucket = "arn:aws:s3:::failed";
    let objects = format!("s3:PutObject on {bucket}/*");
    assert_eq!(arn(bucket), [objects, format!("s3:ListBucket on {bucket}")]);
    let any = "sqs:SendMessage, sns:Publish, s3:ListBucket on !Ref P";
    assert_eq!(to(ArnReference::Param(parameter_name("P"))), [any, "s3:PutObject on ${P}/*"]);
}
