//! Tests of triggers on Kinesis data streams.

use super::{app, assert_problem, existing, found, overlay, parameter, resource, triggered};
use crate::aws::mapping::stream::{StartingPosition, StreamMapping, TumblingWindow};
use crate::aws::name::StreamName;
use crate::aws::value::{ArnReference, CfnValue, ResourceReference};
use crate::location::PlaceInItem;
use crate::message::Message;
use crate::resource::queue::Queue;
use crate::resource::stream::Stream;
use crate::resource::topic::Topic;
use crate::resource::{Existing, Resource, ResourceKind, ResourceSettings};
use crate::source::kinesis::{Consumer, Kinesis, is_stream_arn};
use crate::source::{TriggerResource, TriggerSource as _};

const STREAM: &str = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks";

fn kinesis(stream: &str) -> Kinesis {
    Kinesis {
        stream: ResourceReference::Declared(stream.to_owned()),
        consumer: None,
        mapping: StreamMapping::default(),
    }
}

fn started(stream: &str) -> Kinesis {
    let mapping =
        StreamMapping { start: Some(StartingPosition::Latest), ..StreamMapping::default() };
    Kinesis { mapping, ..kinesis(stream) }
}

fn what() -> ResourceSettings {
    ResourceSettings::Stream(Stream::default())
}

fn clicks() -> Resource {
    resource("Clicks", what())
}

fn there(which: Existing) -> Resource {
    existing("Clicks", what(), which)
}

fn consumer(name: &str) -> String {
    format!("{STREAM}/consumer/{name}:1700000000")
}

#[test]
fn the_arn_of_a_consumer_contains_the_arn_of_its_stream_and_a_name() {
    let arn = consumer("fast");
    assert_eq!(Consumer::stream_from_arn(&arn), Some(STREAM));
    assert_eq!(Consumer::name_from_arn(&arn), Some("fast"));
    assert_eq!(Consumer::name_from_arn(STREAM), None);
    for wrong in [
        STREAM.to_owned(),
        format!("{STREAM}/consumer/fast"),
        format!("{STREAM}/consumer/fast:"),
        format!("{STREAM}/consumer/fast:12x"),
        format!("{STREAM}/consumer/:1700000000"),
        "arn:aws:kinesis:::stream/clicks/consumer/fast:1700000000".to_owned(),
    ] {
        assert_eq!(Consumer::stream_from_arn(&wrong), None, "{wrong}");
    }
    assert!(is_stream_arn(STREAM));
    assert!(!is_stream_arn(&consumer("fast")));
}

#[test]
fn a_consumer_of_another_stream_is_refused() {
    let arn = consumer("fast");
    for right in ["clicks", STREAM] {
        assert_eq!(Consumer::check_stream(&arn, right), None, "{right}");
    }
    for wrong in ["other", "arn:aws:kinesis:eu-west-1:123456789012:stream/other"] {
        let Message { text, help } = Consumer::check_stream(&arn, wrong).unwrap();
        assert_eq!(text, format!("this is a consumer of another stream: `{STREAM}`"));
        assert_eq!(help.unwrap(), "leave `stream` out: the consumer's ARN names it");
    }
    assert_eq!(Consumer::check_stream("no consumer", "clicks"), None);
}

#[test]
fn an_existing_consumer_belongs_to_an_existing_stream() {
    let trigger = Kinesis { consumer: Some(Consumer::Arn(consumer("fast"))), ..started("Clicks") };
    let on = |resource: Resource| {
        app(vec![triggered("f", vec![trigger.clone().into()])], vec![resource])
    };
    for right in [
        Existing::Name("clicks".to_owned()),
        Existing::Arn(STREAM.to_owned()),
        Existing::Param(parameter("P")),
        overlay(),
    ] {
        assert_eq!(found(&on(there(right.clone()))), [], "{right:?}");
    }
    let at = PlaceInItem::trigger_key(0, "consumer");
    assert_problem(
        &on(clicks()),
        0,
        &at,
        "stream `Clicks` (declared at Clicks.rs:7) is created with the stack, and has no consumer yet",
        "write `consumer` alone for one of the function's own",
    );
    assert_problem(
        &on(there(Existing::Name("other".to_owned()))),
        0,
        &at,
        &format!("this is a consumer of another stream: `{STREAM}`"),
        "leave `stream` out: the consumer's ARN names it",
    );
}

#[test]
fn a_trigger_on_an_existing_stream_needs_a_starting_position() {
    let on = |trigger: Kinesis, resource: Resource| {
        app(vec![triggered("f", vec![trigger.into()])], vec![resource])
    };
    let named = || there(Existing::Name("clicks".to_owned()));
    assert_eq!(found(&on(kinesis("Clicks"), clicks())), []);
    assert_eq!(found(&on(kinesis("Clicks"), there(overlay()))), []);
    assert_eq!(found(&on(started("Clicks"), named())), []);
    assert_problem(
        &on(kinesis("Clicks"), named()),
        0,
        &PlaceInItem::trigger_key(0, "stream"),
        "this stream exists already, and may hold records that were never meant for this function",
        "say where to begin: `start = latest`, or `start = trim_horizon` for all that it holds",
    );
}

