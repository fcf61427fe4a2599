//! Tests of values that are known only at deployment, of event source mappings and of provisioned
//! concurrency.

use super::parameter;
use crate::aws::mapping::EventSourceMapping;
use crate::aws::mapping::stream::{
    ParallelizationFactor, StartingPosition, StreamMapping, TumblingWindow,
};
use crate::aws::name::{ExportName, ParameterReference, QueueName};
use crate::aws::node::{Map, Node};
use crate::aws::provisioned_concurrency::{ProvisionedConcurrency, ScheduledBounds};
use crate::aws::value::{ArnReference, CfnValue, ResourceReference};
use crate::keep_warm::KeepWarm;
use crate::resource::queue::MaxReceiveCount;
use crate::resume::{self, Hops, Resume};
use crate::schedule::{ActionSchedule, ScheduleExpression};
use crate::time_zone::TimeZone;

#[test]
fn a_value_is_a_literal_or_a_parameter_or_known_at_deployment() {
    let text = |text: &str| text.to_owned();
    for (value, literal, param) in [
        (CfnValue::Literal(text("a")), Some("a"), None),
        (CfnValue::Param(parameter("P")), None, Some("P")),
        (CfnValue::Import(ExportName::try_from("E").unwrap()), None, None),
        (CfnValue::Ssm(ParameterReference::try_from("/a").unwrap()), None, None),
        (CfnValue::Resource(text("A")), None, None),
    ] {
        assert_eq!(value.literal(), literal);
        assert_eq!(value.param().map(|name| name.as_str()), param);
    }
    let arn = "arn:aws:sqs:eu-west-1:123456789012:jobs";
    for (queue, declared, param, described) in [
        (ResourceReference::<QueueName>::Own, None, None, "queue of its own".to_owned()),
        (
            ResourceReference::<QueueName>::Declared(text("A")),
            Some("A"),
            None,
            "queue A".to_owned(),
        ),
        (
            ResourceReference::<QueueName>::Named(QueueName::try_from("jobs").unwrap()),
            None,
            None,
            "queue jobs".to_owned(),
        ),
        (ResourceReference::<QueueName>::Arn(text(arn)), None, None, format!("queue {arn}")),
        (
            ResourceReference::<QueueName>::Param(parameter("P")),
            None,
            Some("P"),
            "queue of parameter P".to_owned(),
        ),
    ] {
        assert_eq!(queue.declared(), declared);
        assert_eq!(queue.param().map(|name| name.as_str()), param);
        assert_eq!(queue.describe("queue"), described);
    }
    for (named, declared, param) in [
        (ArnReference::Declared(text("A")), Some("A"), None),
        (ArnReference::Arn(text(arn)), None, None),
        (ArnReference::Param(parameter("P")), None, Some("P")),
    ] {
        assert_eq!(named.declared(), declared);
        assert_eq!(named.param().map(|name| name.as_str()), param);
    }
}

#[test]
fn a_tumbling_window_excludes_a_parallelization_factor() {
    let mapping = |window: Option<u64>, at_once: Option<u64>| StreamMapping {
        tumbling_window: window.map(|it| TumblingWindow::try_from(it).unwrap()),
        parallelization_factor: at_once.map(|it| ParallelizationFactor::try_from(it).unwrap()),
        ..StreamMapping::default()
    };
    for (window, at_once, has, wrong) in [
        (None, None, false, false),
        (None, Some(2), false, false),
        (Some(0), Some(2), false, false),
        (Some(1), None, true, false),
        (Some(1), Some(1), true, false),
        (Some(1), Some(2), true, true),
    ] {
        let mapping = mapping(window, at_once);
        assert_eq!(mapping.has_window(), has, "{window:?}");
        let message = "parallelization factor of 2 with a tumbling window of 1 s: Lambda keeps one state for each shard, and processes one batch of it at a time";
        let found = mapping.check_window().map(|it| it.text);
        assert_eq!(found.as_deref(), wrong.then_some(message));
    }
}

#[test]
fn a_stream_is_read_from_its_oldest_record_by_default() {
    let none = StreamMapping::default();
    assert_eq!(none.start(), StartingPosition::TrimHorizon);
    assert!(none.check_start().is_some());
    let at = StartingPosition::At("2026-01-01T00:00:00Z".parse().unwrap());
    for (start, text) in [
        (StartingPosition::Latest, "LATEST"),
        (StartingPosition::TrimHorizon, "TRIM_HORIZON"),
        (at, "AT_TIMESTAMP"),
    ] {
        let mapping = StreamMapping { start: Some(start), ..StreamMapping::default() };
        assert_eq!((mapping.start(), mapping.start().as_str()), (start, text));
        assert_eq!(mapping.check_start(), None);
    }
    assert_eq!(StartingPosition::NAMES.map(|(word, _)| word), ["latest", "trim_horizon"]);
    let plain = EventSourceMapping::default();
    assert!(plain.enabled && !plain.metrics && plain.filters.is_empty());
}

#[test]
fn a_scheduled_bound_is_in_utc_by_default() {
    let at: ActionSchedule = "cron(0 8 ? * MON-FRI *)".parse().unwrap();
    let bound = ProvisionedConcurrency::try_from(1).unwrap().min;
    let scheduled = ScheduledBounds { at: at.clone(), min: bound, max: bound, time_zone: None };
    assert_eq!(scheduled.start(), (&at, "UTC"));
    let time_zone = TimeZone::try_from("Europe/Berlin").ok();
    assert_eq!(ScheduledBounds { time_zone, ..scheduled }.start(), (&at, "Europe/Berlin"));
    let error = TimeZone::try_from("Mars").unwrap_err();
    assert_eq!(error.to_string(), "`Mars` is not a time zone");
}

#[test]
fn the_resume_queue_has_batches_of_one_message() {
    let trigger = resume::queue_trigger("A()".to_owned());
    assert_eq!(trigger.queue, ResourceReference::Declared("A()".to_owned()));
    assert_eq!(trigger.batch_size.unwrap().get(), 1);
    let max_receives = MaxReceiveCount::try_from(2).unwrap();
    let queue = Resume { hops: Hops::DEFAULT, max_receives }.queue();
    assert!(queue.fifo && queue.high_throughput && queue.tls_only);
    assert_eq!((queue.max_receives, Hops::DEFAULT.get()), (max_receives, 100));
}

#[test]
fn a_single_ping_is_the_default() {
    let keep_warm = KeepWarm::from("rate(5 minutes)".parse::<ScheduleExpression>().unwrap());
    assert_eq!((keep_warm.instances.get(), keep_warm.hold), (1, None));
    let refused = crate::keep_warm::Hold::try_from(crate::duration::Milliseconds::new(31_000));
    let message = "a ping cannot be held for 31 s: hold it for 1 ms to 30 s";
    assert_eq!(refused.unwrap_err().to_string(), message);
}

#[test]
fn a_map_is_built_key_by_key() {
    let mut map = Map::new();
    assert!(map.is_empty());
    map.set_some("a", Some(1));
    map.set_some("b", None::<u32>);
    map.push("c", true);
    map.set("a", -2);
    assert_eq!((map.len(), map.is_empty()), (2, false));
    assert_eq!(map.get("a"), Some(&Node::Int(-2)));
    assert_eq!(map.get("b"), None);
    let entries: Vec<(&str, &Node)> = map.iter().collect();
    assert_eq!(entries, [("a", &Node::Int(-2)), ("c", &Node::Bool(true))]);
    let text = "x".to_owned();
    assert_eq!(Node::from(&text), Node::Str(text));
    let condition = Node::Tag("Condition", Box::new(Node::from("C")));
    assert_eq!(serde_json::to_string(&condition).unwrap(), r#"{"Condition":"C"}"#);
    let all = Node::Seq(vec![Node::Null, Node::Float(1.5), Node::Int(7), Node::Bool(false)]);
    assert_eq!(serde_json::to_string(&all).unwrap(), "[null,1.5,7,false]");
    assert_eq!(condition.json_len(), 3);
}