#[test]
fn a_function_has_one_trigger_for_each_consumer_of_a_stream() {
    let twice = |one: Kinesis, other: Kinesis| {
        let named = there(Existing::Name("clicks".to_owned()));
        app(vec![triggered("f", vec![one.into(), other.into()])], vec![named])
    };
    let by_name = ResourceReference::Named(StreamName::try_from("clicks").unwrap());
    let same = Kinesis { stream: by_name, ..started("") };
    assert_problem(
        &twice(started("Clicks"), same),
        0,
        &PlaceInItem::Trigger(1),
        "this function has a trigger on the same stream already",
        "Lambda maps a stream to a function once: merge the two triggers",
    );
    let consumed = Kinesis { consumer: Some(Consumer::Own), ..started("Clicks") };
    assert_eq!(found(&twice(started("Clicks"), consumed)), []);
}

#[test]
fn a_fifo_failure_destination_is_refused() {
    let failing = |failed: Resource| {
        let mut trigger = kinesis("Clicks");
        trigger.mapping.on_failure = Some(ArnReference::Declared("Failed".to_owned()));
        app(vec![triggered("f", vec![trigger.into()])], vec![clicks(), failed])
    };
    let queue = |fifo| ResourceSettings::Queue(Queue { fifo, ..Queue::default() });
    let topic = |fifo| ResourceSettings::Topic(Topic { name: None, fifo, tls_only: true });
    let named = |what: ResourceSettings, name: &str| {
        existing("Failed", what, Existing::Name(name.to_owned()))
    };
    for right in [
        resource("Failed", queue(false)),
        resource("Failed", topic(false)),
        named(queue(false), "jobs"),
        named(ResourceSettings::Bucket(crate::resource::bucket::Bucket::default()), "acme.fifo"),
    ] {
        assert_eq!(found(&failing(right.clone())), [], "{right:?}");
    }
    let arn = Existing::Arn("arn:aws:sqs:eu-west-1:123456789012:jobs.fifo".to_owned());
    for (wrong, kind) in [
        (resource("Failed", queue(true)), "queue"),
        (resource("Failed", topic(true)), "topic"),
        (named(queue(false), "jobs.fifo"), "queue"),
        (existing("Failed", queue(false), arn), "queue"),
        (existing("Failed", queue(true), overlay()), "queue"),
    ] {
        assert_problem(
            &failing(wrong),
            0,
            &PlaceInItem::trigger_key(0, "on_failure"),
            &format!(
                "Lambda cannot send failed records to a FIFO {kind} (declared at Failed.rs:7)"
            ),
            &format!("name a {kind} without `fifo`"),
        );
    }
}

#[test]
fn a_trigger_describes_its_stream_and_lists_its_template_parameters() {
    let mut own = Kinesis { stream: ResourceReference::Own, ..kinesis("") };
    assert_eq!(own.own_resource(), Some(("Stream", what())));
    assert_eq!((own.resource(), own.summary().as_str()), (None, "kinesis stream of its own"));
    own.use_own_resource("Mine()");
    assert_eq!(
        own.resource(),
        Some(TriggerResource { key: "stream", ident: "Mine()", kind: ResourceKind::Stream })
    );
    assert_eq!(own.own_resource(), None);
    let mut param = Kinesis {
        stream: ResourceReference::Param(parameter("P")),
        consumer: Some(Consumer::Param(parameter("C"))),
        ..kinesis("")
    };
    param.mapping.on_failure = Some(ArnReference::Param(parameter("F")));
    param.mapping.mapping.kms_key = Some(CfnValue::Param(parameter("K")));
    let parameters: Vec<(&str, &str)> = param
        .template_parameters()
        .into_iter()
        .map(|it| (it.name.as_str(), it.content.description))
        .collect();
    assert_eq!(
        parameters,
        [
            ("P", "Name of a Kinesis data stream"),
            ("C", "ARN of a consumer of a Kinesis data stream"),
            ("F", "ARN of an SQS queue, an SNS topic or an S3 bucket"),
            ("K", "ARN of a KMS key"),
        ]
    );
    assert_eq!(kinesis("A").template_parameters(), []);
    assert_eq!(param.on_failure(), Some(&ArnReference::Param(parameter("F"))));
    assert_eq!(param.mapping().unwrap().kms_key, param.mapping.mapping.kms_key);
    assert_eq!(param.has_window(), Some(false));
    param.mapping.tumbling_window = TumblingWindow::try_from(1).ok();
    assert_eq!(param.has_window(), Some(true));
}
